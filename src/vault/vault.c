#include "vault.h"

#include "master_key.h"
#include "vault_in.h"
#include "vault_sql.h"

#include <inttypes.h>
#include <sodium.h>

enum { MAC_KINDS = 16, MAC_BYTES = 32, REMEMBERED = 256 };

/* In sodium_malloc memory: guarded, locked, wiped when freed. inv 1 */
struct keys {
    unsigned char wrap[KEY_BYTES];  /* wraps case keys */
    unsigned char loose[KEY_BYTES]; /* seals what belongs to no case */
    unsigned char mac[MAC_KINDS][KEY_BYTES];
    unsigned char one_case[KEY_BYTES]; /* the case at work; zero between calls */
};

/* A row of the read-log this process knows of, so that it need not be looked for. */
struct remembered {
    struct case_id case_id;
    struct user_id who;
    enum purpose purpose;
    struct utc_us at;
};

struct vault {
    struct keys *keys;
    struct arena *arena; /* holds this struct */
    struct remembered remembered[REMEMBERED];
};

/* Which subkey of the municipality's or the master's key is for what (crypto_kdf). */
enum { SUBKEY_WRAP = 1, SUBKEY_LOOSE = 2, SUBKEY_MAC = 100, MASTER_WRAP = 1, MASTER_CHECK = 2 };
static const char municipality_context[crypto_kdf_CONTEXTBYTES + 1] = "gavamuni", master_context[] = "gavamstr";

static struct box_label municipality_label(void)
{
    return (struct box_label){.what = "municipality key"};
}

static struct box_label case_label(struct case_id case_id)
{
    return (struct box_label){.what = "case key", .case_id = case_id};
}

static struct box_label sealed_label(struct case_id case_id, struct str kind)
{
    return (struct box_label){.what = "sealed", .case_id = case_id, .kind = kind};
}

/* The arena's bytes of a row just read are ours to write on. */
static unsigned char *own_bytes(struct str s)
{
    return (unsigned char *)(uintptr_t)s.p;
}

/* ---- once per process ---- */

/* Key material while a vault is made or opened. */
struct opening {
    unsigned char master[KEY_BYTES], sub[KEY_BYTES], municipality[KEY_BYTES];
};

static void opening_end(struct opening **opening)
{
    sodium_free(*opening);
}
#define OPENING_SCOPE __attribute__((cleanup(opening_end)))

/* Tells the wrong master key from a damaged row. */
static void master_check(struct opening *o, unsigned char ret[MAC_BYTES])
{
    crypto_kdf_derive_from_key(o->sub, KEY_BYTES, MASTER_CHECK, master_context, o->master);
    crypto_generichash(ret, MAC_BYTES, NULL, 0, o->sub, KEY_BYTES);
}

static enum err opening_begin(struct ctx *ctx, const struct where *where, struct opening **ret)
{
    if (sodium_init() < 0)
        return fail(ctx, ERR_KEY, "the cryptography library does not work on this machine");
    *ret = sodium_malloc(sizeof **ret);
    if (*ret == NULL)
        BUG("no memory for keys");
    return master_key_read(ctx, where, (*ret)->master);
}

enum err vault_create(struct ctx *ctx, const struct where *where)
{
    OPENING_SCOPE struct opening *o = NULL;
    unsigned char check[MAC_BYTES], wrapped[KEY_BYTES + BOX_MORE_BYTES];
    struct vault_key_get_row row;
    enum err there = vault_key_get(ctx, &row);
    if (there == OK)
        return fail(ctx, ERR_CONFLICT, "the municipality has its key already");
    if (there != ERR_NOT_FOUND)
        return there;
    TRY(master_key_make(ctx, where));
    TRY(opening_begin(ctx, where, &o));
    master_check(o, check);
    randombytes_buf(o->municipality, KEY_BYTES);
    crypto_kdf_derive_from_key(o->sub, KEY_BYTES, MASTER_WRAP, master_context, o->master);
    box_seal(wrapped, (struct str){(const char *)o->municipality, KEY_BYTES}, municipality_label(), o->sub);
    return vault_key_add(ctx, (struct str){(const char *)wrapped, sizeof wrapped},
                         (struct str){(const char *)check, sizeof check});
}

static enum err municipality_open(struct ctx *ctx, struct opening *o)
{
    struct vault_key_get_row row;
    unsigned char check[MAC_BYTES];
    enum err err = vault_key_get(ctx, &row);
    if (err == ERR_NOT_FOUND)
        return fail(ctx, ERR_KEY, "the municipality has no key: gava init makes it");
    TRY(err);
    master_check(o, check);
    if (row.master_check.n != sizeof check || sodium_memcmp(row.master_check.p, check, sizeof check) != 0) {
        (void)!fail(ctx, ERR_KEY, "the master key is not the one this municipality was made with");
        return fail_hint(ctx, "Put the right key back (from the backup of the keys); without it nothing can be read.");
    }
    crypto_kdf_derive_from_key(o->sub, KEY_BYTES, MASTER_WRAP, master_context, o->master);
    /* The key passes from the wrapped row straight into guarded memory. */
    unsigned char *box = o->municipality;
    struct str key;
    unsigned char copy[KEY_BYTES + BOX_MORE_BYTES];
    if (row.wrapped.n != sizeof copy)
        return fail(ctx, ERR_CORRUPT, "the municipality's key is damaged");
    memcpy(copy, row.wrapped.p, sizeof copy);
    bool good = box_open(copy, sizeof copy, municipality_label(), o->sub, &key) && key.n == KEY_BYTES;
    if (good)
        memcpy(box, key.p, KEY_BYTES);
    sodium_memzero(copy, sizeof copy);
    return good ? OK : fail(ctx, ERR_CORRUPT, "the municipality's key is damaged");
}

enum err vault_open(struct ctx *ctx, const struct where *where, struct vault **ret)
{
    OPENING_SCOPE struct opening *o = NULL;
    TRY(opening_begin(ctx, where, &o));
    TRY(municipality_open(ctx, o));
    struct arena *arena = arena_new(sizeof(struct vault) + 1024);
    struct vault *vault = ARENA_NEW(arena, struct vault);
    vault->arena = arena;
    vault->keys = sodium_malloc(sizeof *vault->keys);
    if (vault->keys == NULL)
        BUG("no memory for keys");
    crypto_kdf_derive_from_key(vault->keys->wrap, KEY_BYTES, SUBKEY_WRAP, municipality_context, o->municipality);
    crypto_kdf_derive_from_key(vault->keys->loose, KEY_BYTES, SUBKEY_LOOSE, municipality_context, o->municipality);
    for (uint64_t i = 0; i < MAC_KINDS; i++)
        crypto_kdf_derive_from_key(vault->keys->mac[i], KEY_BYTES, SUBKEY_MAC + i, municipality_context,
                                   o->municipality);
    *ret = vault;
    return OK;
}

void vault_close(struct vault *vault)
{
    if (vault == NULL)
        return;
    sodium_free(vault->keys);
    arena_free(vault->arena);
}

/* ---- a case's key ---- */

static enum err case_key_open(struct ctx *ctx, struct case_id case_id, struct str wrapped)
{
    struct keys *keys = ctx->vault->keys;
    unsigned char copy[KEY_BYTES + BOX_MORE_BYTES];
    struct str key;
    bool good = wrapped.n == sizeof copy;
    if (good)
        memcpy(copy, wrapped.p, sizeof copy);
    good = good && box_open(copy, sizeof copy, case_label(case_id), keys->wrap, &key) && key.n == KEY_BYTES;
    if (good)
        memcpy(keys->one_case, key.p, KEY_BYTES);
    sodium_memzero(copy, sizeof copy);
    return good ? OK : fail(ctx, ERR_CORRUPT, "the key of case row %" PRId64 " is damaged", case_id.v);
}

static void case_key_close(struct ctx *ctx)
{
    sodium_memzero(ctx->vault->keys->one_case, KEY_BYTES);
}

enum err vault_case_new(struct ctx *ctx, struct case_id case_id)
{
    struct keys *keys = ctx->vault->keys;
    unsigned char wrapped[KEY_BYTES + BOX_MORE_BYTES];
    assert(db_in_tx(ctx));
    TRY(contact_remove(ctx, case_id));
    TRY(sealed_remove_all(ctx, case_id));
    randombytes_buf(keys->one_case, KEY_BYTES);
    box_seal(wrapped, (struct str){(const char *)keys->one_case, KEY_BYTES}, case_label(case_id), keys->wrap);
    case_key_close(ctx);
    return case_key_put(ctx, case_id, (struct str){(const char *)wrapped, sizeof wrapped});
}

enum err vault_forget(struct ctx *ctx, struct case_id case_id)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(contact_remove(ctx, case_id));
    TRY(sealed_remove_all(ctx, case_id));
    TRY(case_key_remove(ctx, case_id));
    return tx_commit(&tx);
}

/* ---- bodies ---- */

/* Seal body into memory of arena. */
static enum err body_seal(struct ctx *ctx, struct arena *arena, struct case_id case_id, struct str kind,
                          struct str wrapped, struct str body, struct str *ret)
{
    TRY(case_key_open(ctx, case_id, wrapped));
    unsigned char *box = arena_alloc(arena, body.n + BOX_MORE_BYTES);
    box_seal(box, body, sealed_label(case_id, kind), ctx->vault->keys->one_case);
    case_key_close(ctx);
    *ret = (struct str){(const char *)box, body.n + BOX_MORE_BYTES};
    return OK;
}

enum err vault_seal(struct ctx *ctx, struct case_id case_id, struct str kind, struct str body, struct sealed_id *ret)
{
    ARENA_SCOPE struct arena *scratch = arena_new(body.n + BOX_MORE_BYTES);
    struct case_key_get_row key;
    struct sealed_add_row row;
    struct str box;
    TRY(case_key_get(ctx, case_id, &key));
    TRY(body_seal(ctx, scratch, case_id, kind, key.wrapped, body, &box));
    TRY(sealed_add(ctx, case_id, kind, box, &row));
    *ret = row.id;
    return OK;
}

enum err vault_reseal(struct ctx *ctx, struct case_id case_id, struct sealed_id id, struct str body)
{
    ARENA_SCOPE struct arena *scratch = arena_new(body.n + BOX_MORE_BYTES);
    struct sealed_kind_row row;
    struct str box;
    TRY(sealed_kind(ctx, case_id, id, &row));
    TRY(body_seal(ctx, scratch, case_id, row.kind, row.wrapped, body, &box));
    return sealed_set(ctx, id, box);
}

enum err vault_remove(struct ctx *ctx, struct case_id case_id, struct sealed_id id)
{
    struct sealed_kind_row row;
    TRY(sealed_kind(ctx, case_id, id, &row));
    return spent_add(ctx, id, case_id, ctx_now(ctx));
}

/* One step for one body, whose two files may be written one without the other: each step can be taken twice. */
static enum err sweep(struct ctx *ctx, const struct spent_list_row *spent)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    if (spent->emptied) {
        TRY(spent_remove(ctx, spent->id, spent->case_id));
        TRY(spent_forget(ctx, spent->id));
    } else {
        TRY(spent_empty(ctx, spent->id, spent->case_id, STR("")));
        TRY(spent_mark(ctx, spent->id));
    }
    return tx_commit(&tx);
}

enum err vault_sweep(struct ctx *ctx, bool *ret_more)
{
    struct spent_list_row *spent;
    size_t n;
    TRY(spent_list(ctx, &spent, &n));
    for (size_t i = 0; i < n; i++)
        TRY(sweep(ctx, &spent[i]));
    *ret_more = n > 0;
    return OK;
}

enum err body_open(struct ctx *ctx, struct case_id case_id, struct sealed_id id, struct str *ret_kind,
                   struct str *ret_body)
{
    struct sealed_get_row row;
    TRY(sealed_get(ctx, case_id, id, &row));
    TRY(case_key_open(ctx, case_id, row.wrapped));
    bool good = box_open(own_bytes(row.body), row.body.n, sealed_label(case_id, row.kind), ctx->vault->keys->one_case,
                         ret_body); /* inv 2 */
    case_key_close(ctx);
    *ret_kind = row.kind;
    return good ? OK : fail(ctx, ERR_CORRUPT, "sealed row %" PRId64 " was changed", id.v);
}

enum err vault_check(struct ctx *ctx, struct case_id case_id, struct sealed_id id, struct str sha256,
                     int64_t size_bytes, bool *ret_same)
{
    struct str kind, body;
    unsigned char hash[crypto_hash_sha256_BYTES];
    TRY(body_open(ctx, case_id, id, &kind, &body));
    crypto_hash_sha256(hash, (const unsigned char *)body.p, body.n);
    *ret_same = (int64_t)body.n == size_bytes && str_eq(sha256, (struct str){(const char *)hash, sizeof hash});
    return OK;
}

/* ---- the read-log ---- */

static bool is_hourly(enum purpose purpose)
{
    enum { HOURLY = 1, ALWAYS = 0 };
    static const int how[] = {
#define PURPOSE(code, how, text) [PURPOSE_##code] = how,
#include "purpose.def"
#undef PURPOSE
    };
    return how[purpose] == HOURLY;
}

enum err reading_write(struct ctx *ctx, struct case_id case_id, struct sealed_id id, struct str kind,
                       enum purpose purpose)
{
    bool read_only = db_read_only(ctx, false);
    enum err err = reading_add(ctx, ctx_now(ctx), ctx->who, case_id, id, kind, purpose_name(purpose));
    db_read_only(ctx, read_only);
    return err;
}

static struct remembered *remembered_of(struct ctx *ctx, struct case_id case_id, enum purpose purpose)
{
    uint64_t mix = (uint64_t)case_id.v * 31 + (uint64_t)ctx->who.v * 7 + purpose;
    return &ctx->vault->remembered[mix % REMEMBERED];
}

/* One row an hour for each person, case and purpose. */
static enum err reading_hourly(struct ctx *ctx, struct case_id case_id, enum purpose purpose)
{
    struct utc_us now = ctx_now(ctx), since = utc_add(now, -HOUR_US);
    struct remembered *place = remembered_of(ctx, case_id, purpose);
    struct reading_since_row row;
    if (place->case_id.v == case_id.v && place->who.v == ctx->who.v && place->purpose == purpose &&
        utc_cmp(place->at, since) > 0 && utc_cmp(place->at, now) <= 0)
        return OK;
    TRY(reading_since(ctx, case_id, ctx->who, purpose_name(purpose), since, &row));
    if (row.n == 0)
        TRY(reading_write(ctx, case_id, (struct sealed_id){0}, STR("papers"), purpose));
    /* Within a transaction that may be rolled back it is looked for again next time. */
    if (!db_in_tx(ctx))
        *place = (struct remembered){case_id, ctx->who, purpose, now};
    return OK;
}

enum err vault_announce(struct ctx *ctx, struct case_id case_id, enum purpose purpose)
{
    assert(is_hourly(purpose) && !db_in_tx(ctx));
    return reading_hourly(ctx, case_id, purpose);
}

enum err vault_unseal(struct ctx *ctx, struct case_id case_id, struct sealed_id id, enum purpose purpose,
                      struct str *ret)
{
    struct str kind, body;
    if (is_hourly(purpose))
        TRY(reading_hourly(ctx, case_id, purpose));
    TRY(body_open(ctx, case_id, id, &kind, &body));
    if (!is_hourly(purpose))
        TRY(reading_write(ctx, case_id, id, kind, purpose));
    *ret = body;
    return OK;
}

/* ---- with the municipality's key ---- */

enum err vault_seal_loose(struct ctx *ctx, struct str body, struct str *ret_sealed)
{
    unsigned char *box = arena_alloc(ctx->arena, body.n + BOX_MORE_BYTES);
    box_seal(box, body, (struct box_label){.what = "loose"}, ctx->vault->keys->loose);
    *ret_sealed = (struct str){(const char *)box, body.n + BOX_MORE_BYTES};
    return OK;
}

enum err vault_unseal_loose(struct ctx *ctx, struct str sealed, struct str *ret_body)
{
    struct str copy = str_copy(ctx->arena, sealed);
    if (!box_open(own_bytes(copy), copy.n, (struct box_label){.what = "loose"}, ctx->vault->keys->loose, ret_body))
        return fail(ctx, ERR_CORRUPT, "sealed bytes were changed");
    return OK;
}

enum err vault_mac(struct ctx *ctx, enum vault_mac_kind kind, struct str bytes, struct str *ret)
{
    unsigned char *hash = arena_alloc(ctx->arena, MAC_BYTES);
    assert((int)kind < (int)MAC_KINDS);
    crypto_generichash(hash, MAC_BYTES, (const unsigned char *)bytes.p, bytes.n, ctx->vault->keys->mac[kind],
                       KEY_BYTES);
    *ret = (struct str){(const char *)hash, MAC_BYTES};
    return OK;
}
