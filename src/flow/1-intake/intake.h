/* What: a submission becomes a case: number, code, sealed words and contact details, documents, promises,
 * acknowledgement. Flow: web form (intake_page.c) -> intake_submit -> the registrar's list (2-register/worklist).
 * What staff take in (take_in.h) and what comes by mail later ends here too. Owns: the rows of a new case; series
 * "case". Invariants: (1) one form token makes one case, however often it is sent; (2) the submitter's bytes are stored
 * as they came; (3) a case that got a receipt is on disk; (4) the code is not stored: it is worked out again from the
 * form token's hash by whoever holds the municipality's key. Memory: as long as ctx. Not here: parsing the form and
 * keeping files (intake_page.c, attach.h); the follow-up (follow.h). Source: S0.5, S0.8, S0.26, S0.45, S1.44, S2.23; FL
 * 22 §. */
#ifndef GAVA_INTAKE_H
#define GAVA_INTAKE_H

#include "attach.h"
#include "ctx.h"
#include "vault.h"

struct submission {
    struct str type;             /* complaint, opinion, suggestion, praise, question, objection, other, unknown */
    struct str story;            /* 1-20,000 characters */
    struct unit_id unit;         /* .v 0: "don't know": the intake unit */
    struct str reply_preference; /* email, phone, letter, sms, meeting, code, none */
    struct contact contact;      /* fields that the preference does not need are left out */
    struct str channel;          /* web, phone, visit ... */
    struct str language;         /* sv, en: of the page that was used, and of letters */
    struct str subject;          /* STR_NONE: not chosen yet */
    struct str submitter_role;   /* glossary; STR_NONE: unknown */
    struct utc_us received;      /* when it was said or came, never after now; .v 0: now */
    struct user_id receiver;     /* who of the staff took it in; .v 0: the person wrote self */
    struct str form_token;       /* STR_NONE: every call is a new case */
    size_t n_files;
    const struct attached *files;
};

enum { STORY_MAX_CHARS = 20000, CODE_DIGITS = 16 };

struct receipt {
    struct case_id id;
    struct str number; /* "2026-0413" */
    struct str code;   /* 16 digits in groups of four: "1234 5678 9012 3456" */
    struct str type;
    bool mail_sent;         /* an acknowledgement goes by mail; told by intake_receipt */
    bool was_there_already; /* the same form again */
};

/* One durable transaction. ERR_INVALID: an empty or too long story, received after now; ERR_SETTING: the unit has no
 * routine; ERR_CONFLICT: the same form on two connections at once: the other's case is there now, call again. */
MUST_USE enum err intake_submit(struct ctx *ctx, const struct submission *s, struct receipt *ret);

/* Number and code once more, for the page that shows them. Whoever calls makes sure that it is the submitter. */
MUST_USE enum err intake_receipt(struct ctx *ctx, struct case_id id, struct receipt *ret);

/* Keyed hash under which a code is kept; blanks and dashes in the code do not count. */
MUST_USE enum err intake_code_hash(struct ctx *ctx, struct str code, struct str *ret);

#endif
