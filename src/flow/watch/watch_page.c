/* GET /bevakning: what stands still, for those who look after the whole: complaints officer, quality unit and registrar
 * see the cases within their reach; an administrator sees the machine, and how many cases stand still but not which.
 * Not here: the rules (watch.h). */
#include "frame.h"
#include "page_parts.h"
#include "server.h"
#include "watch.h"
#include "watch_page_html.h"
#include "watch_view.h"
#include "web.h"

struct watch_asked {
    const struct town *town;
    struct watch_place place;
    bool sees_cases, sees_machine;
    struct date today;
};

/* ---- a line ---- */

/* What the line says beside number and unit, or of the machine. */
static struct str line_words(struct ctx *ctx, const struct watch_asked *asked, const struct watch_found *found)
{
    const struct staff *who = found->who.v ? town_staff(asked->town, found->who) : NULL;
    switch (found->kind) {
    case WATCH_unregistered:
        return who ? WORDS(ctx, watch_taken_in, .name = who->name) : STR_NONE;
    case WATCH_owner_gone:
        return who ? who->name : STR_NONE;
    case WATCH_undelivered:
        return msg_of_code(ctx->lang, MSG_PREFIX("sent_"), found->code);
    case WATCH_by_hand:
        return msg_of_code(ctx->lang, MSG_PREFIX("watch_task_"), found->code);
    case WATCH_untold:
        return promise_name_of_code(ctx, NULL, found->code);
    case WATCH_staff_mail:
        return who ? WORDS(ctx, watch_mail_to, .name = who->name) : STR_NONE;
    case WATCH_job_late:
    case WATCH_job_fails:
        return msg_of_code(ctx->lang, MSG_PREFIX("watch_job_"), found->code);
    case WATCH_store_full:
        return WORDS(ctx, watch_free_mb, .n = found->n);
    case WATCH_words_alone:
        return WORDS(ctx, watch_key_number, .n = found->ref);
    case WATCH_mail_off:
        return msg_text(ctx->lang, MSG_watch_mail_server);
    case WATCH_unassigned:
    case WATCH_words_missing:
    case WATCH_KIND_COUNT:
        return STR_NONE;
    }
    BUG("the page knows no kind %d", (int)found->kind);
}

static struct str with_error(struct ctx *ctx, struct str words, struct str error)
{
    return str_is_empty(error) ? words : WORDS(ctx, watch_with_error, .what = words, .code = error);
}

/* How long it has stood still: a day or more is much. */
static struct tag_view age_tag(struct ctx *ctx, struct utc_us since)
{
    if (utc_is_none(since))
        return (struct tag_view){.text = STR_NONE};
    int64_t us = ctx_now(ctx).v - since.v;
    if (us < DAY_US)
        return (struct tag_view){WORDS(ctx, watch_hours, .n = us / HOUR_US), TONE_WARNING, ICON_CLOCK};
    return (struct tag_view){WORDS(ctx, watch_days, .n = us / DAY_US), TONE_DANGER, ICON_WARNING};
}

static struct watch_line_view line_view(struct ctx *ctx, const struct watch_asked *asked,
                                        const struct watch_found *found)
{
    const struct unit *unit = found->unit.v ? town_unit(asked->town, found->unit) : NULL;
    bool is_case = !str_is_empty(found->number);
    struct str words = with_error(ctx, line_words(ctx, asked, found), found->error);
    return (struct watch_line_view){
        .url = is_case ? URL_PATH(ctx->arena, "/arende/%", found->number) : (struct url){STR_NONE},
        .name = is_case ? found->number : words,
        .unit = unit ? unit->name : STR_NONE,
        .age = age_tag(ctx, found->since),
        .more = is_case ? words : STR_NONE,
        .since = utc_is_none(found->since) ? (struct when_text){STR_NONE, STR_NONE}
                                           : when_moment(ctx->arena, ctx->lang, found->since, asked->today),
    };
}

/* ---- groups ---- */

static enum err fill_group(struct ctx *ctx, const struct watch_asked *asked, enum watch_kind kind,
                           struct watch_group_view *ret)
{
    struct watch_found *found;
    size_t n;
    struct watch_place place = asked->place;
    bool is_hidden = watch_is_of_case(kind) && !asked->sees_cases;
    place.everything = is_hidden;
    TRY(watch_look(ctx, &place, kind, &found, &n));
    struct watch_line_view *lines = ARENA_ARRAY(ctx->arena, struct watch_line_view, n);
    for (size_t i = 0; i < n && !is_hidden; i++)
        lines[i] = line_view(ctx, asked, &found[i]);
    struct str code = watch_code(kind);
    *ret = (struct watch_group_view){
        .id = code,
        .title = msg_of_code(ctx->lang, MSG_PREFIX("watch_is_"), code),
        .what_to_do = msg_of_code(ctx->lang, MSG_PREFIX("watch_do_"), code),
        .n = (int64_t)n,
        .is_more = n == WATCH_MAX,
        .is_hidden = is_hidden,
        .lines = lines,
        .n_lines = is_hidden ? 0 : n,
    };
    return OK;
}

static enum err fill_groups(struct ctx *ctx, const struct watch_asked *asked, struct watch_view *view)
{
    struct watch_group_view *groups = ARENA_ARRAY(ctx->arena, struct watch_group_view, WATCH_KIND_COUNT);
    for (enum watch_kind kind = 0; kind < WATCH_KIND_COUNT; kind++) {
        if (!watch_is_of_case(kind) && !asked->sees_machine)
            continue;
        TRY(fill_group(ctx, asked, kind, &groups[view->n_groups]));
        view->n += groups[view->n_groups].n;
        view->n_groups += groups[view->n_groups].n > 0;
    }
    view->groups = groups;
    return OK;
}

static enum err fill_idle(struct ctx *ctx, const struct watch_asked *asked, struct watch_view *view)
{
    const struct unit **units;
    struct watch_place place = asked->place;
    place.everything = asked->sees_machine;
    TRY(watch_idle(ctx, &place, &units, &view->n_idle));
    struct watch_unit_view *idle = ARENA_ARRAY(ctx->arena, struct watch_unit_view, view->n_idle);
    for (size_t i = 0; i < view->n_idle; i++)
        idle[i].name = units[i]->name;
    view->idle = idle;
    return OK;
}

enum err watch_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct watch_asked asked = {
        .place = {.viewer = ctx->who, .settings = &req->server->settings, .data_dir = req->server->data_dir},
        .sees_cases = right_held(RIGHT_CASE_READ, req->roles),
        .sees_machine = right_held(RIGHT_ADMIN, req->roles),
        .today = utc_to_date(ctx_now(ctx)),
    };
    TRY(town_get(ctx, &asked.town));
    struct watch_view view = {
        .now = when_time(ctx->arena, ctx->lang, ctx_now(ctx)),
        .is_admin_only = !asked.sees_cases,
    };
    TRY(fill_groups(ctx, &asked, &view));
    TRY(fill_idle(ctx, &asked, &view));
    frame_fill(ctx, req, asked.town, NAV_WATCH, msg_text(ctx->lang, MSG_watch_title), /* has_fault= */ false,
               &view.frame);
    html_watch(&res->body, ctx->lang, &view);
    return OK;
}
