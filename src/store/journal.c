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

/* How far the check has come. */
struct walk {
    struct findings *findings;
    struct event_id last, end; /* end: the head's row when the check began */
    char hash[JOURNAL_HASH_BYTES];
    int64_t n_rows;
    size_t n_latest; /* rows in the latest stretch */
};

static void check_row(struct ctx *ctx, const struct journal_list_row *row, struct walk *walk)
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
    if (row->id.v != walk->last.v + 1)
        findings_add(walk->findings, "journal: row %" PRId64 " follows row %" PRId64, row->id.v, walk->last.v);
    if (!str_eq(row->previous, (struct str){walk->hash, sizeof walk->hash}))
        findings_add(walk->findings, "journal: row %" PRId64 " is not bound to the row before it", row->id.v);
    if (!str_eq(row->hash, hash_of(ctx->arena, &in)))
        findings_add(walk->findings, "journal: row %" PRId64 " has been changed", row->id.v);
    if (row->document.v && !str_eq(row->document_sha256, row->stored_sha256))
        findings_add(walk->findings,
                     "journal: row %" PRId64 " tells of another document %" PRId64 " than the one stored", row->id.v,
                     row->document.v);
    if (row->hash.n == JOURNAL_HASH_BYTES)
        memcpy(walk->hash, row->hash.p, JOURNAL_HASH_BYTES);
    walk->last = row->id;
    walk->n_rows++;
}

/* Up to 500 rows more, none behind the end. */
static enum err check_stretch(struct ctx *ctx, void *p)
{
    struct walk *walk = p;
    struct journal_list_row *rows;
    TRY(journal_list(ctx, walk->last, &rows, &walk->n_latest));
    while (walk->n_latest && rows[walk->n_latest - 1].id.v > walk->end.v)
        walk->n_latest--;
    for (size_t i = 0; i < walk->n_latest; i++)
        check_row(ctx, &rows[i], walk);
    return OK;
}

static enum err head_read(struct ctx *ctx, struct journal_head_get_row *ret)
{
    enum err err = journal_head_get(ctx, ret);
    if (err == ERR_NOT_FOUND)
        *ret = (struct journal_head_get_row){.hash = {zero_hash, sizeof zero_hash}};
    return err == ERR_NOT_FOUND ? OK : err;
}

enum err journal_verify(struct ctx *ctx, struct findings *findings)
{
    struct walk walk = {.findings = findings};
    struct journal_head_get_row head, later;
    struct journal_list_row *rows;
    size_t n_behind;
    TRY(head_read(ctx, &head)); /* others may append meanwhile: what came after this moment is left for next time */
    walk.end = head.event;
    do
        TRY(ctx_in_scratch(ctx, STRETCH_MAX_BYTES, check_stretch, &walk));
    while (walk.n_latest);
    if (walk.last.v != head.event.v || walk.n_rows != head.n_events ||
        !str_eq(head.hash, (struct str){walk.hash, sizeof walk.hash}))
        findings_add(findings,
                     "journal: it should hold %" PRId64 " rows up to row %" PRId64 ", but holds %" PRId64
                     " up to row %" PRId64,
                     head.n_events, head.event.v, walk.n_rows, walk.last.v);
    TRY(journal_list(ctx, head.event, &rows, &n_behind));
    TRY(head_read(ctx, &later));
    if (n_behind && later.event.v == head.event.v)
        findings_add(findings, "journal: row %" PRId64 " lies behind its end", rows[0].id.v);
    return OK;
}
