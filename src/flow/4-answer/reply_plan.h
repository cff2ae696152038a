/* What: a reply that goes by itself at the moment the routine lets it, so that nobody has to sit up and wait for the 24
 * hours to pass. Flow: answer_check_page.c -> reply_plan_make() -> reply_plan_job.c sends it -> deliver.h; or a change
 * of the case calls it off, and who planned it is told. Owns: reply_plan. Invariants: (1) one waits per case; (2) what
 * goes is the draft that was looked at and signed for: saved anew, handed over, moved, closed or with a new view from
 * somebody asked, it does not go; (3) it goes at the first look at or after its moment, never before, and only when
 * every gate is open then; (4) of two hosts one sends. Memory: as long as ctx. Not here: the sending (answer_send.h).
 * Source: mock-up 05b "När ska svaret skickas?"; docs/decisions/0036. */
#ifndef GAVA_REPLY_PLAN_H
#define GAVA_REPLY_PLAN_H

#include "answer_send.h"
#include "reply_plan_sql.h"

/* The one that waits; ret->id.v 0: none. */
MUST_USE enum err reply_plan_of(struct ctx *ctx, struct case_id id, struct reply_plan_waiting_row *ret);
/* Plan the sending of the saved draft for the moment at which every gate is open; an earlier plan is replaced. Own
 * transaction. Errors of answer_send besides: ERR_INVALID with ret_stop->gate: something must happen first. ERR_CLOSED:
 * every gate is open, it can go now. */
MUST_USE enum err reply_plan_make(struct ctx *ctx, struct str number, const struct answer *a, const struct sending *how,
                                  struct draft *ret_other, struct send_stop *ret_stop);
/* It shall not go after all. Own transaction. ERR_CLOSED: none waits (it has just gone). */
MUST_USE enum err reply_plan_stop(struct ctx *ctx, struct str number);

/* Inside a transaction that holds the case, by the program: it does not go, because of why (reply_plan.how); who
 * planned it and who answers for the case are told. Nothing when none waits. */
MUST_USE enum err reply_plan_drop(struct ctx *ctx, struct open_case *c, struct str why);

#endif
