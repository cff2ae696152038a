/* What: the periods of reports and statistics: a year, a half, a third (tertial) or a quarter of one, as addresses name
 * them: 2026, 2026-h1, 2026-t2, 2026-q3. Pure. Rules: a tertial is January-April, May-August, September-December
 * (domain.md 2.1 no. 22); letters are read large or small. Memory: codes as long as the arena.
 * Source: design.md 5 (contract: /statistik/2026-t2, gava report --period). */
#ifndef GAVA_PERIOD_H
#define GAVA_PERIOD_H

#include "ctx.h"
#include "times.h"

enum period_kind { PERIOD_KIND_year, PERIOD_KIND_half, PERIOD_KIND_third, PERIOD_KIND_quarter, PERIOD_KIND_COUNT };

struct period {
    int year; /* 1-9999 */
    enum period_kind kind;
    int part;                /* from 1; of a year 1 */
    struct date first, last; /* days, both in it */
};

/* false: not such a code. */
MUST_USE bool period_find(struct str code, struct period *ret);
/* The period of the kind that holds the day; n before (negative) or after it. */
struct period period_around(struct date day, enum period_kind kind, int n);
/* "2026-t2". */
struct str period_code(struct arena *arena, const struct period *period);
/* "h": the letter of the kind; "" for a year. Static. */
struct str period_letter(enum period_kind kind);

#endif
