/* What: gava api-key add, list, revoke: keys by which another system uses the interface (/api/v1/openapi.json).
 * Flow: add prints the key once, on standard output; web/api_access.c asks for it at every request. Owns: api_key.
 * Not here: what a key may do (api_access.h). Source: S0.23; RFC 6750. */
#include "api_key_sql.h"
#include "api_token.h"
#include "journal.h"
#include "place.h"
#include "town.h"

int api_key_add_cmd(struct ctx *ctx, int argc, char **argv);
int api_key_list_cmd(struct ctx *ctx, int argc, char **argv);
int api_key_revoke_cmd(struct ctx *ctx, int argc, char **argv);

struct key_add {
    struct place place;
    struct str name, scope, unit;
};

static enum err add_run(struct ctx *ctx, const struct key_add *add)
{
    TRY(place_open(ctx, &add->place));
    const struct town *town;
    TRY(town_get(ctx, &town));
    const struct unit *unit = town_unit_by_code(town, str_is_none(add->unit) ? town->slug : add->unit);
    if (unit == NULL)
        return fail(ctx, ERR_INVALID, "there is no unit \"%.*s\"", STR_ARG(add->unit));
    if (!str_eq(add->scope, STR("diary")))
        return fail(ctx, ERR_INVALID, "there is no scope \"%.*s\"; there is diary", STR_ARG(add->scope));
    struct str token = api_token_make(ctx), hash;
    if (!api_token_hash(ctx, token, &hash))
        BUG("a token of our own is none");
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct api_key_add_row row;
    struct event_id event;
    TRY(api_key_add(ctx, str_trim(add->name), add->scope, unit->id, hash, ctx_now(ctx), &row));
    TRY(journal_append(ctx, (struct case_id){0}, STR("api_key_add"),
                       str_fmt(ctx->arena, "{\"api_key\":\"%lld\"}", (long long)row.id), (struct document_id){0},
                       &event));
    TRY(tx_commit(&tx));
    printf("%.*s\n", STR_ARG(token));
    fprintf(stderr, "Key %lld. It is shown this once: keep it where only the other system can read it.\n",
            (long long)row.id);
    return OK;
}

int api_key_add_cmd(struct ctx *ctx, int argc, char **argv)
{
    struct key_add add = {.scope = STR("diary")};
    struct arg args[] = {
        PLACE_ARGS(&add.place),
        ARG_TEXT("--name", "NAME", /* needed= */ true, &add.name, "which system it is for: \"Public 360\""),
        ARG_TEXT("--unit", "CODE", /* needed= */ false, &add.unit, "whose cases, with those below (default: all)"),
        ARG_TEXT("--scope", "SCOPE", /* needed= */ false, &add.scope, "diary (default)"),
    };
    int status;
    if (!args_read(ctx, argc, argv, ARRAY_LEN(args), args, &status))
        return status;
    return command_status(ctx, add_run(ctx, &add));
}

static struct str day_or_dash(struct ctx *ctx, struct utc_us at)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 16);
    if (utc_is_none(at))
        out_char(&out, '-');
    else
        out_date(&out, utc_to_date(at));
    return out_take(&out);
}

static enum err list_run(struct ctx *ctx, const struct place *place)
{
    TRY(place_open(ctx, place));
    struct api_key_list_row *rows;
    size_t n;
    TRY(api_key_list(ctx, &rows, &n));
    for (size_t i = 0; i < n; i++)
        printf("%lld\t%.*s\t%.*s\t%.*s\t%.*s\t%.*s\n", (long long)rows[i].id, STR_ARG(rows[i].name),
               STR_ARG(rows[i].scope), STR_ARG(rows[i].unit), STR_ARG(day_or_dash(ctx, rows[i].made)),
               STR_ARG(day_or_dash(ctx, rows[i].revoked)));
    return OK;
}

int api_key_list_cmd(struct ctx *ctx, int argc, char **argv)
{
    struct place place = {0};
    struct arg args[] = {PLACE_ARGS(&place)};
    int status;
    if (!args_read(ctx, argc, argv, ARRAY_LEN(args), args, &status))
        return status;
    return command_status(ctx, list_run(ctx, &place));
}

struct key_revoke {
    struct place place;
    struct str key;
};

static enum err revoke_run(struct ctx *ctx, const struct key_revoke *revoke)
{
    TRY(place_open(ctx, &revoke->place));
    int64_t id, n_changed;
    if (!str_to_i64(revoke->key, &id))
        return fail(ctx, ERR_INVALID, "\"%.*s\" is no number of a key", STR_ARG(revoke->key));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(api_key_revoke(ctx, id, ctx_now(ctx), &n_changed));
    if (n_changed == 0)
        return fail(ctx, ERR_INVALID, "there is no key %lld that works", (long long)id);
    struct event_id event;
    TRY(journal_append(ctx, (struct case_id){0}, STR("api_key_revoke"),
                       str_fmt(ctx->arena, "{\"api_key\":\"%lld\"}", (long long)id), (struct document_id){0}, &event));
    return tx_commit(&tx);
}

int api_key_revoke_cmd(struct ctx *ctx, int argc, char **argv)
{
    struct key_revoke revoke = {0};
    struct arg args[] = {
        PLACE_ARGS(&revoke.place),
        ARG_TEXT("--key", "NUMBER", /* needed= */ true, &revoke.key, "as gava api-key list tells it"),
    };
    int status;
    if (!args_read(ctx, argc, argv, ARRAY_LEN(args), args, &status))
        return status;
    return command_status(ctx, revoke_run(ctx, &revoke));
}
