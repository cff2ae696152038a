/* What: how words reach the person: by mail (outbox), as a letter or a call somebody must make (task), or on the
 * follow-up page, where everything can be read in any case. Flow: intake, note and answer call deliver_*; outbox_job.c
 * sends and reports back by deliver_sent / deliver_failed. Owns: outbox, task. Invariants: (1) a row is made in the
 * same transaction as what it sends; (2) when a delivery fails for good, the fact it stood for is taken away: the
 * promise counts as not kept until another way is chosen; (3) a letter or a call keeps its promise when somebody ticks
 * it off, not before, and from the day given. Memory: as long as ctx. Not here: composing and sending mail (mail/),
 * texts (letter_*). Source: design.md 3.8; S0.27, S2.24, S3.22; ux/README 6 "Delivery failed". */
#ifndef GAVA_DELIVER_H
#define GAVA_DELIVER_H

#include "change.h"
#include "deliver_sql.h"

/* Reaching a person in this way (a reply preference) is a task for somebody: a letter, a call, a text message, a
 * meeting.
 */
bool deliver_is_by_hand(struct str preference);

/* Each inside the caller's transaction, before its case_step where a step is the caller's. */

/* Right after receive: takes the step "acknowledge" (the person sees number and code on the page, or is given them),
 * and mails it when wanted. Whoever wrote a letter, a text message or a post is told by hand: a task (of a letter with
 * its words as a document), whose doing keeps the promise; nobody is when no contact is known. S0.27, S0.45, S2.24. */
MUST_USE enum err deliver_acknowledgement(struct ctx *ctx, struct open_case *c);
/* The reply. ret_reached: the person has it now (mail queued, or on the page); false: a letter or call must be made
 * first. */
MUST_USE enum err deliver_reply(struct ctx *ctx, struct open_case *c, struct document_id reply, bool *ret_reached);
/* Words that keep a promise of their own once the person has them: purpose follow_up, no_further. */
MUST_USE enum err deliver_purpose(struct ctx *ctx, struct open_case *c, struct str purpose, struct document_id document,
                                  bool *ret_reached);
/* A message that is not the reply: mail says so when mail was chosen. */
MUST_USE enum err deliver_message(struct ctx *ctx, struct open_case *c, struct document_id message);
/* The same, as the first response or a question: somebody posts it, calls or sends a text message where the person
 * chose that. ret_reached as in deliver_reply; when not, the task's doing makes its facts (first_response.h). */
MUST_USE enum err deliver_word(struct ctx *ctx, struct open_case *c, struct document_id message, bool *ret_reached);
/* Who takes over, as the person is told. ret_reached as in deliver_reply. */
MUST_USE enum err deliver_handover(struct ctx *ctx, struct open_case *c, struct document_id notice, bool *ret_reached);

/* That it takes longer, and the new date (delay.h). ret_by_hand: a letter or a call must be made first. */
MUST_USE enum err deliver_delay(struct ctx *ctx, struct open_case *c, struct document_id notice, bool *ret_by_hand);

/* Something the person must be told that is no reply: mail, a letter or a call somebody must make, else on the
 * follow-up page. ret_way: deliver_way(). */
MUST_USE enum err deliver_notice(struct ctx *ctx, struct open_case *c, struct document_id notice, struct str *ret_way);
/* How the person is reached: email, letter, phone, code; none: there is no way to reach the person, who finds what is
 * said on the follow-up page. Static. */
struct str deliver_way(const struct open_case *c);
/* A letter to somebody outside (document kind handed_on): by mail, or as a task for somebody here. */
MUST_USE enum err deliver_outside(struct ctx *ctx, struct open_case *c, struct document_id letter, bool by_mail);

/* From the outbox job, each its own transaction. error: "550 address_unknown" or the like, without any address. */
MUST_USE enum err deliver_sent(struct ctx *ctx, struct outbox_id id);
MUST_USE enum err deliver_failed(struct ctx *ctx, struct outbox_id id, struct str error);

/* From when something done by hand on this day counts: now when it is today (or none is given), else noon of the day,
 * but never before it was made. False: a day to come, or one before it was made. Decision 0040. */
MUST_USE bool deliver_day_moment(struct date day, struct utc_us made, struct utc_us now, struct utc_us *ret);
/* Staff: the task was done; its promise is kept from that day (deliver_day_moment; DATE_NONE: now). Own transaction.
 * ERR_NOT_FOUND: no such task, or done already. ERR_INVALID: not a day it can have been done on. */
MUST_USE enum err deliver_task_done(struct ctx *ctx, struct str number, struct task_id id, struct date day);
/* A letter was marked as posted by mistake: it waits again, and what it stood for is not kept, unless something else
 * kept it too. Own transaction. ERR_CONFLICT: it is not marked. ERR_CLOSED: marked more than UNDO_DAYS ago, or the case
 * has been closed. */
enum { UNDO_DAYS = 14 };
MUST_USE enum err deliver_task_undone(struct ctx *ctx, struct str number, struct task_id id);
bool deliver_may_undo(struct utc_us ticked, struct utc_us now);
/* Staff: reach the person in another way (phone, letter, sms, meeting, code, email); what could not be delivered goes
 * that way. Own transaction. */
MUST_USE enum err deliver_another_way(struct ctx *ctx, struct str number, struct str preference);

#endif
