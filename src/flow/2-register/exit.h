/* What: a case that is no feedback leaves by an exit (undantag) of its routine: it is handed on, becomes a matter of
 * another kind, is answered at once, discarded, or moves to another unit; the person is told, and everything is written
 * down: "not handled here because X, we told Y".
 *
 *   ours --exit, exit_alarm--> not_a_case           (in the lists until nothing is left to do: case_settle_exit)
 *   ours --exit_forward--> awaiting_copy --exit_copy--> not_a_case
 *   not_a_case, awaiting_copy --exit_undo--> where it was
 *
 * Flow: register_page.c, case page -> exit_page.c -> exit_plan (what would happen) -> exit_take -> exit_taken,
 * exit_copy, exit_look, exit_undo. Owns: case_exit, case_exit_team; cases.restricted. Invariants: (1) which exits there
 * are, what they need, who is told and who may see is said by the routine, never here; (2) an exit tells the person, or
 * it is written down that nobody was told and why; (3) what is "sole" is seen by one person from the same transaction
 * on; (4) an exit is never removed: taken back, it stays for the numbers; (5) words are sealed.
 * Memory: as long as ctx. Not here: bodies outside (external_body.h), sending (deliver.h), unclear matters (the quality
 * unit's assessment), throwing away what was discarded (disposal comes with the archive).
 * Source: S0.4, S2.9, S2.38-S2.43, S3.24-S3.29, S4.8, S4.18; domain.md 2.1 nos. 7, 15, 16, 17, 21. */
#ifndef GAVA_EXIT_H
#define GAVA_EXIT_H

#include "attach.h"
#include "change.h"
#include "exit_sql.h"

enum { EXIT_TEXT_MAX = 20000, EXIT_REASON_MAX = 2000, EXIT_REFERENCE_MAX = 60, EXIT_PEOPLE_MAX = 20 };

/* What somebody filled in. Nothing is STR_NONE: empty is "". */
struct exit_choice {
    struct str code;
    struct str text;      /* what the person is told */
    struct str body;      /* code of an external body */
    struct str reference; /* number of the other matter */
    struct str reason;
    struct str grounds;  /* ids with spaces between */
    struct str unit;     /* code: where it goes (move), or where the one it is about works (notify_at above) */
    struct str receiver; /* log-in name, of those in exit_plan.people, when only one may see it */
    bool is_silent;      /* the person is not told: only where the routine has nothing to tell */
    bool is_counted;     /* counted only: nothing is sent and no words are kept */
    bool with_story;     /* the body gets the person's words too */
    bool story_said;     /* somebody has decided on with_story */
};

/* What stands in the way; the page tells it beside the field: messages exit_problem_<name>. */
#define EXIT_PROBLEMS(P)                                                                                               \
    P(text, text)            /* nothing to tell the person */                                                          \
    P(silent, text)          /* the routine says what the person must be told */                                       \
    P(body, body)            /* nobody it goes to is chosen */                                                         \
    P(reference, reference)  /* the other matter's number is missing */                                                \
    P(reason, reason)        /* no reason is given */                                                                  \
    P(ground, grounds)       /* no ground is chosen */                                                                 \
    P(ground_alone, grounds) /* the ground chosen is not enough by itself */                                           \
    P(unit, unit)            /* no unit, or the one it is in already */                                                \
    P(receiver, receiver)    /* there is nobody of that role to hand it to */                                          \
    P(story, with_story)     /* not decided whether the person's words go along */
enum exit_problem {
#define P(name, field) EXIT_PROBLEM_##name,
    EXIT_PROBLEMS(P)
#undef P
        EXIT_PROBLEM_COUNT
};
struct str exit_problem_name(enum exit_problem problem);
struct str exit_problem_field(enum exit_problem problem);

/* What would happen. */
struct exit_plan {
    const struct routine_exit *exit;
    enum step step;
    const struct staff **people; /* who gets to know at once, nearest first; sole: those one may choose from */
    size_t n_people;
    bool is_stand_in;          /* nobody has the role: the responsible managers get to know instead */
    const struct staff **team; /* who sees the case afterwards; only when the exit is restricted */
    size_t n_team;
    struct promise *ends; /* promises that no longer hold */
    size_t n_ends;
    struct promise *begins;
    size_t n_begins;
    struct str way;    /* how the person is told: deliver_way() */
    struct str letter; /* to the body; STR_NONE: none goes */
    bool letter_by_mail;
    bool problems[EXIT_PROBLEM_COUNT];
    bool has_problem;
};

/* The exit's own text for the person in the case's language, with what the body wants told, as it stands first in the
 * form; "" when there is nothing to tell. */
MUST_USE enum err exit_default_text(struct ctx *ctx, const struct open_case *c, const struct routine_exit *exit,
                                    struct str body_code, struct str *ret);
/* Reads only. ERR_INVALID: the routine has no such exit. */
MUST_USE enum err exit_plan(struct ctx *ctx, const struct open_case *c, const struct exit_choice *choice,
                            struct exit_plan *ret);
/* May this person take this exit of the case now? */
bool exit_may(const struct open_case *c, const struct routine_exit *exit);

/* Each its own transaction; version as in register.h; errors of case_step besides those named. */
/* ERR_INVALID: something stands in the way (ask exit_plan). */
MUST_USE enum err exit_take(struct ctx *ctx, struct str number, int64_t version, const struct exit_choice *choice);
/* The one it was handed to has it; reference may be "". Others may write the reference only. */
MUST_USE enum err exit_taken(struct ctx *ctx, struct str number, struct str reference);
/* The copy of the answer: a text, files, or both. ERR_INVALID: neither. */
MUST_USE enum err exit_copy(struct ctx *ctx, struct str number, struct str text, size_t n_files,
                            const struct attached *files);
/* What the person wrote after the exit was read; it stands. */
MUST_USE enum err exit_look(struct ctx *ctx, struct str number);
/* The exit is taken back: the case is where it was, its promises count again. reason must not be empty; text is what
 * the person is told, "" for nothing. ERR_NOT_FOUND: no exit stands. */
MUST_USE enum err exit_undo(struct ctx *ctx, struct str number, int64_t version, struct str reason, struct str text);

#endif
