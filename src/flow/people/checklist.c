#include "checklist.h"

#include <sodium.h>

#include "change.h"
#include "journal.h"

bool checklist_may_write(const struct ctx *ctx, const struct town *town, struct unit_id unit)
{
    return right_held(RIGHT_CHECKLIST_WRITE, town_roles_at(town, ctx->who, unit));
}

bool checklist_is_due(const struct town *town, struct unit_id unit)
{
    for (size_t i = 0; i < town->n_staff; i++)
        for (size_t r = 0; town->staff[i].active && r < town->staff[i].n_roles; r++)
            if (town->staff[i].roles[r].role == ROLE_responsible_manager && town->staff[i].roles[r].unit.v == unit.v)
                return true;
    return false;
}

enum err checklist_all(struct ctx *ctx, struct checklist_newest_row **ret, size_t *ret_n)
{
    return checklist_newest(ctx, ret, ret_n);
}

enum checklist_state checklist_state(const struct checklist_newest_row *row_or_null, struct date today)
{
    if (row_or_null == NULL)
        return CHECKLIST_MISSING;
    int64_t age_days = today.days - utc_to_date(row_or_null->reviewed).days;
    return age_days >= CHECKLIST_REVIEW_DAYS ? CHECKLIST_OLD : CHECKLIST_THERE;
}

static void take_row(const struct unit *unit, const struct checklist_get_row *row, struct checklist_text *ret)
{
    *ret = (struct checklist_text){
        .unit = unit,
        .version = row->version,
        .newest = row->version,
        .body = row->body,
        .owner = row->owner,
        .saved = row->saved,
        .saved_by = row->saved_by,
        .reviewed = row->reviewed,
        .reviewed_by = row->reviewed_by,
    };
}

enum err checklist_read(struct ctx *ctx, const struct town *town, struct unit_id unit, int64_t version,
                        struct checklist_text *ret)
{
    struct checklist_get_row row;
    if (version) {
        struct checklist_get_row newest;
        TRY(checklist_get(ctx, unit, version, &row));
        TRY(checklist_get(ctx, unit, 0, &newest));
        take_row(town_unit(town, unit), &row, ret);
        ret->newest = newest.version;
        return OK;
    }
    *ret = (struct checklist_text){.unit = NULL};
    for (const struct unit *at = town_unit(town, unit); at; at = town_unit(town, at->parent)) {
        enum err err = checklist_get(ctx, at->id, 0, &row);
        if (err == ERR_NOT_FOUND)
            continue;
        TRY(err);
        take_row(at, &row, ret);
        return OK;
    }
    return OK;
}

enum err checklist_template(struct ctx *ctx, const struct town *town, struct unit_id unit, struct str *ret)
{
    struct routine_id id;
    const struct routine *routine;
    TRY(town_routine_at(ctx, town, unit, utc_to_date(ctx_now(ctx)), &id));
    TRY(town_routine(ctx, id, &routine));
    struct out out = out_init(ctx->arena, ROUTINE_FILE_MAX);
    for (size_t c = 0; c < routine->n_checklists; c++) {
        const struct checklist *list = &routine->checklists[c];
        out_fmt(&out, "%s# %.*s\n", c ? "\n" : "", STR_ARG(list->title));
        for (size_t i = 0; i < list->n_items; i++) {
            if (list->numbered)
                out_fmt(&out, "%zu. %.*s\n", i + 1, STR_ARG(list->items[i].text));
            else
                out_fmt(&out, "- %.*s\n", STR_ARG(list->items[i].text));
        }
    }
    *ret = out_take(&out);
    return OK;
}

static enum err write_down(struct ctx *ctx, struct str kind, struct unit_id unit, int64_t version)
{
    struct event_id event;
    struct str data = STEP_DATA(ctx, {"unit", str_fmt(ctx->arena, "%lld", (long long)unit.v)},
                                {"version", str_fmt(ctx->arena, "%lld", (long long)version)});
    return journal_append(ctx, (struct case_id){0}, kind, data, (struct document_id){0}, &event);
}

enum err checklist_save(struct ctx *ctx, struct unit_id unit, int64_t version, struct str body, struct user_id owner)
{
    struct checklist_get_row newest = {.version = 0};
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    enum err err = checklist_get(ctx, unit, 0, &newest);
    if (err != OK && err != ERR_NOT_FOUND)
        return err;
    if (newest.version != version)
        return fail(ctx, ERR_CONFLICT, "there is a version %lld already", (long long)newest.version);
    TRY(checklist_add(ctx, unit, version + 1, body, owner, ctx_now(ctx), ctx->who));
    TRY(write_down(ctx, STR("checklist_save"), unit, version + 1));
    return tx_commit(&tx);
}

enum err checklist_review(struct ctx *ctx, struct unit_id unit, int64_t version)
{
    int64_t n_changed;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(checklist_sign(ctx, unit, version, ctx_now(ctx), ctx->who, &n_changed));
    if (n_changed == 0)
        return fail(ctx, ERR_NOT_FOUND, "version %lld is not the newest", (long long)version);
    TRY(write_down(ctx, STR("checklist_review"), unit, version));
    return tx_commit(&tx);
}

enum err manual_put(struct ctx *ctx, struct unit_id unit, const struct manual *manual)
{
    unsigned char sha256[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(sha256, (const unsigned char *)manual->body.p, manual->body.n);
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(manual_set(ctx, unit, manual->name, manual->media_type, (int64_t)manual->body.n,
                   (struct str){(const char *)sha256, sizeof sha256}, manual->body, ctx_now(ctx), ctx->who));
    TRY(write_down(ctx, STR("manual_put"), unit, 0));
    return tx_commit(&tx);
}

enum err manual_remove(struct ctx *ctx, struct unit_id unit)
{
    int64_t n_changed;
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(manual_drop(ctx, unit, &n_changed));
    if (n_changed == 0)
        return fail(ctx, ERR_NOT_FOUND, "the unit has no file");
    TRY(write_down(ctx, STR("manual_remove"), unit, 0));
    return tx_commit(&tx);
}

enum err manual_get(struct ctx *ctx, struct unit_id unit, struct manual *ret)
{
    struct manual_row_row row;
    TRY(manual_row(ctx, unit, &row));
    *ret = (struct manual){row.name, row.media_type, row.body};
    return OK;
}
