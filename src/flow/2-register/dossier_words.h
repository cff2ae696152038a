/* What: words of the dossier that several pages share: directions, senders, dates. Flow: dossier_page.c, paper_page.c,
 * stamp_page.c, public_diary_page.c. Memory: as long as ctx. Source: OSL 5:2. */
#ifndef GAVA_DOSSIER_WORDS_H
#define GAVA_DOSSIER_WORDS_H

#include "dossier.h"
#include "parts_view.h"

/* "In", "Ut", "Inom". */
struct str direction_words(struct ctx *ctx, struct str direction);
/* "Enskild"; "" for none. */
struct str party_words(struct ctx *ctx, struct str party);
/* "2026-12-14". */
struct str day_words(struct ctx *ctx, struct utc_us at);
/* What the public diary leaves out, as a sentence; "" when nothing. */
struct str hidden_words(struct ctx *ctx, bool hide_party, bool hide_brief);
/* The choices of party, one of them chosen. */
const struct option_view *party_options(struct ctx *ctx, struct str chosen, size_t *ret_n);
/* What cannot be changed of a paper: date, direction, kind, size, checksum. name: of a file, or "". */
struct facts_view paper_facts(struct ctx *ctx, const struct dossier_row *row, struct str name);
/* The name of a file, opened; "" for a text. */
MUST_USE enum err paper_file_name(struct ctx *ctx, struct case_id id, const struct dossier_row *row, struct str *ret);
/* "Synpunkt", "Inkommen handling". */
struct str paper_kind_words(struct ctx *ctx, const struct dossier_row *row);

#endif
