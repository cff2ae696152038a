/* What: everything one request, job or command works with, passed explicitly and first. No globals.
 * Flow: a dispatcher (web/, job/, main.c) fills it, calls one handler, ctx_end()s it.
 * Owns: the arena and the list of things to undo. db, vault, lang and who are borrowed and outlive the ctx.
 * Memory: what a function returns lives as long as ctx unless its comment says otherwise.
 * Source: style.md rules 14, 22, 26-28, 46. */
#ifndef GAVA_CTX_H
#define GAVA_CTX_H

#include "arena.h"
#include "err.h"
#include "ids.h"
#include "random.h"
#include "times.h"

struct db;    /* store/db.h: one municipality's store */
struct vault; /* vault/vault.h: its sealed identities and originals */
struct town_cache;
struct lang; /* base/msg.h: the catalogue the reader reads */
struct deferred;

struct ctx {
    struct arena *arena;
    const struct clock *clock;
    struct random *random;
    const struct lang *lang;
    struct db *db;             /* NULL in pure code */
    struct vault *vault;       /* NULL in pure code */
    struct town_cache *town;   /* flow/town.h: units, people and routines in memory; NULL in pure code */
    struct user_id who;        /* who acts; .v 0: nobody logged in (a submitter, a job) */
    struct str request_id;     /* also on the error page and in the log */
    struct error error;        /* text of the latest failure */
    struct deferred *deferred; /* newest first */
};

/* Ready to use, with its own arena of at most limit_bytes; end with ctx_end. */
struct ctx ctx_begin(const struct clock *clock, struct random *random, size_t limit_bytes);
/* Runs what was deferred, newest first, and frees the arena. */
void ctx_end(struct ctx *ctx);

/* fn(p) when ctx ends. */
void ctx_defer(struct ctx *ctx, void (*fn)(void *), void *p);

struct utc_us ctx_now(const struct ctx *ctx);

/* Run fn(ctx, p) with a scratch arena of at most limit_bytes as ctx->arena: what it allocates goes when it returns,
 * except the texts of an error. For loops over many rows. Gives fn's error. */
MUST_USE enum err ctx_in_scratch(struct ctx *ctx, size_t limit_bytes, enum err (*fn)(struct ctx *ctx, void *p),
                                 void *p);

/* Set ctx->error and return code: return fail(ctx, ERR_INVALID, "cannot read \"%.*s\" as a date", STR_ARG(s)); */
PRINTF_LIKE(3, 4) enum err fail(struct ctx *ctx, enum err code, const char *format, ...);
/* Add to the error just set; return its code. */
PRINTF_LIKE(2, 3) enum err fail_detail(struct ctx *ctx, const char *format, ...);
PRINTF_LIKE(2, 3) enum err fail_hint(struct ctx *ctx, const char *format, ...);

/* Leave the function when expr failed. */
#define TRY(expr)                                                                                                      \
    do {                                                                                                               \
        enum err try_err_ = (expr);                                                                                    \
        if (try_err_ != OK)                                                                                            \
            return try_err_;                                                                                           \
    } while (0)

#endif
