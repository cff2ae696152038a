/* What: a text without who wrote: name, e-mail address and telephone number taken out, for somebody who may read the
 * words but not know the person. Pure. Flow: consult.c, before a draft or a story is shown to those concerned. Rules:
 * each part of the name of three letters or more, also in the genitive, where it begins with a capital letter
 * ("Gunnel", "Gunnels", not "gunnel"); the address in any case; the number however its digits are grouped. It cannot
 * know what else tells who somebody is (a place, an illness): a person reads the text before it is shown. Memory: as
 * long as ctx. Source: S0.33-S0.35; OSL 26 kap. 1 §. */
#ifndef GAVA_MASK_H
#define GAVA_MASK_H

#include "vault.h"

/* by: what stands there instead. *ret_n: how many were taken out. O(text x parts of the name). */
struct str mask_person(struct ctx *ctx, struct str text, const struct contact *who, struct str by, size_t *ret_n);

#endif
