/* What: the rules of the diary, pure: what a case waits for there, whether it has waited too long, how a number of
 * another diary looks, which words a register may hold, what the public may read of a paper.
 * Flow: case_promise.c asks diary_wait_find() after every step; the queue, the dossier and the public diary ask the
 * rest. Invariants: (1) no store and no clock: "now" is an argument; (2) who does what comes from the routine
 * (registration: who, by, then; obligations that ask for the reply's copy), nothing of one routine stands here.
 * Not here: the queue itself (diary.h), the papers (dossier.h). Source: OSL 5:1, 5:2, 5:5; S0.23, S1.40, S2.25, S2.34,
 * S4.20; domain.md 2.1 no. 2. */
#ifndef GAVA_DIARY_RULES_H
#define GAVA_DIARY_RULES_H

#include "routine.h"

enum diary_wait {
    DIARY_WAIT_none,
    DIARY_WAIT_register, /* it is not in the diary yet */
    DIARY_WAIT_file,     /* whom the routine names next has not looked at it yet (makes the file, sorts it) */
    DIARY_WAIT_reply,    /* the reply was sent, and is not entered in the diary */
    DIARY_WAIT_close,    /* the case is closed, the diary is not */
    DIARY_WAIT_open,     /* the case is open again, the diary is still closed */
    DIARY_WAIT_COUNT
};
/* "register"; "" for none. Static. */
struct str diary_wait_code(enum diary_wait wait);
MUST_USE bool diary_wait_find_code(struct str code, enum diary_wait *ret);

/* What is known of the case. */
struct diary_facts {
    bool in_diary;                                            /* it has a diary number */
    bool is_case;                                             /* false: it turned out not to be one */
    bool is_closed;                                           /* by the unit */
    struct utc_us received, registered, closed, diary_closed; /* UTC_NONE: not yet */
    const struct facts *facts;
};
struct diary_waiting {
    enum diary_wait wait;
    struct utc_us since;   /* UTC_NONE when it waits for nothing */
    struct str by, see_to; /* roles: who does it, who sees to it; STR("") when it waits for nothing */
};
/* The first thing that is missing. */
struct diary_waiting diary_waiting_of(const struct routine *routine, const struct diary_facts *f);
/* The diary may be closed: it holds the case, is open, and either the unit has closed the case or the reply stands in
 * it (S4.20). The case's own status is neither asked for more nor changed. */
bool diary_may_close(const struct diary_facts *f);

/* The last moment at which it is registered in time: what the routine promises of registering, else usual_days working
 * days after the arrival. local: the unit's closed days. ERR_INVALID as workdays_add. */
MUST_USE enum err diary_register_due(struct ctx *ctx, const struct routine *routine, const struct day_rule *rule,
                                     struct utc_us received, int64_t usual_days, struct utc_us *ret);

/* How numbers of another diary look: "#" is a digit, "#*" one or more digits, "@" a letter, anything else itself:
 * "SN ####/#*" fits "SN 2026/123". An empty pattern takes everything of 1 to DIARY_NUMBER_MAX characters that is
 * printed and begins and ends with none but signs. */
enum { DIARY_NUMBER_MAX = 40, DIARY_PATTERN_MAX = 60, BRIEF_MAX_CHARS = 120, PARTY_NAME_MAX_CHARS = 200 };
bool diary_number_fits(struct str pattern, struct str number);

/* The words hold what points a person out: a personal identity number, an e-mail address or a telephone number. A
 * register row has none of them (S1.40). Names are beyond this look: the form asks for care. */
bool brief_points_out(struct str words);

/* Who sent or gets a paper, as a word. */
size_t party_codes(const struct str **ret);
bool party_known(struct str code);

/* What the public diary tells of a paper. Working material (direction internal) is no row of it at all. */
struct public_row_rule {
    bool shown;
    bool party, brief;
};
struct public_row_rule public_row(struct str direction, bool is_secret, bool hide_party, bool hide_brief);

#endif
