/* What: why a date is what it is, in words, for staff, for the person who wrote and for reports; and a routine's own
 * words with the catalogue's behind them. Flow: routine_promises gives the reason as data; pages and the command line
 * write it with this. Source: design.md section 1 ("nobody has to trust a date"); ux/README.md 5. */
#ifndef GAVA_PROMISE_WORDS_H
#define GAVA_PROMISE_WORDS_H

#include "msg.h"
#include "routine.h"

/* "Räknas från att synpunkten kom in, fredag 18 december 2026. ... Sista dag: fredag 8 januari 2027. Källa: 5." Plain
 * text, one paragraph, at most 100 kB. today: years other than today's are written out. */
void promise_explain(struct ctx *ctx, const struct lang *lang, const struct routine *routine,
                     const struct promise *promise, struct date today, struct out *out);

/* "torsdag 24 december (julafton)". */
void skipped_day_words(struct ctx *ctx, const struct lang *lang, const struct skipped_day *day, struct date today,
                       struct out *out);

/* The part in brackets: "julafton". Empty for a Saturday or Sunday, whose weekday says it. */
struct str skipped_day_reason(const struct lang *lang, const struct day_info *why);
/* What a promise counts from, after "Räknas från": "att synpunkten kom in", "sista dagen för ”Svara”". routine may be
 * NULL. */
struct str anchor_words(struct ctx *ctx, const struct lang *lang, const struct routine *routine,
                        const struct anchor *from);

/* What staff calls it, "Svara"; what the person is promised, "Du får svar.". The file's own words are Swedish: a reader
 * of another language gets the catalogue's. */
struct str obligation_name(const struct lang *lang, const struct obligation *obligation);
struct str obligation_promise(const struct lang *lang, const struct obligation *obligation);
/* The catalogue has both words for this id. */
bool obligation_has_words(struct str id);
/* What must hold, as a sentence without full stop: "De som berörs är tillfrågade". */
struct str gate_name(const struct lang *lang, const struct gate *gate);
bool gate_has_words(struct str id);
/* The routine's word for a role, or the catalogue's: "Klagomålshanterare". routine may be NULL. */
struct str routine_role_words(const struct lang *lang, const struct routine *routine, struct str role);

#endif
