/* What: the rule language. A routine is one YAML file of one municipality or unit, loaded and checked into a struct
 * routine; facts (when each thing happened to a case) become dated promises with the reason for each date. Flow: town
 * (flow/) loads a version -> intake and every step ask for the promises -> pages, letters, reminders, reports.
 * Invariants: (1) pure: no store, no clock; "now" is an argument; same input, same answer; (2) nothing of a
 * municipality's routine is C code; (3) day 0 is the day of the event counted from; a limit in days ends at the end
 * (23:59:59 local) of its last day, and what happens within that second is in time; hours are exact elapsed hours; (4)
 * what routine_load returns has passed every check of `gava routine check`. Memory: a struct routine and all its texts
 * lie in the arena of the ctx it was loaded with; promises in the asker's. Not here: counting days (calendar.h), words
 * for an explanation (promise_words.h), which routine a unit follows (flow/town). Source: design.md section 1;
 * domain.md 2.1 and 2.2; the files in routines/ show every part. */
#ifndef GAVA_ROUTINE_H
#define GAVA_ROUTINE_H

#include "calendar.h"
#include "ctx.h"

/* == Words ========================================================================================================= */

enum event {
#define EVENT(code, when, text) EVENT_##code,
#include "events.def"
#undef EVENT
    EVENT_COUNT
};
/* An event in a set of events (struct obligation: met_by; struct gate: needs): there are more than 32. */
#define EVENT_BIT(event) (UINT64_C(1) << (event))

enum feedback_type {
#define TYPES(code, text) TYPE_##code,
#include "words.def"
#undef TYPES
    TYPE_COUNT
};
enum channel {
#define CHANNELS(code, text) CHANNEL_##code,
#include "words.def"
#undef CHANNELS
    CHANNEL_COUNT
};
enum limit_unit {
#define UNITS(code, text) LIMIT_##code,
#include "words.def"
#undef UNITS
    LIMIT_UNIT_COUNT
};
enum obligation_kind {
#define KINDS(code, text) KIND_##code,
#include "words.def"
#undef KINDS
    OBLIGATION_KIND_COUNT
};
enum response_kind {
#define ACCEPTS(code, text) RESPONSE_##code,
#include "words.def"
#undef ACCEPTS
    RESPONSE_KIND_COUNT
};
enum when_contact {
#define CONTACTS(code, text) WHEN_CONTACT_##code,
#include "words.def"
#undef CONTACTS
    WHEN_CONTACT_COUNT
};
enum when_reply {
#define REPLIES(code, text) WHEN_REPLY_##code,
#include "words.def"
#undef REPLIES
    WHEN_REPLY_COUNT
};
enum when_on_spot {
#define SPOTS(code, text) WHEN_ON_SPOT_##code,
#include "words.def"
#undef SPOTS
    WHEN_ON_SPOT_COUNT
};
enum gate_step {
#define STEPS(code, text) GATE_##code,
#include "words.def"
#undef STEPS
    GATE_STEP_COUNT
};
enum register_kind {
#define REGISTERS(code, text) REGISTER_##code,
#include "words.def"
#undef REGISTERS
    REGISTER_KIND_COUNT
};
enum on_spot_rule {
#define ON_SPOTS(code, text) ON_SPOT_##code,
#include "words.def"
#undef ON_SPOTS
    ON_SPOT_RULE_COUNT
};
enum intake_ask {
#define ASKS(code, text) ASK_##code,
#include "words.def"
#undef ASKS
    INTAKE_ASK_COUNT
};
enum exit_action {
#define EXIT_ACTIONS(code, text) EXIT_ACTION_##code,
#include "words.def"
#undef EXIT_ACTIONS
    EXIT_ACTION_COUNT
};
enum exit_need {
#define EXIT_NEEDS(code, text) EXIT_NEED_##code,
#include "words.def"
#undef EXIT_NEEDS
    EXIT_NEED_COUNT
};
enum exit_place {
#define EXIT_PLACES(code, text) EXIT_PLACE_##code,
#include "words.def"
#undef EXIT_PLACES
    EXIT_PLACE_COUNT
};
enum reach {
#define REACHES(code, text) REACH_##code,
#include "words.def"
#undef REACHES
    REACH_COUNT
};
enum mask_group {
#define MASKS(code, text) MASK_##code,
#include "words.def"
#undef MASKS
    MASK_GROUP_COUNT
};
enum text_place {
#define PLACES(code, text) PLACE_##code,
#include "words.def"
#undef PLACES
    TEXT_PLACE_COUNT
};
enum closed_message {
#define CLOSED_MESSAGES(code, text) CLOSED_MESSAGE_##code,
#include "words.def"
#undef CLOSED_MESSAGES
    CLOSED_MESSAGE_COUNT
};
enum report_period {
#define PERIODS(code, text) PERIOD_##code,
#include "words.def"
#undef PERIODS
    REPORT_PERIOD_COUNT
};
enum report_scope {
#define SCOPES(code, text) SCOPE_##code,
#include "words.def"
#undef SCOPES
    REPORT_SCOPE_COUNT
};
enum asked_rule {
#define ASKED_RULES(code, text) ASKED_##code,
#include "words.def"
#undef ASKED_RULES
    ASKED_RULE_COUNT
};
enum secrecy_check {
#define SECRECY_CHECKS(code, text) SECRECY_CHECK_##code,
#include "words.def"
#undef SECRECY_CHECKS
    SECRECY_CHECK_COUNT
};
enum routine_part {
#define PARTS(code, text) PART_##code,
#include "words.def"
#undef PARTS
    ROUTINE_PART_COUNT
};
enum routine_label {
#define LABEL(code) LABEL_##code,
#include "labels.def"
#undef LABEL
    ROUTINE_LABEL_COUNT
};
enum placeholder {
#define PLACEHOLDER(code, text) PLACEHOLDER_##code,
#include "placeholders.def"
#undef PLACEHOLDER
    PLACEHOLDER_COUNT
};
enum promise_state {
    PROMISE_not_applicable, /* a condition does not hold for this case */
    PROMISE_not_started,    /* what it counts from has not happened */
    PROMISE_running,
    PROMISE_met,
    PROMISE_met_late,
    PROMISE_missed, /* the date has passed */
    PROMISE_waived, /* let go, with a reason */
    PROMISE_STATE_COUNT
};

/* The words of the files and of the store. Static; _find: false for an unknown word. */
struct str event_code(enum event event);
MUST_USE bool event_find(struct str code, enum event *ret);
struct str exit_action_code(enum exit_action action);
struct str feedback_type_code(enum feedback_type type);
MUST_USE bool feedback_type_find(struct str code, enum feedback_type *ret);
struct str channel_code(enum channel channel);
/* Said, not written: nothing that came is an official document yet (TF 2 kap.; domain.md 2.1 no. 17). */
bool channel_is_oral(enum channel channel);
MUST_USE bool channel_find(struct str code, enum channel *ret);
struct str limit_unit_code(enum limit_unit unit);
struct str obligation_kind_code(enum obligation_kind kind);
struct str promise_state_code(enum promise_state state);
struct str routine_label_code(enum routine_label label);
struct str placeholder_code(enum placeholder placeholder);

/* == A routine ===================================================================================================== */

/* Where in the file something stands: its line, from 1; 0: it is not given (or comes from the routine inherited from,
 * then the line is of that file). */
struct in_file {
    int line;
    int node; /* for the checks only */
};

struct document_control {
    struct in_file at;
    int valid_from_line;
    struct str title, number, decided_by, owner, replaces, information_class, scope, definition, source;
    struct str policy, policy_url; /* what it follows, such as a service policy; the address may be none (S1.1) */
    struct str interpreted_by;     /* who decided how what is unclear in the source is read */
    struct date decided_on, revised_on, valid_from,
        valid_until; /* valid_until: last day, DATE_NONE: until further notice */
};

/* What a promise counts from: an event, or the last moment of another promise ("reply.due"). */
struct anchor {
    struct str code; /* as written: "registered", "reply.due" */
    bool is_due;
    enum event event;      /* when !is_due */
    struct str obligation; /* when is_due: its id */
};

struct limit {
    struct in_file at; /* line 0: no limit */
    int64_t n;         /* negative only before another promise's date */
    enum limit_unit unit;
};

/* When an obligation holds or a gate counts. All zero: always, except in cases that took an exit. */
struct condition {
    struct in_file at;
    enum when_contact contact;
    enum when_reply reply;
    enum when_on_spot on_spot;
    uint64_t types, channels; /* bit 1 << enum; 0: all */
    struct str overdue;       /* id of the obligation that must have been missed; STR_NONE: no such condition */
    struct str exit; /* "any"; "registered": no exit, or one that is registered; an exit's id; STR_NONE: only cases
                        without exit */
};

struct obligation {
    struct in_file at;
    struct str id;      /* glossary code: "reply" */
    struct str who;     /* role of rights.def, or "receiver", "program", "provider" */
    struct str name;    /* for staff, "Svara"; STR_NONE: catalogue name_<id> */
    struct str promise; /* for the person, "Du får svar."; STR_NONE: catalogue promise_<id> */
    bool is_public;     /* shown to the person who wrote */
    struct anchor from;
    uint64_t met_by; /* bits 1 << enum event; the earliest counts */
    struct limit within;
    enum obligation_kind kind;
    bool roll;        /* calendar days: a last day that is no working day moves to the next one */
    uint64_t accepts; /* bits 1 << enum response_kind; 0: not said. Without contact: met_by first_response is kept by
                         measure_told and investigation_told only */
    struct condition when;
    struct str clause, quote, interpretation;
};

/* A step that must wait: for one of some events, and then for a number of hours. */
struct gate {
    struct in_file at;
    struct str id;
    enum gate_step step;
    uint64_t needs; /* bits 1 << enum event: one of them is enough */
    int64_t hours;  /* that must pass after the first of them */
    int64_t people; /* at least so many must be asked; 0: not said */
    struct str who; /* who reads or does it; STR_NONE: not said */
    bool may_skip;  /* with a written reason */
    int64_t
        warn_days; /* calendar days before the step's own date at which one is warned that it no longer fits; 0: no */
    struct condition when;
    struct str name, clause, quote, interpretation;
};

struct registration {
    struct in_file at;
    struct str who, by, then; /* who sees to it; who makes the entry; to whom the case goes after it */
    enum register_kind where;
    bool deidentified;
    uint64_t types; /* bits; 0: all */
    enum on_spot_rule on_spot;
    bool on_spot_categorised;
    struct str clause, quote, interpretation;
};

/* What is asked while staff take something in. The section may be missing: then nothing besides what everybody asks. */
struct intake_rule {
    struct in_file at;
    uint64_t asks; /* bits 1 << enum intake_ask */
    uint64_t must; /* of these: a case is not taken in without an answer */
    struct str clause, quote, interpretation;
};

/* Why something may be thrown away. */
struct exit_ground {
    struct in_file at;
    struct str id, text;
    bool
        not_alone; /* needs another ground beside it: that somebody is anonymous is not enough (domain.md 2.1 no. 15) */
};

/* A way out of the routine: what is not handled as feedback, and what is done instead. */
struct routine_exit {
    struct in_file at;
    struct str id, name, tell; /* tell: what the person is told; STR_NONE: nothing need be told */
    struct str to;             /* where it goes */
    enum exit_action action;
    bool restricted;           /* only the case's team and those who are told see it any more */
    bool urgent;               /* whoever reads the case may take it */
    bool registered;           /* it must be entered: in our diary, or in the matter it belongs to */
    bool copy_back;            /* the case waits for a copy of the answer */
    bool sole;                 /* nobody but the one it is handed to sees it any more */
    bool may_count;            /* may be counted only: nothing is sent */
    struct str notify;         /* role that gets to know at once; STR_NONE: nobody */
    enum exit_place notify_at; /* where people with that role are looked for */
    uint64_t needs;            /* bits 1 << enum exit_need */
    struct str body;           /* code of the external body one thinks of first; STR_NONE: none */
    struct str emergency;      /* what to say and do first when life or health is in danger */
    struct str disposal;       /* the rule by which it is thrown away */
    const struct exit_ground *grounds;
    size_t n_grounds;
    struct str clause, quote, interpretation;
};

struct visibility {
    struct in_file at;
    enum reach reach;
    bool secret; /* cases start out marked */
    struct str provision;
    uint64_t masks; /* bits 1 << enum mask_group */
    struct str clause, quote, interpretation;
};

struct checklist_item {
    struct in_file at;
    struct str text, more;
};
struct checklist {
    struct in_file at;
    struct str id, title, clause;
    enum text_place place;
    bool numbered;
    const struct checklist_item *items;
    size_t n_items;
};

struct guidance {
    struct in_file at;
    struct str id, text, clause, quote;
    enum text_place place;
};

/* A gentle word beside the editor, when the text of a reply says something, or does not say it (hints.h). */
struct hint {
    struct in_file at;
    struct str id, text, clause, quote;
    const struct str *find; /* words or phrases; a * at an end stands for any letters */
    size_t n_find;
    const struct str *missing; /* instead: shown when none of these is there */
    size_t n_missing;
    uint64_t types; /* bits 1 << enum feedback_type; 0: all */
};

/* What is looked at before a reply goes. */
struct reply_rule {
    struct in_file at;
    enum asked_rule questions;
    enum secrecy_check secrecy_check;
    struct str clause, quote, interpretation;
};

/* A letter's text, cut at its placeholders: literal text and placeholders in turn. */
struct letter_piece {
    struct str text; /* STR_NONE: a placeholder */
    enum placeholder placeholder;
};
struct letter {
    struct in_file at;
    struct str id, subject, body, clause;
    const struct letter_piece *subject_pieces, *body_pieces;
    size_t n_subject_pieces, n_body_pieces;
};

struct routine_report {
    struct in_file at;
    struct str id, name, who, receiver; /* receiver: a role */
    struct str served_on;               /* boards, in words */
    enum report_period period;
    enum report_scope scope;
    struct limit due; /* after the period's last day */
    struct str clause, quote, interpretation;
};

/* When those who answer for a promise are reminded, in working days from its date; 0: not then. On the day itself
 * always.
 */
struct reminder_rule {
    struct in_file at;
    int64_t before, late; /* so many before; so many after */
    int64_t escalate;     /* after: the level above is told too */
    int64_t repeat;       /* and then again each so many, until it is done */
    int64_t registered;   /* registering has no date of its own in this routine: it is due so many after arrival */
};

/* One question to the person some days after closing (S1.10). The section may be missing: then nothing is asked. */
struct survey_rule {
    struct in_file at;
    struct limit after;  /* closing: day 0 */
    int64_t open;        /* so many days the question can be answered */
    int64_t change;      /* so many days after the first answer it can be changed */
    struct str question; /* STR_NONE: the catalogue's */
    struct str clause, quote, interpretation;
};

struct routine_inherits {
    struct in_file at;
    struct str from;           /* id of the other routine; STR_NONE: stands alone */
    uint64_t parts;            /* bits 1 << enum routine_part */
    const struct str *without; /* ids that are not taken over */
    size_t n_without;
    struct str interpretation;
};

struct routine {
    struct str id; /* a-z 0-9 - */
    int64_t version;
    struct document_control document;
    struct routine_inherits inherits;
    bool eves_are_worked; /* working_days: eves: worked */
    struct registration registration;
    struct intake_rule intake;
    struct visibility visibility;
    const struct obligation *obligations;
    size_t n_obligations; /* those of a routine inherited from first, in its order */
    const struct gate *gates;
    size_t n_gates;       /* closing requirements among them (step close) */
    struct str closed_by; /* role; STR_NONE: the responsible manager */
    enum closed_message closed_message;
    struct survey_rule survey;
    const struct routine_exit *exits;
    size_t n_exits;
    const struct checklist *checklists;
    size_t n_checklists;
    const struct guidance *guidance;
    size_t n_guidance;
    const struct hint *hints;
    size_t n_hints;
    struct reply_rule reply;
    const struct letter *letters;
    size_t n_letters;
    const struct routine_report *reports;
    size_t n_reports;
    struct reminder_rule reminders;         /* the program's own rule when the file has none */
    struct str labels[ROUTINE_LABEL_COUNT]; /* STR_NONE: the catalogue's word */
    int64_t warn_handovers;                 /* warn at the n-th hand-over; 0: never (S1.7) */
    bool handover_notice;                   /* the person is told who takes over (S1.35) */
    int64_t handover_answer_days;           /* working days within which the one asked answers; 0: no time is set */
};

enum { ROUTINE_FILE_MAX = 256 * 1024 }; /* bytes */

struct routine_fault {
    int line; /* from 1 */
    struct str message;
};

/* Read a file and tell every fault in it, by line (none: *ret_n_faults 0 and *ret_routine is set, else it is NULL).
 * file_name is for messages only. parent: the routine that the file inherits from, or NULL; ids must agree. At most 200
 * faults. Never fails otherwise, whatever the bytes. */
void routine_check(struct ctx *ctx, struct str yaml, const struct routine *parent, struct routine **ret_routine,
                   struct routine_fault **ret_faults, size_t *ret_n_faults);
/* The same for those who need it right: ERR_INVALID with "FILE:LINE: message" of the first fault, the number of others
 * as detail. */
MUST_USE enum err routine_load(struct ctx *ctx, struct str yaml, struct str file_name,
                               const struct routine *parent_or_null, struct routine **ret);
/* Which routine a file wants to inherit from, without checking the rest: its id, or STR_NONE (also for a file with
 * faults). */
struct str routine_wants(struct ctx *ctx, struct str yaml);
/* The same for its own id. */
struct str routine_code(struct ctx *ctx, struct str yaml);

/* NULL when there is none. O(n). */
const struct obligation *routine_obligation(const struct routine *routine, struct str id);
const struct routine_exit *routine_exit(const struct routine *routine, struct str id);
const struct letter *routine_letter(const struct routine *routine, struct str id);
/* Texts of a place, in the file's order: call with *at 0, until NULL. */
const struct guidance *routine_guidance(const struct routine *routine, enum text_place place, size_t *at);
const struct checklist *routine_checklist(const struct routine *routine, enum text_place place, size_t *at);
/* The routine's own word, or STR_NONE. */
struct str routine_label(const struct routine *routine, enum routine_label label);
struct str routine_label_of(const struct routine *routine, struct str code);

/* A letter with its placeholders filled in. values: by enum placeholder; a STR_NONE becomes nothing. */
void letter_write(const struct letter_piece *pieces, size_t n, const struct str *values, struct out *out);

/* == A case ======================================================================================================== */

struct waiver {
    struct str
        code; /* id of the obligation or gate, or of both: an obligation and the gate that enforces it share it */
    struct utc_us at;
};

struct facts {
    enum feedback_type type;
    enum channel channel;
    bool contact_known; /* some way to reach the person, the code on the web page included */
    bool reply_wanted;
    bool on_spot;
    struct str exit;      /* id of the exit taken; STR_NONE */
    bool exit_registered; /* and its matter must be entered */
    struct utc_us at[EVENT_COUNT];
    /* For gates before a reply, where the first time is not what counts but this reply (when the last of those asked
     * got the draft): UTC_NONE when it does not hold now. Only for the events of has_gate_at (EVENT_BIT). */
    uint64_t has_gate_at;
    struct utc_us gate_at[EVENT_COUNT];
    struct utc_us planned[EVENT_COUNT]; /* somebody has set a day for it: its end; UTC_NONE: nobody has */
    const struct waiver *waivers;
    size_t n_waivers;
};
/* A complaint by web, contact known, reply wanted, nothing happened yet (every moment UTC_NONE). */
struct facts facts_begin(void);

struct skipped_day {
    struct date date;
    struct day_info why;
};

/* Why a date is what it is. */
struct date_reason {
    struct date day0;            /* of the event counted from */
    struct date counted;         /* last day before it was rolled */
    struct date last;            /* last day */
    struct skipped_day *skipped; /* by date: days that were not counted (working days) or rolled over (calendar days) */
    size_t n_skipped;
    struct skipped_day *half; /* half days that were counted */
    size_t n_half;
    bool is_rolled;
};

struct promise {
    const struct obligation *obligation;
    enum promise_state state;
    struct utc_us started_at; /* UTC_NONE: not started */
    struct utc_us due;        /* last moment; UTC_NONE: no limit, or not started */
    struct utc_us met_at;     /* also when late */
    struct utc_us waived_at;
    struct date_reason reason; /* when due is set and the unit is days; else all zero */
    bool is_planned;           /* the routine sets no limit: the date is one that somebody has set */
    bool is_before; /* its date and how it was kept are of a routine the case stood under before: no reason is given */
    struct utc_us told_at; /* when the person was first told that it will be late (flow/4-answer/delay.h) */
    struct utc_us new_due; /* the date the person was told instead, the latest; UTC_NONE: none. due stays */
    struct utc_us
        fits_until; /* last moment at which the longest gate before this still lets it be kept; UTC_NONE: no gate */
};

/* Every obligation of the routine, in its order, as of now. local: the unit's closed and half days, or NULL.
 * ERR_INVALID only for dates outside the years 1-9999. O(obligations). */
MUST_USE enum err routine_promises(struct ctx *ctx, const struct routine *routine, const struct local_days *local,
                                   const struct facts *facts, struct utc_us now, struct promise **ret, size_t *ret_n);
/* The promise not yet kept with the earliest date, missed ones included; of two the first in the routine. NULL: none.
 */
/* The date that holds now: what the person was told last, else its own. */
struct utc_us promise_due_now(const struct promise *promise);
const struct promise *promise_next(const struct promise *promises, size_t n);
const struct promise *promise_find(const struct promise *promises, size_t n, struct str id);

/* The day on which a person is asked, of a routine with a survey (.survey.after.at.line). ERR_INVALID as
 * routine_promises. */
MUST_USE enum err routine_survey_day(struct ctx *ctx, const struct routine *routine, const struct local_days *local,
                                     struct utc_us closed, struct date *ret);

struct gate_state {
    const struct gate *gate;
    bool is_open;
    bool is_waived;         /* open because somebody let it go */
    struct utc_us since;    /* when what it needs happened; UTC_NONE: not yet */
    struct utc_us opens_at; /* since + hours; UTC_NONE: something must happen first */
};
/* The gates that concern this step in this case, open ones too. Everything may go ahead when all are open. */
void routine_gates(struct ctx *ctx, const struct routine *routine, enum gate_step step, const struct facts *facts,
                   struct utc_us now, struct gate_state **ret, size_t *ret_n);
/* All of them are open. */
bool gates_are_open(const struct gate_state *gates, size_t n);
/* When all of them will be, if nothing else happens; UTC_NONE: something must happen first. */
struct utc_us gates_open_at(const struct gate_state *gates, size_t n);

#endif
