/* Contact details: one sealed body per case, kind "contact": version (1), then each field as length (4 bytes,
 * little-endian) and bytes. */
#include "vault_in.h"
#include "vault_sql.h"

#include <endian.h>

enum { VERSION = 1, FIELDS = 5, CONTACT_MAX_BYTES = 64 * 1024 };

static void fields_of(struct contact *contact, struct str *fields[FIELDS])
{
    struct str *const all[FIELDS] = {&contact->name, &contact->email, &contact->phone, &contact->address,
                                     &contact->call_time};
    memcpy(fields, all, sizeof all);
}

static struct str pack(struct ctx *ctx, struct contact contact)
{
    struct out out = out_init(ctx->arena, CONTACT_MAX_BYTES);
    struct str *fields[FIELDS];
    fields_of(&contact, fields);
    out_char(&out, VERSION);
    for (size_t i = 0; i < FIELDS; i++) {
        uint32_t n = htole32((uint32_t)fields[i]->n);
        out_bytes(&out, &n, sizeof n);
        out_str(&out, *fields[i]);
    }
    return out_take(&out);
}

static bool unpack(struct str packed, struct contact *ret)
{
    struct str *fields[FIELDS];
    fields_of(ret, fields);
    if (packed.n == 0 || packed.p[0] != VERSION)
        return false;
    packed = str_skip(packed, 1);
    for (size_t i = 0; i < FIELDS; i++) {
        uint32_t n;
        if (packed.n < sizeof n)
            return false;
        memcpy(&n, packed.p, sizeof n);
        n = le32toh(n);
        packed = str_skip(packed, sizeof n);
        if (packed.n < n)
            return false;
        *fields[i] = str_head(packed, n);
        packed = str_skip(packed, n);
    }
    return packed.n == 0;
}

bool contact_is_reachable(const struct contact *contact)
{
    return !str_is_empty(contact->email) || !str_is_empty(contact->phone) || !str_is_empty(contact->address);
}

bool contact_is_empty(const struct contact *contact)
{
    return !contact_is_reachable(contact) && str_is_empty(contact->name) && str_is_empty(contact->call_time);
}

enum err vault_contact_put(struct ctx *ctx, struct case_id case_id, const struct contact *contact)
{
    TX_SCOPE struct tx tx;
    struct contact_get_row before;
    struct sealed_id id;
    TRY(tx_begin(ctx, &tx));
    enum err err = contact_get(ctx, case_id, &before);
    if (err == OK) {
        TRY(vault_reseal(ctx, case_id, before.sealed_id, pack(ctx, *contact)));
        return tx_commit(&tx);
    }
    if (err != ERR_NOT_FOUND)
        return err;
    TRY(vault_seal(ctx, case_id, STR("contact"), pack(ctx, *contact), &id));
    TRY(contact_put(ctx, case_id, id));
    return tx_commit(&tx);
}

/* inv 3: the row is durable before anything is given out. */
static enum err contact_open(struct ctx *ctx, struct case_id case_id, enum purpose purpose, struct str *ret)
{
    TX_SCOPE struct tx tx;
    struct contact_get_row row;
    struct str kind;
    TRY(tx_begin(ctx, &tx));
    TRY(contact_get(ctx, case_id, &row));
    TRY(reading_write(ctx, case_id, row.sealed_id, STR("contact"), purpose));
    TRY(body_open(ctx, case_id, row.sealed_id, &kind, ret));
    return tx_commit(&tx);
}

enum err vault_contact_get(struct ctx *ctx, struct case_id case_id, enum purpose purpose, struct contact *ret)
{
    struct contact contact = {.name = STR_NONE};
    struct str packed;
    bool read_only = db_read_only(ctx, false);
    enum err err = contact_open(ctx, case_id, purpose, &packed);
    db_read_only(ctx, read_only);
    TRY(err);
    if (!unpack(packed, &contact))
        return fail(ctx, ERR_CORRUPT, "the contact details are damaged");
    *ret = contact;
    return OK;
}
