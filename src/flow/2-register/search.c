#include "search.h"

#include <libstemmer.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

#include "db.h"
#include "fold.h"
#include "search_sql.h"
#include "vault.h"

struct terms {
    int64_t *v;
    size_t n, max;
};

static void stemmer_end(void *stemmer)
{
    sb_stemmer_delete(stemmer);
}

static void breaks_end(void *breaks)
{
    ubrk_close(breaks);
}

static void add_once(struct terms *terms, int64_t term)
{
    for (size_t i = 0; i < terms->n; i++)
        if (terms->v[i] == term)
            return;
    if (terms->n < terms->max)
        terms->v[terms->n++] = term;
}

static enum err add_word(struct ctx *ctx, struct sb_stemmer *stemmer, struct str word, struct terms *terms)
{
    const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *)word.p, (int)word.n);
    if (stem == NULL)
        BUG("no memory in the stemmer");
    struct str root = {(const char *)stem, (size_t)sb_stemmer_length(stemmer)};
    struct str hash;
    TRY(vault_mac(ctx, VAULT_MAC_SEARCH, root, &hash));
    int64_t term;
    assert(hash.n >= sizeof term);
    memcpy(&term, hash.p, sizeof term);
    add_once(terms, term);
    return OK;
}

enum err search_terms(struct ctx *ctx, struct str text, size_t max, int64_t **ret, size_t *ret_n)
{
    enum { WORD_MAX_BYTES = 120 };
    struct terms terms = {.v = ARENA_ARRAY(ctx->arena, int64_t, max), .max = max};
    struct str folded = fold_case(ctx, text);
    struct sb_stemmer *stemmer = sb_stemmer_new("swedish", "UTF_8");
    if (stemmer == NULL)
        return fail(ctx, ERR_SETTING, "the Swedish stemmer is missing in libstemmer");
    ctx_defer(ctx, stemmer_end, stemmer);
    UErrorCode status = U_ZERO_ERROR;
    UText utext = UTEXT_INITIALIZER;
    utext_openUTF8(&utext, folded.n ? folded.p : "", (int64_t)folded.n, &status);
    UBreakIterator *breaks = ubrk_open(UBRK_WORD, "sv", NULL, 0, &status);
    if (U_FAILURE(status))
        return fail(ctx, ERR_SETTING, "could not start ICU's word breaks: %s", u_errorName(status));
    ctx_defer(ctx, breaks_end, breaks);
    ubrk_setUText(breaks, &utext, &status);
    for (int32_t start = ubrk_first(breaks), end = ubrk_next(breaks); end != UBRK_DONE;
         start = end, end = ubrk_next(breaks)) {
        if (ubrk_getRuleStatus(breaks) < UBRK_WORD_NONE_LIMIT)
            continue; /* blanks and punctuation */
        struct str word = {folded.p + start, (size_t)(end - start)};
        if (word.n <= WORD_MAX_BYTES)
            TRY(add_word(ctx, stemmer, word, &terms));
    }
    utext_close(&utext);
    *ret = terms.v;
    *ret_n = terms.n;
    return OK;
}

static enum err all_text(struct ctx *ctx, struct case_id id, struct str *ret)
{
    enum { TEXT_MAX_BYTES = 8 << 20 };
    struct out out = out_init(ctx->arena, TEXT_MAX_BYTES);
    struct search_title_row title;
    TRY(search_title(ctx, id, &title));
    out_str(&out, title.title);
    out_char(&out, '\n');
    out_str(&out, title.diary_number);
    struct search_documents_row *documents;
    size_t n;
    TRY(search_documents(ctx, id, &documents, &n));
    for (size_t i = 0; i < n; i++) {
        struct str text;
        TRY(vault_unseal(ctx, id, documents[i].body, PURPOSE_index, &text));
        if (text.n + 1 > TEXT_MAX_BYTES - out.n)
            break; /* the index knows the first megabytes */
        out_char(&out, '\n');
        out_str(&out, text);
    }
    *ret = out_take(&out);
    return OK;
}

static enum err index_case(struct ctx *ctx, struct case_id id)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(search_pending_drop(ctx, id));
    struct str text;
    TRY(all_text(ctx, id, &text));
    int64_t *terms;
    size_t n;
    TRY(search_terms(ctx, text, SEARCH_TERMS_MAX, &terms, &n));
    for (size_t i = 0; i < n; i++)
        TRY(search_term_add(ctx, terms[i], id));
    return tx_commit(&tx);
}

enum err search_index_batch(struct ctx *ctx, bool *ret_more)
{
    struct search_pending_list_row *rows;
    size_t n;
    TRY(search_pending_list(ctx, SEARCH_BATCH, &rows, &n));
    for (size_t i = 0; i < n; i++)
        TRY(index_case(ctx, rows[i].case_id));
    *ret_more = n == SEARCH_BATCH;
    return OK;
}
