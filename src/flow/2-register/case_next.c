#include "case_next.h"

static const char *const names[] = {
#define NEXT(code) [NEXT_##code] = #code,
    NEXT_STEPS(NEXT)
#undef NEXT
};

struct str next_step_name(enum next_step step)
{
    return str_from(names[step]);
}

/* What cannot wait for anybody: the person has not got what we say we sent. */
static bool find_delivery(const struct next_facts *f, enum next_step *ret)
{
    if (f->has_failed && f->may[STEP_redirect]) {
        *ret = NEXT_another_way;
        return true;
    }
    if ((f->has_letter || f->has_call) && f->may[STEP_tick]) {
        *ret = f->has_letter ? NEXT_post_letter : NEXT_make_call;
        return true;
    }
    if ((f->has_sms || f->has_meeting) && f->may[STEP_tick]) {
        *ret = f->has_sms ? NEXT_send_sms : NEXT_meet;
        return true;
    }
    return false;
}

/* Nothing but closing is left: by the reader, or by those who do it under the routine. */
static enum next_step find_close(const struct next_facts *f)
{
    if (!f->may[STEP_close])
        return NEXT_wait_other;
    if (f->closes_self)
        return NEXT_close;
    return f->was_handed_in ? NEXT_wait_close : NEXT_hand_in;
}

/* Closed: what the person wrote, what is to be asked, what is to be kept. */
static enum next_step find_after(const struct next_facts *f)
{
    if (f->is_heard && (f->may[STEP_no_further] || f->may[STEP_reopen]))
        return NEXT_heard;
    if (f->is_follow_up_owed && f->may[STEP_follow_up])
        return NEXT_follow_up;
    return f->has_open_promise && f->may[STEP_keep] ? NEXT_after_closing : NEXT_closed;
}

/* Answered already: what is left is to enter it, sort it and close it. */
static enum next_step find_end(const struct next_facts *f)
{
    if (!f->in_diary && f->may[STEP_register])
        return NEXT_register;
    if (!f->is_sorted && f->may[STEP_categorise])
        return NEXT_sort;
    return find_close(f);
}

/* Nothing else waits for this person: then what was promised aloud does. */
static enum next_step or_promised(const struct next_facts *f, enum next_step step)
{
    return step == NEXT_wait_other && f->has_promised && f->may[STEP_tick] ? NEXT_keep_promise : step;
}

/* Until a manager has taken it on. */
static enum next_step find_way_in(const struct next_facts *f)
{
    if (f->is_resolved && !f->has_owner)
        return find_end(f);
    if (!f->in_diary && f->wants_diary && (f->may[STEP_register] || f->may[STEP_register_later]))
        return NEXT_register;
    if (f->is_waiting)
        return NEXT_wait_accept;
    if (!f->is_sorted && f->may[STEP_categorise])
        return NEXT_sort;
    return f->may[STEP_assign] || f->may[STEP_hand_over] ? NEXT_assign : NEXT_wait_other;
}

/* From then on. */
static enum next_step find_work(const struct next_facts *f)
{
    if (f->is_reply_owed && f->may[STEP_reply]) {
        if (f->is_response_owed && !f->has_draft && f->may[STEP_call])
            return NEXT_respond;
        if (f->is_planned)
            return NEXT_reply_waits;
        if (f->has_draft && f->wants_consult && f->may[STEP_consult])
            return NEXT_share_draft;
        return f->has_draft ? NEXT_finish_answer : NEXT_answer;
    }
    if (!f->is_reply_owed && f->is_copy_owed && f->may[STEP_send_copy])
        return NEXT_send_copy;
    if (!f->is_reply_owed && f->may[STEP_close])
        return f->is_sorted || !f->may[STEP_categorise] ? find_close(f) : NEXT_sort;
    return NEXT_wait_other;
}

/* Left by an exit: what is still to be done. */
static enum next_step find_exit(const struct next_facts *f)
{
    if (f->status == CASE_awaiting_copy)
        return f->may[STEP_exit_copy] ? NEXT_attach_copy : NEXT_wait_other;
    if (f->exit_heard && f->may[STEP_exit_look])
        return NEXT_exit_heard;
    if (f->exit_untaken && f->may[STEP_exit_taken])
        return NEXT_exit_take;
    if (f->exit_waits)
        return NEXT_exit_wait;
    return f->exit_unentered && f->may[STEP_exit_taken] ? NEXT_exit_enter : NEXT_exited;
}

enum next_step case_next(const struct next_facts *f)
{
    enum next_step step;
    if (f->is_asked && (f->may[STEP_accept] || f->may[STEP_take_over]))
        return NEXT_accept;
    if (find_delivery(f, &step))
        return step;
    switch (f->status) {
    case CASE_received:
    case CASE_registered:
    case CASE_assigned:
        return or_promised(f, find_way_in(f));
    case CASE_awaiting_submitter:
        return or_promised(f, f->may[STEP_go_on] ? NEXT_wait_person : NEXT_wait_other);
    case CASE_investigating:
    case CASE_replied:
        return or_promised(f, find_work(f));
    case CASE_closed:
        return find_after(f);
    case CASE_archived:
        return NEXT_closed;
    case CASE_awaiting_copy:
    case CASE_not_a_case:
        return find_exit(f);
    case CASE_STATUS_COUNT:
        break;
    }
    BUG("no such state");
}
