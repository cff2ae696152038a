#include "journal.h"

#include "findings.h"
#include "journal_sql.h"

#include <endian.h>
#include <inttypes.h>
#include <sodium.h>

/* Stretches of the journal are read into a scratch arena of their own. */
enum { STRETCH_MAX_BYTES = 64 << 20 };

static const char zero_hash[JOURNAL_HASH_BYTES];

static void hash_number(crypto_generichash_state *state, int64_t number)
{
    uint64_t little = htole64((uint64_t)number);
    crypto_generichash_update(state, (const unsigned char *)&little, sizeof little);
}

static void hash_str(crypto_generichash_state *state, struct str s)
{
    hash_number(state, (int64_t)s.n);
    crypto_generichash_update(state, (const unsigned char *)s.p, s.n);
}

static struct str hash_of(struct arena *arena, const struct journal_add_in *row)
{
    unsigned char *hash = arena_alloc(arena, JOURNAL_HASH_BYTES);
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, JOURNAL_HASH_BYTES);
    crypto_generichash_update(&state, (const unsigned char *)row->previous.p, row->previous.n);
    hash_number(&state, row->id.v);
    hash_number(&state, row->case_id.v);
    hash_number(&state, row->at.v);
    hash_number(&state, row->who.v);
    hash_number(&state, row->document.v);
    hash_str(&state, row->kind);
    hash_str(&state, row->data);
    hash_str(&state, row->document_sha256);
    crypto_generichash_final(&state, hash, JOURNAL_HASH_BYTES);
    return (struct str){(const char *)hash, JOURNAL_HASH_BYTES};
}

enum err journal_append(struct ctx *ctx, struct case_id case_id, struct str kind, struct str data,
                        struct document_id document_id, struct event_id *ret)
{
    assert(db_in_tx(ctx) && data.n <= JOURNAL_DATA_MAX);
    struct journal_document_row document = {.sha256 = STR_NONE};
    if (document_id.v)
        TRY(journal_document(ctx, document_id, &document));
    struct journal_head_take_row head;
    TRY(journal_head_take(ctx, (struct str){zero_hash, sizeof zero_hash}, &head));
    struct journal_add_in row = {
        .id = {head.event.v + 1}, /* inv 1 */
        .case_id = case_id,
        .at = ctx_now(ctx),
        .who = ctx->who,
        .kind = kind,
        .data = data,
        .document = document_id,
        .document_sha256 = document.sha256,
        .previous = head.hash, /* inv 2 */
    };
    row.hash = hash_of(ctx->arena, &row);
    TRY(journal_add(ctx, &row));
    TRY(journal_head_set(ctx, row.id, row.hash)); /* inv 3 */
    *ret = row.id;
    return OK;
}

/* ---- checking ---- */

static void check_row(struct ctx *ctx, const struct journal_list_row *row, int64_t expected, struct str previous,
                      struct findings *findings)
{
    const struct journal_add_in in = {
        .id = row->id,
        .case_id = row->case_id,
        .at = row->at,
        .who = row->who,
        .kind = row->kind,
        .data = row->data,
        .document = row->document,
        .document_sha256 = row->document_sha256,
        .previous = row->previous,
    };
    if (row->id.v != expected)
        findings_add(ctx, findings, "journal: row %" PRId64 " follows row %" PRId64, row->id.v, expected - 1);
    if (!str_eq(row->previous, previous))
        findings_add(ctx, findings, "journal: row %" PRId64 " is not bound to the row before it", row->id.v);
    if (!str_eq(row->hash, hash_of(ctx->arena, &in)))
        findings_add(ctx, findings, "journal: row %" PRId64 " has been changed", row->id.v);
    if (row->document.v && !str_eq(row->document_sha256, row->stored_sha256))
        findings_add(ctx, findings,
                     "journal: row %" PRId64 " tells of another document %" PRId64 " than the one stored", row->id.v,
                     row->document.v);
}

/* Check up to 500 rows after *last; moves *last and hash on. */
static enum err check_stretch(struct ctx *ctx, struct event_id *last, char *hash, size_t *ret_n,
                              struct findings *findings)
{
    struct journal_list_row *rows;
    TRY(journal_list(ctx, *last, &rows, ret_n));
    for (size_t i = 0; i < *ret_n; i++) {
        check_row(ctx, &rows[i], last->v + 1, (struct str){hash, JOURNAL_HASH_BYTES}, findings);
        *last = rows[i].id;
        if (rows[i].hash.n != JOURNAL_HASH_BYTES)
            findings_add(ctx, findings, "journal: row %" PRId64 " has no hash", rows[i].id.v);
        else
            memcpy(hash, rows[i].hash.p, JOURNAL_HASH_BYTES);
    }
    return OK;
}

enum err journal_verify(struct ctx *ctx, struct findings *findings)
{
    struct event_id last = {0};
    char hash[JOURNAL_HASH_BYTES] = {0};
    int64_t n_rows = 0;
    size_t n = 1;
    while (n) {
        ARENA_SCOPE struct arena *scratch = arena_new(STRETCH_MAX_BYTES);
        struct arena *arena = ctx->arena;
        struct findings found = {.n = 0};
        ctx->arena = scratch;
        enum err err = check_stretch(ctx, &last, hash, &n, &found);
        ctx->arena = arena;
        for (size_t i = 0; i < found.n; i++)
            findings_add(ctx, findings, "%.*s", STR_ARG(found.texts[i]));
        findings->all += found.all - found.n;
        if (err != OK) {
            ctx->error.message = str_copy(arena, ctx->error.message);
            ctx->error.detail = str_copy(arena, ctx->error.detail);
            return err;
        }
        n_rows += (int64_t)n;
    }
    struct journal_head_get_row head;
    enum err err = journal_head_get(ctx, &head);
    if (err == ERR_NOT_FOUND && n_rows == 0)
        return OK;
    TRY(err);
    if (head.event.v != last.v || head.n_events != n_rows || !str_eq(head.hash, (struct str){hash, sizeof hash}))
        findings_add(ctx, findings,
                     "journal: it should end with row %" PRId64 " of %" PRId64 ", but ends with row %" PRId64,
                     head.event.v, head.n_events, last.v);
    return OK;
}
