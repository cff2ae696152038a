/* What: what in a text may say who somebody is: personal identity numbers, telephone numbers, e-mail addresses, found
 * by their shape. Flow: the look before a reply goes shows them beside the question whether the reply discloses
 * anybody. Invariant: it is help for a reader's eye and decides nothing. Pure. Memory: findings point into the text.
 * Not here: names, which no shape gives away. Source: S2.31; OSL 26 kap. 1 §; SKV 704 (personnummer). */
#ifndef GAVA_DISCLOSURE_H
#define GAVA_DISCLOSURE_H

#include "arena.h"
#include "str.h"

enum disclosure_kind { DISCLOSURE_identity, DISCLOSURE_phone, DISCLOSURE_email };
struct disclosure {
    enum disclosure_kind kind;
    struct str text;
};

enum { DISCLOSURES_MAX = 20 };

/* In the text's order; at most DISCLOSURES_MAX. O(its length). */
void disclosures_find(struct arena *arena, struct str text, struct disclosure **ret, size_t *ret_n);

#endif
