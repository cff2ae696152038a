/* What: what others than the person are owed about a case: a copy of the reply for the quality unit or the registrar,
 * a report of how it was handled for the complaints officer. Sent means: it lies in their list until they say that it
 * has arrived. Flow: reply -> case_copy_send(), or case_report() at any time -> notice and todo_copies ->
 * case_copy_take(). Owns: case_copy; documents of kind "handling_report". Invariants: (1) who gets what follows from
 * the events the routine's promises ask for; (2) a copy goes to those who hold the role at the case's unit or above and
 * may see the case; when nobody does, it cannot be sent, and the page says so; (3) the registrar's copy keeps its
 * promise when it has arrived (or the reply is entered, diary.h), the others' when they are sent; (4) words are sealed
 * documents. Memory: as long as ctx. Not here: the event number of the reply (diary.h), copies asked back from
 * somebody else (exit.h). Source: S0.38, S2.32, S2.34, S4.20. */
#ifndef GAVA_CASE_COPY_H
#define GAVA_CASE_COPY_H

#include "case_copy_sql.h"
#include "case_promise.h"

enum copy_kind { COPY_report, COPY_quality_unit, COPY_registrar, COPY_KIND_COUNT };

/* One thing the routine wants sent. */
struct copy_duty {
    enum copy_kind kind;
    const struct promise *promise;         /* of the case; NULL: only closing asks for it */
    const struct case_copy_list_row *sent; /* the latest; NULL: none yet */
    bool is_kept;                          /* what it asks for has happened */
    bool can_be_sent;                      /* there is something to send, and somebody to get it */
    bool is_nobody;                        /* nobody holds the role there */
    struct date last;                      /* day by which; DATE_NONE: no date */
};
struct copy_duties {
    struct copy_duty v[COPY_KIND_COUNT];
    size_t n;
    bool wants_number; /* the routine wants the reply numbered in the diary, there is a reply, and it has none */
    bool has_number;
};
MUST_USE enum err copy_duties(struct ctx *ctx, const struct open_case *c, struct copy_duties *ret);
/* The role that gets it. */
enum role copy_role(enum copy_kind kind);
/* "quality_unit": what a form posts. Static. */
struct str copy_kind_code(enum copy_kind kind);
MUST_USE bool copy_kind_find(struct str code, enum copy_kind *ret);

/* Each its own transaction; version as case_expect_version(). ERR_INVALID: the routine does not ask for it, there is no
 * reply, or nobody to get it. */
MUST_USE enum err case_copy_send(struct ctx *ctx, struct str number, int64_t version, enum copy_kind kind);

enum { REPORT_MAX_CHARS = 10000 };
struct handling_report {
    struct str how;          /* how it was handled; must not be empty */
    struct str outcome;      /* a code of case_outcomes(), or "": not decided yet */
    struct str measure_kind; /* done, later, none, or "" */
    struct str measure;      /* may be empty */
};
/* Besides: an unknown code, or too long. */
MUST_USE enum err case_report(struct ctx *ctx, struct str number, int64_t version, const struct handling_report *r);
/* What closing says is the report where none was sent before; inside close's transaction. No document: nothing. */
MUST_USE enum err case_report_by_closing(struct ctx *ctx, struct open_case *c, struct document_id document);
/* It has arrived. ERR_NOT_FOUND: no such copy, or somebody has said so already. ERR_FORBIDDEN: it is another role's. */
MUST_USE enum err case_copy_arrived(struct ctx *ctx, struct str number, struct copy_id id);

#endif
