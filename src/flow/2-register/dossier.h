/* What: the dossier (akt) as a register: each paper with its date, number, direction, sender or recipient, what it
 * concerns and the diary's event number (OSL 5:2); changing what is said of a paper; adding a paper that came or went
 * another way.
 * Flow: dossier_page.c lists and changes; register.h writes the first row when a case is registered;
 * public_diary_page.c shows what the public may read. Owns: document_entry. Invariants: (1) the paper itself, its
 * number, its bytes and its date are never changed (document is append-only): only what is said of it is; (2) every
 * change is one journal row (add_paper, describe_paper, enter_reply), which tells what was changed but no word; (3) who
 * sent it is a word of the list in the register, its name is sealed; (4) a paper's date is never after now. Memory: as
 * long as ctx. Not here: the papers' bytes (document.h), what the public may read of a row (diary_rules.h). Source: OSL
 * 5:1, 5:2; S0.26, S2.14, S2.26, S2.34. */
#ifndef GAVA_DOSSIER_H
#define GAVA_DOSSIER_H

#include "attach.h"
#include "change.h"
#include "dossier_sql.h"

#define dossier_row dossier_list_row

/* What the register says of a paper. Texts are never STR_NONE. */
struct paper_entry {
    struct str party;        /* a code of party_codes(), or "" */
    struct str party_name;   /* the name, in clear; "" : none. STR_NONE: leave what is sealed as it is */
    struct str brief;        /* at most BRIEF_MAX_CHARS; "" : none */
    struct str event_number; /* "" : none */
    bool hide_party, hide_brief;
    struct sealed_id sealed_name; /* what is sealed now; .v 0: nothing */
};

/* Who usually sends or gets a paper of this kind: "individual" for what comes in and goes out, "" inside. Static. */
struct str dossier_usual_party(struct str direction);
/* What the register says, with what follows from the kind where nobody has said anything. party_name is STR_NONE. */
struct paper_entry dossier_entry_of(const struct dossier_row *row);
/* The sealed name, opened for handling the case; "" when there is none. */
MUST_USE enum err dossier_name(struct ctx *ctx, struct case_id id, const struct dossier_row *row, struct str *ret);

/* ERR_NOT_FOUND: the case has no such paper. */
MUST_USE enum err dossier_get(struct ctx *ctx, struct case_id id, int64_t number, struct dossier_row *ret);
/* The paper that is the reply: number as given, or (0) the latest that went out. ERR_INVALID: there is none. */
MUST_USE enum err dossier_reply(struct ctx *ctx, struct case_id id, int64_t number, struct dossier_row *ret);

/* Inside a transaction that holds the case: no step is taken. ERR_INVALID: unknown party, too long, or a brief that
 * points somebody out (diary_rules.h). */
MUST_USE enum err dossier_put(struct ctx *ctx, const struct open_case *c, struct document_id paper,
                              const struct paper_entry *entry);
/* The same as a step of its own, in its own transaction. */
MUST_USE enum err dossier_describe(struct ctx *ctx, struct str number, int64_t version, int64_t paper,
                                   const struct paper_entry *entry);

struct new_paper {
    struct str direction; /* in, out, internal */
    struct utc_us at;     /* when it came, went or was written: not after now, not before PAPER_OLDEST_DAYS */
    struct str text;      /* STR_NONE or "": only files */
    size_t n_files;
    const struct attached *files;
    struct paper_entry entry;
    struct str form_token; /* one sending of a form makes one paper; STR_NONE: any number */
};
enum { PAPER_OLDEST_DAYS = 3660, PAPER_MAX_CHARS = 20000 };
/* Its own transaction. The files follow the text as its attachments; without a text the first file is the paper.
 * ret_number: its number in the dossier. ERR_INVALID: nothing to add, or a date that cannot be. */
MUST_USE enum err dossier_add(struct ctx *ctx, struct str number, const struct new_paper *paper, int64_t *ret_number);

#endif
