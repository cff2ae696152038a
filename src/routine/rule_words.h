/* What: a routine's rules in plain words: how long, under what condition, and how two versions differ. For the routine
 * page, `gava routine compare` and whoever shows a rule. Memory: as long as ctx. Not here: why a date is what it is
 * (promise_words.h), what differs (routine_diff.h). Source: ux 07. */
#ifndef GAVA_RULE_WORDS_H
#define GAVA_RULE_WORDS_H

#include "promise_words.h"
#include "routine_diff.h"

/* "10 arbetsdagar", "24 timmar", "2 dagar före". is_exact: "10 kalenderdagar" where "10 dagar" could be misread. */
struct str limit_words(struct ctx *ctx, const struct lang *lang, const struct limit *within, bool is_exact);
/* "a, b och c". */
struct str list_words(struct ctx *ctx, const struct lang *lang, const struct str *parts, size_t n);
/* When a rule holds, in sentences: "Gäller om du vill ha svar."; nothing when it always does. routine may be NULL. */
struct str condition_words(struct ctx *ctx, const struct lang *lang, const struct routine *routine,
                           const struct condition *when);

/* What a changed rule is called: "Svara", "Vad som registreras". routine: the version the rule stands in. */
struct str change_name(struct ctx *ctx, const struct lang *lang, const struct rule_change *rule);
/* "Löfte", "Utväg": what kind of rule it is. */
struct str change_part_words(const struct lang *lang, const struct rule_change *rule);
/* "Tid", "Räknas från". */
struct str change_key_words(const struct lang *lang, const struct key_change *key);
/* "10 kalenderdagar"; "–" for what is not given. is_after: the new value. routine: the version it stands in. */
struct str change_value_words(struct ctx *ctx, const struct lang *lang, const struct routine *routine,
                              const struct rule_change *rule, const struct key_change *key, bool is_after);

#endif
