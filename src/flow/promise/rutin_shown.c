#include "rutin_shown.h"

#include "msg.h"
#include "town_sql.h"

static const struct str suffix = STR_INIT("-utkast");

struct str draft_name(struct ctx *ctx, struct str code)
{
    return str_fmt(ctx->arena, "%.*s%.*s", STR_ARG(code), STR_ARG(suffix));
}

static enum err open_draft(struct ctx *ctx, struct shown *ret)
{
    enum err err = ctx->who.v ? routine_draft(ctx, ret->code, &ret->draft) : ERR_NOT_FOUND;
    if (err == ERR_NOT_FOUND)
        return fail(ctx, err, "nobody writes a new version of \"%.*s\"", STR_ARG(ret->code));
    TRY(err);
    ret->is_draft = true;
    ret->yaml = ret->draft.yaml;
    ret->version = town_version(ret->town, ret->draft.base);
    if (ret->version == NULL)
        return fail(ctx, ERR_CORRUPT, "a draft began from a version that is not there");
    struct date tomorrow = {utc_to_date(ctx_now(ctx)).days + 1};
    TRY(routine_text_check(ctx, ret->town, ret->code, ret->yaml, tomorrow, &ret->text));
    ret->routine = ret->text.routine;
    return OK;
}

enum err shown_open(struct ctx *ctx, const struct town *town, struct str name, struct shown *ret)
{
    *ret = (struct shown){.town = town, .name = name};
    if (str_ends(name, suffix)) {
        ret->code = str_head(name, name.n - suffix.n);
        return open_draft(ctx, ret);
    }
    ret->version = version_by_name(ctx, town, name);
    if (ret->version == NULL || (!utc_is_none(ret->version->withdrawn) && ctx->who.v == 0))
        return fail(ctx, ERR_NOT_FOUND, "there is no routine \"%.*s\"", STR_ARG(name));
    ret->code = ret->version->code;
    struct town_routine_yaml_row row;
    TRY(town_routine(ctx, ret->version->id, &ret->routine));
    TRY(town_routine_yaml(ctx, ret->version->id, &row));
    ret->yaml = row.yaml;
    return OK;
}

struct str shown_words(struct ctx *ctx, const struct shown *shown)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 1000);
    if (shown->is_draft)
        out_str(&out, msg_text(ctx->lang, MSG_rutin_draft));
    else
        text_msg_rutin_version(&out, ctx->lang, (struct msg_rutin_version){.n = shown->version->version});
    return out_take(&out);
}

const struct routine_version *shown_before(const struct shown *shown)
{
    return shown->is_draft ? shown->version : version_before(shown->town, shown->version);
}
