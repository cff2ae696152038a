/* What: the one thing to do next with a case, for the person who reads: a decision, no words. Flow: case_fill.c
 * collects what it depends on; case_page.html shows sentence and button. Pure. Invariant: a step that is proposed may
 * be taken (state and right); where somebody else must act, it says for whom one waits. Not here: the promises' order
 * (routine.h). Source: ux/README 1.5; mock-up 05. */
#ifndef GAVA_CASE_NEXT_H
#define GAVA_CASE_NEXT_H

#include "change.h"

/* NEXT(code): texts next_title_<code> and next_text_<code>; a button next_button_<code> where one can be pressed. */
#define NEXT_STEPS(NEXT)                                                                                               \
    NEXT(another_way)   /* something did not reach the person: choose another way */                                   \
    NEXT(post_letter)   /* a letter is to be posted */                                                                 \
    NEXT(make_call)     /* a call is to be made */                                                                     \
    NEXT(send_sms)      /* a text message is to be sent */                                                             \
    NEXT(meet)          /* a meeting is to be held */                                                                  \
    NEXT(keep_promise)  /* what was promised when it was taken in is to be done */                                     \
    NEXT(register)      /* enter it in the diary */                                                                    \
    NEXT(sort)          /* choose type and subject */                                                                  \
    NEXT(assign)        /* hand it to a manager */                                                                     \
    NEXT(accept)        /* take on what was handed over */                                                             \
    NEXT(wait_accept)   /* somebody else was asked to take it on */                                                    \
    NEXT(wait_person)   /* the person was asked for more */                                                            \
    NEXT(respond)       /* be in touch with the person for the first time */                                           \
    NEXT(answer)        /* write the reply */                                                                          \
    NEXT(share_draft)   /* there is a draft, and nobody was asked yet whom the routine wants asked */                  \
    NEXT(reply_waits)   /* the reply goes by itself */                                                                 \
    NEXT(finish_answer) /* there is a draft */                                                                         \
    NEXT(send_copy)     /* send a copy of the reply to those the routine names */                                      \
    NEXT(close)         /* nothing but closing is left */                                                              \
    NEXT(hand_in)       /* the same, but another role closes it by the routine: hand it in */                          \
    NEXT(wait_close)    /* it was handed in to those who close it */                                                   \
    NEXT(heard)         /* closed, and the person has written since: somebody must consider it */                      \
    NEXT(follow_up)     /* closed, and the person is to be asked whether it has become better */                       \
    NEXT(after_closing) /* closed, but a promise is still to be kept */                                                \
    NEXT(closed)        /* nothing is left */                                                                          \
    NEXT(attach_copy)   /* handed on: the copy of the answer is awaited */                                             \
    NEXT(exit_heard)    /* left by an exit, and the person has written since */                                        \
    NEXT(exit_take)     /* left by an exit, handed to this reader */                                                   \
    NEXT(exit_wait)     /* left by an exit, handed to somebody else who has not said that it arrived */                \
    NEXT(exit_enter)    /* left by an exit, and must get a number */                                                   \
    NEXT(exited)        /* left by an exit, and nothing is left */                                                     \
    NEXT(wait_other)    /* somebody else works with it */

enum next_step {
#define NEXT(code) NEXT_##code,
    NEXT_STEPS(NEXT)
#undef NEXT
        NEXT_STEP_COUNT
};

struct next_facts {
    enum case_status status;
    bool has_owner, is_owner, is_accepted;
    bool is_waiting, is_asked;                       /* somebody was asked to take it over; the reader was */
    bool in_diary, wants_diary;                      /* has a diary number; the routine wants one */
    bool is_sorted;                                  /* type and subject are chosen */
    bool has_failed;                                 /* something could not be delivered */
    bool has_letter, has_call, has_sms, has_meeting; /* tasks not done */
    bool has_promised;     /* the same, promised aloud by this person or for whoever has the case */
    bool is_reply_owed;    /* the person can be reached, wants an answer and has none */
    bool is_resolved;      /* put right on the spot, and the person is satisfied */
    bool is_response_owed; /* a first response is promised and not given */
    bool has_draft;
    bool is_report_owed, is_copy_owed; /* case_copy.h */
    bool wants_consult;                /* the routine wants somebody asked before the reply, and nobody was */
    bool is_planned;                   /* the reply goes by itself */
    bool closes_self, was_handed_in;   /* the reader closes it by the routine; those who do were asked to */
    bool is_meeting_left;              /* that promise is a unit meeting */
    bool is_heard, is_follow_up_owed;  /* the person wrote after closing; the person is to be asked */
    bool has_open_promise;             /* some promise with a date is not kept */
    bool exit_heard, exit_untaken, exit_waits, exit_unentered; /* exit_panel_page.h */
    bool may[STEP_COUNT];                                      /* case_may() */
};

enum next_step case_next(const struct next_facts *facts);
/* "finish_answer". Static. */
struct str next_step_name(enum next_step step);

#endif
