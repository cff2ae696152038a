/* What: a case goes from one to another without ever being nobody's: the other one is asked, and who was responsible
 * stays so until the answer is yes.
 *
 *     handover_ask --> waits --+-- handover_accept ----> the other one owns it, in the unit it went to
 *                              +-- handover_decline ---> back: both know, with the reason
 *                              +-- handover_take_back -> as if nothing had been asked
 *                              +-- handover_ask -------> somebody else was asked instead ("sent_on")
 *                              +-- no answer in time --> handover_job.c reminds both and the level above
 *
 * Flow: register -> handover_page.c -> handover_ask -> (the other one's list) -> handover_accept -> 4-answer.
 * Owns: handover, promise_before, legal_ground, cases.owner_id and accepted_us, case_team. Invariants: (1)
 * cases.owner_id changes when the one asked says yes (or by an exit, 2-register/exit.h); (2) at most one question of a
 * case waits; (3) somebody, or the holders of one role, is responsible at every moment (handover_responsible); (4)
 * across boards nothing but a title is seen before a legal ground is written down; (5) a promise kept, or late, under
 * one routine is so under the next; (6) reasons are sealed, the journal holds codes. Memory: as long as ctx. Not here:
 * the letter to the person (handover_notice.h), what another unit would mean (handover_preview.h), who is away
 * (people/absence.h). Source: S0.29, S0.30, S1.7, S1.9, S1.34, S1.35, S2.28, S4.12; OSL 8:1; docs/decisions/0025. */
#ifndef GAVA_HANDOVER_H
#define GAVA_HANDOVER_H

#include "change.h"
#include "handover_sql.h"

enum { HANDOVER_REASON_MAX = 4000 };

/* How the person who wrote gets to know who takes over. */
enum handover_tell { TELL_NOW, TELL_LATER };

struct handover_ask {
    struct user_id to;
    struct unit_id unit;     /* where the case goes; .v 0: it stays */
    struct str ground;       /* across boards: a code of legal_ground; STR_NONE: only the title is shown */
    enum handover_tell tell; /* TELL_LATER needs silence, and is an open duty of the case */
    struct str silence;      /* why the person is not told now */
};

/* Each its own transaction; errors of case_step besides those named. version: cases.version as the page had it, or -1.
 */

/* Ask somebody to take the case over. Asking oneself is taking it. ERR_INVALID: not somebody who may answer for that
 * unit, the owner already, an unknown ground, or silence without a reason. */
MUST_USE enum err handover_ask(struct ctx *ctx, struct str number, int64_t seen, const struct handover_ask *ask);
/* Yes, by the one asked or the deputy. ERR_CLOSED: nothing waits any more (somebody else was first). */
MUST_USE enum err handover_accept(struct ctx *ctx, struct str number, int64_t seen);
/* No, with a reason (ERR_INVALID without). Also of a question where only the title may be seen. */
MUST_USE enum err handover_decline(struct ctx *ctx, struct str number, int64_t seen, struct str reason);
/* Across boards, from the title alone: it belongs to us, let us see it. ERR_NOT_FOUND: no such question to ctx->who. */
MUST_USE enum err handover_be_willing(struct ctx *ctx, struct str number);
/* Across boards: on this ground the one asked may see the case. ERR_INVALID: no such ground. */
MUST_USE enum err handover_give_ground(struct ctx *ctx, struct str number, int64_t seen, struct str ground);
MUST_USE enum err handover_take_back(struct ctx *ctx, struct str number, int64_t seen);
/* The person is told now what was held back. ERR_CLOSED: nothing is owed. */
MUST_USE enum err handover_tell_now(struct ctx *ctx, struct str number, int64_t seen);

/* Inside a transaction: the case moves to another unit without anybody being asked (sorting): its routine follows, and
 * it counts. The caller takes the step. */
MUST_USE enum err handover_move(struct ctx *ctx, struct open_case *c, struct unit_id unit);

/* Who answers for the case at this moment. */
enum responsible_why { RESPONSIBLE_owner, RESPONSIBLE_receiver, RESPONSIBLE_role };
struct responsible {
    enum responsible_why why;
    struct user_id user;     /* .v 0: nobody holds the role; then level above */
    struct user_id stand_in; /* who acts while the person is away; .v 0: the person is there */
    enum role role;          /* of RESPONSIBLE_role */
};
MUST_USE enum err handover_responsible(struct ctx *ctx, const struct open_case *c, struct responsible *ret);

/* What has been, for the page and for the warning before the next one. */
struct handover_past {
    struct handover_list_row *rows;
    size_t n;
    const struct handover_list_row *waiting; /* the question that waits; NULL: none */
    const struct handover_list_row *last;    /* the newest; NULL: none */
    int64_t n_counted;                       /* hand-overs and moves, without those taken back */
};
MUST_USE enum err handover_read(struct ctx *ctx, struct case_id id, struct handover_past *ret);
/* One more would be the one the routine warns at, or a later one. */
bool handover_warns(const struct routine *routine, const struct handover_past *past);
/* The unit has had the case and let it go. */
bool handover_returns(const struct handover_past *past, struct unit_id at, struct unit_id to);
/* Two units belong to different boards. A unit under no board (the contact centre) belongs to all. */
bool handover_crosses(const struct town *town, struct unit_id from, struct unit_id to);
/* The one the question goes to, or the deputy. */
bool handover_is_asked(const struct ctx *ctx, const struct town *town, const struct handover_list_row *waiting);
/* Somebody wrote, can be told, and the routine wants that. */
bool handover_owes_notice(const struct open_case *c);

#endif
