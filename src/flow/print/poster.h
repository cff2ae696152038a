/* What: what stands on a unit's poster and forms: the ways in, what its routine promises, the address and its QR code.
 * Flow: poster_page.c; the promises are those of a complaint that comes in now, by the engine. Invariants: (1) no
 * number of days and no wording of a routine stands in the template; (2) a very long name is cut, so that a sheet stays
 * one sheet. Memory: as ctx. Not here: the PDF (printed_page.h), where it hangs (poster_place.h). Source: ux 08; S0.10,
 * S0.11, S0.13, S0.14, S0.44, S4.1, S4.3; domain.md 4.2 (Götene: few cases where people are not told). */
#ifndef GAVA_POSTER_H
#define GAVA_POSTER_H

#include "poster_view.h"
#include "town.h"

enum poster_kind { POSTER_WALL, POSTER_FORM, POSTER_ORAL }; /* poster and form; form alone; for what is said aloud */

enum { POSTER_UNIT_MAX_CHARS = 70, POSTER_PROMISES_MAX = 3 };

/* site: our public address, "https://ekhamn.example", with the municipality's root. In the language of ctx.
 * ERR_SETTING: no routine. ERR_TOO_LARGE: the address does not fit into a QR code. */
MUST_USE enum err poster_fill(struct ctx *ctx, const struct town *town, const struct unit *unit, struct str site,
                              enum poster_kind kind, struct poster_paper_view *ret);
/* "https://ekhamn.example/synpunkter?unit=norr". */
struct str poster_address(struct ctx *ctx, const struct unit *unit, struct str site);

#endif
