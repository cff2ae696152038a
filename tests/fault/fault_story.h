/* What: the operations of the flow that write, in the order a case goes through them. Flow: fault_test.c takes them one
 * after the other; each is failed at its 1st, 2nd, 3rd ... point until it passes untouched, and the next goes on from
 * there. Steps to add one: a function of this shape in fault_story.c and its line in `story`.
 * Not here: failing and comparing (fault_test.c). */
#ifndef GAVA_FAULT_STORY_H
#define GAVA_FAULT_STORY_H

#include "flow_testing.h"
#include "job.h"

/* What the operations work with, in memory that a child process shares; numbers and versions are read anew before each
 * attempt. */
struct world {
    struct test_store *t;
    struct server server; /* of the jobs */
    struct municipality municipality;
    struct user_id amir, berit, rut;
    struct unit_id gator;
    char number_text[20];
    struct str number; /* of the case the story is about */
    struct case_id id;
    int64_t version;     /* cases.version, as a page would have it */
    int64_t n_handovers; /* so far */
    int64_t draft;       /* version of the draft */
    struct str draft_text;
    struct task_id task, ticked; /* an open task, .v 0: none; the one done last */
    struct str form_token;
};

enum again {
    ONCE,    /* done twice it says so, or does nothing: what was done stays as it is */
    PIECES,  /* a job in several transactions: what is done stays, the rest is done next time */
    REPEATS, /* nothing tells the second from a new one: a note with the same words */
};

struct op {
    const char *name;
    enum err (*run)(struct ctx *ctx, struct world *w);
    char who; /* 'a' amir, 'b' berit, 'r' rut, '-' nobody */
    enum again again;
};
extern const struct op story[];
extern const size_t n_story;

/* The job that sends mails to those who wrote. */
extern const struct op mail_job;
/* One mail more, to the person of the story's case. */
struct outbox_id mail_queue(struct world *w);
bool mail_is_sent(struct world *w, struct outbox_id id);
/* As if the process that had it were long gone. */
void mail_lease_ends(struct world *w, struct outbox_id id);

/* People and what else the story needs; once. */
void story_begin(struct world *w);
/* What a page would know now. */
void story_look(struct world *w, struct ctx *ctx);

#endif
