#include "ctx.h"

struct deferred {
    struct deferred *older;
    void (*fn)(void *);
    void *p;
};

struct ctx ctx_begin(const struct clock *clock, struct random *random, size_t limit_bytes)
{
    return (struct ctx){.arena = arena_new(limit_bytes), .clock = clock, .random = random};
}

void ctx_end(struct ctx *ctx)
{
    while (ctx->deferred) {
        struct deferred *newest = ctx->deferred;
        ctx->deferred = newest->older;
        newest->fn(newest->p);
    }
    arena_free(ctx->arena);
    ctx->arena = NULL;
}

void ctx_defer(struct ctx *ctx, void (*fn)(void *), void *p)
{
    struct deferred *newest = ARENA_NEW(ctx->arena, struct deferred);
    *newest = (struct deferred){.older = ctx->deferred, .fn = fn, .p = p};
    ctx->deferred = newest;
}

struct utc_us ctx_now(const struct ctx *ctx)
{
    return clock_now(ctx->clock);
}

enum err ctx_in_scratch(struct ctx *ctx, size_t limit_bytes, enum err (*fn)(struct ctx *ctx, void *p), void *p)
{
    ARENA_SCOPE struct arena *scratch = arena_new(limit_bytes);
    struct arena *arena = ctx->arena;
    struct deferred *deferred = ctx->deferred;
    ctx->arena = scratch;
    enum err err = fn(ctx, p);
    ctx->arena = arena;
    assert(ctx->deferred == deferred); /* it would lie in the scratch arena */
    if (err != OK) {
        ctx->error.message = str_copy(arena, ctx->error.message);
        ctx->error.detail = str_copy(arena, ctx->error.detail);
        ctx->error.hint = str_copy(arena, ctx->error.hint);
    }
    return err;
}

enum { ERROR_TEXT_MAX = 8 * 1024 };

static struct str format_text(struct ctx *ctx, const char *format, va_list args)
{
    struct out out = out_init(ctx->arena, ERROR_TEXT_MAX);
    out_vfmt(&out, format, args);
    if (out.full)
        return STR("(a text too long to show)");
    return out_take(&out);
}

enum err fail(struct ctx *ctx, enum err code, const char *format, ...)
{
    assert(code != OK);
    va_list args;
    va_start(args, format);
    ctx->error = (struct error){.code = code, .message = format_text(ctx, format, args)};
    va_end(args);
    return code;
}

enum err fail_detail(struct ctx *ctx, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    ctx->error.detail = format_text(ctx, format, args);
    va_end(args);
    return ctx->error.code;
}

enum err fail_hint(struct ctx *ctx, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    ctx->error.hint = format_text(ctx, format, args);
    va_end(args);
    return ctx->error.code;
}
