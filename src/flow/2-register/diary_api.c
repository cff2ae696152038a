#include "diary_api.h"

#include <jansson.h>

#include "db.h"
#include "register.h"

/* A string member; false: it is there and is no string. */
static bool read_text(struct ctx *ctx, const json_t *root, const char *key, struct str *ret)
{
    const json_t *value = json_object_get(root, key);
    *ret = STR_NONE;
    if (value == NULL)
        return true;
    if (!json_is_string(value))
        return false;
    *ret = str_copy(ctx->arena, (struct str){json_string_value(value), json_string_length(value)});
    return true;
}

static bool is_known(const char *key)
{
    return strcmp(key, "diaryNumber") == 0 || strcmp(key, "registeredAt") == 0;
}

static enum err put_of(struct ctx *ctx, json_t *root, struct diary_put *ret)
{
    struct diary_put put = {0};
    struct str at;
    const char *key;
    json_t *value;
    if (!json_is_object(root))
        return fail(ctx, ERR_INVALID, "the body is no JSON object");
    json_object_foreach(root, key, value) if (!is_known(key)) return fail(
        ctx, ERR_INVALID, "the body has a member that is not known; known are diaryNumber, registeredAt");
    if (!read_text(ctx, root, "diaryNumber", &put.diary_number) || str_is_empty(put.diary_number))
        return fail(ctx, ERR_INVALID, "diaryNumber is missing, or is no text");
    if (!diary_number_fits(STR(""), put.diary_number))
        return fail(ctx, ERR_INVALID, "diaryNumber is no line of 1 to %d characters", DIARY_NUMBER_MAX);
    if (!read_text(ctx, root, "registeredAt", &at) || (!str_is_none(at) && !utc_parse(at, &put.registered)))
        return fail(ctx, ERR_INVALID, "registeredAt is no time such as 2026-12-14T09:12:00+01:00");
    *ret = put;
    return OK;
}

enum err diary_put_read(struct ctx *ctx, struct str body, struct diary_put *ret)
{
    json_error_t fault;
    json_t *root = json_loadb(body.n ? body.p : "", body.n, JSON_REJECT_DUPLICATES, &fault);
    if (root == NULL)
        return fail(ctx, ERR_BAD_REQUEST, "the body is no JSON (line %d)", fault.line);
    enum err err = put_of(ctx, root, ret);
    json_decref(root);
    return err;
}

/* The case for a key. The other system is the registrar's tool: it may do here what a registrar may, which is why only
 * diary_api_enter has this. */
static enum err open_for_key(struct ctx *ctx, struct unit_id key_unit, struct str number, struct open_case *ret)
{
    struct diary_api_find_row found;
    TRY(diary_api_find(ctx, key_unit, number, &found));
    TRY(case_open_by_id(ctx, found.id, ret));
    ret->is_program = false;
    ret->roles = roles_with((struct roles){0}, ROLE_registrar);
    return OK;
}

/* Said before? Then it must be the same. */
static enum err compare(struct ctx *ctx, const struct open_case *c, const struct diary_put *put)
{
    bool same = str_eq(c->row.diary_number, put->diary_number) &&
                (put->registered.v == 0 || put->registered.v == c->row.registered.v);
    return same ? OK : fail(ctx, ERR_CONFLICT, "the case is in the diary already, with other details");
}

enum err diary_api_enter(struct ctx *ctx, int64_t key, struct unit_id key_unit, struct str number,
                         const struct diary_put *put, struct diary_api_case *ret)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    struct str entered;
    TRY(open_for_key(ctx, key_unit, number, &c));
    if (!str_is_none(c.row.diary_number))
        TRY(compare(ctx, &c, put));
    else
        TRY(register_opened(ctx, &c,
                            &(struct diary_entry){.diary_number = put->diary_number,
                                                  .registered = put->registered,
                                                  .api_key = str_fmt(ctx->arena, "%lld", (long long)key)},
                            &entered));
    TRY(tx_commit(&tx));
    *ret = (struct diary_api_case){c.row.number, c.row.diary_number, c.row.received, c.row.registered};
    return OK;
}
