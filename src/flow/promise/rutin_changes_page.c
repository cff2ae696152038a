/* What: GET /rutin/{version}/andringar: what differs from the version before (?mot=NAME: from another one), promise by
 * promise in plain words, and then line by line. For those who work there. Source: S2.1, S3.4. */
#include "rutin_changes_page.h"

#include "date_words.h"
#include "frame.h"
#include "page_parts.h"
#include "rutin_shown.h"
#include "rutin_version_page_html.h"
#include "rutin_version_view.h"
#include "town_sql.h"

enum { LINES_AROUND = 3 };

struct comparison {
    struct shown after;
    const struct routine_version *before; /* NULL: the first version */
    const struct routine *old;
    struct str old_yaml;
};

/* ---- words ---- */

static size_t count(const struct routine_diff *diff, bool promises, enum change_kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < diff->n_rules; i++) {
        bool is_promise = str_eq(str_from(diff->rules[i].part->key), STR("obligations"));
        n += is_promise == promises && diff->rules[i].kind == kind;
    }
    return n;
}

struct str changes_summary(struct ctx *ctx, const struct routine_diff *diff)
{
    struct str parts[4];
    size_t n = 0, changed = count(diff, true, CHANGE_CHANGED), added = count(diff, true, CHANGE_ADDED),
           removed = count(diff, true, CHANGE_REMOVED), others = diff->n_rules - changed - added - removed;
    if (diff->n_rules == 0)
        return msg_text(ctx->lang, MSG_changes_none);
    if (changed)
        parts[n++] = WORDS(ctx, changes_changed, .n = (int64_t)changed);
    if (added)
        parts[n++] = WORDS(ctx, changes_added, .n = (int64_t)added);
    if (removed)
        parts[n++] = WORDS(ctx, changes_removed, .n = (int64_t)removed);
    if (others)
        parts[n++] = WORDS(ctx, changes_others, .n = (int64_t)others);
    return str_fmt(ctx->arena, "%.*s.", STR_ARG(with_capital(ctx, list_words(ctx, ctx->lang, parts, n))));
}

static struct tag_view kind_tag(struct ctx *ctx, enum change_kind kind)
{
    switch (kind) {
    case CHANGE_ADDED:
        return (struct tag_view){msg_text(ctx->lang, MSG_changes_tag_added), TONE_SUCCESS, ICON_NONE};
    case CHANGE_REMOVED:
        return (struct tag_view){msg_text(ctx->lang, MSG_changes_tag_removed), TONE_DANGER, ICON_NONE};
    case CHANGE_CHANGED:
        return (struct tag_view){msg_text(ctx->lang, MSG_changes_tag_changed), TONE_INFO, ICON_PEN};
    }
    BUG("no kind");
}

static struct rule_change_view rule_view(struct ctx *ctx, const struct comparison *c, const struct rule_change *rule,
                                         size_t i)
{
    struct key_change_view *keys = ARENA_ARRAY(ctx->arena, struct key_change_view, rule->n_keys);
    for (size_t k = 0; k < rule->n_keys; k++) {
        const struct key_change *key = &rule->keys[k];
        keys[k].key = change_key_words(ctx->lang, key);
        if (rule->kind != CHANGE_ADDED)
            keys[k].before = change_value_words(ctx, ctx->lang, c->old, rule, key, /* is_after= */ false);
        if (rule->kind != CHANGE_REMOVED)
            keys[k].after = change_value_words(ctx, ctx->lang, c->after.routine, rule, key, /* is_after= */ true);
    }
    return (struct rule_change_view){.id = str_fmt(ctx->arena, "a%zu", i + 1),
                                     .part = str_is_none(rule->id) ? STR("") : change_part_words(ctx->lang, rule),
                                     .name = change_name(ctx, ctx->lang, rule),
                                     .what = kind_tag(ctx, rule->kind),
                                     .keys = keys,
                                     .n_keys = rule->n_keys};
}

static void fill_rules(struct ctx *ctx, const struct comparison *c, struct rutin_changes_view *view)
{
    struct routine_diff diff = routine_diff(ctx, c->old, c->after.routine);
    struct rule_change_view *rules = ARENA_ARRAY(ctx->arena, struct rule_change_view, diff.n_rules);
    view->summary = changes_summary(ctx, &diff);
    for (size_t pass = 0; pass < 2; pass++) /* promises first */
        for (size_t i = 0; i < diff.n_rules; i++)
            if (str_eq(str_from(diff.rules[i].part->key), STR("obligations")) == (pass == 0)) {
                rules[view->n_rules] = rule_view(ctx, c, &diff.rules[i], view->n_rules);
                view->n_rules++;
            }
    view->rules = rules;
}

static void fill_lines(struct ctx *ctx, const struct comparison *c, struct rutin_changes_view *view)
{
    struct diff_line *lines;
    size_t n;
    line_diff(ctx->arena, c->old_yaml, c->after.yaml, &lines, &n);
    const bool *is_near = line_diff_near(ctx->arena, lines, n, LINES_AROUND);
    struct line_view *shown = ARENA_ARRAY(ctx->arena, struct line_view, n);
    for (size_t i = 0; i < n; i++) {
        if (is_near[i])
            shown[view->n_lines++] =
                (struct line_view){lines[i].kind, lines[i].before, lines[i].after, lines[i].text, false};
        else if (view->n_lines > 0 && !shown[view->n_lines - 1].is_gap)
            shown[view->n_lines++] = (struct line_view){.is_gap = true};
    }
    while (view->n_lines > 0 && shown[view->n_lines - 1].is_gap)
        view->n_lines--;
    view->lines = shown;
}

/* ---- the page ---- */

static enum err open_comparison(struct ctx *ctx, const struct request *req, struct comparison *c)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    TRY(shown_open(ctx, town, req->params[0], &c->after));
    struct str other = request_query(req, STR("mot"));
    c->before = str_is_empty(other) ? shown_before(&c->after) : version_by_name(ctx, town, other);
    if (!str_is_empty(other) && c->before == NULL)
        return fail(ctx, ERR_NOT_FOUND, "there is no routine \"%.*s\"", STR_ARG(other));
    if (c->before == NULL)
        return OK;
    struct town_routine_yaml_row row;
    TRY(town_routine(ctx, c->before->id, &c->old));
    TRY(town_routine_yaml(ctx, c->before->id, &row));
    c->old_yaml = row.yaml;
    return OK;
}

static void fill_others(struct ctx *ctx, const struct comparison *c, struct rutin_changes_view *view)
{
    const struct town *town = c->after.town;
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, town->n_routines);
    for (size_t i = 0; i < town->n_routines; i++) {
        const struct routine_version *v = &town->routines[i];
        if (!str_eq(v->code, c->after.code) || (v == c->after.version && !c->after.is_draft) ||
            !utc_is_none(v->withdrawn))
            continue;
        options[view->n_others++] =
            (struct option_view){version_name(ctx, v), WORDS(ctx, rutin_version, .n = v->version), v == c->before};
    }
    view->others = options;
}

static struct crumbs_view crumbs_of(struct ctx *ctx, const struct shown *shown, struct str here)
{
    struct crumb_view *crumbs = ARENA_ARRAY(ctx->arena, struct crumb_view, 3);
    crumbs[0] =
        (struct crumb_view){shown->version->title, URL_PATH(ctx->arena, "/rutin/%", version_name(ctx, shown->version))};
    crumbs[1] = (struct crumb_view){shown_words(ctx, shown), URL_PATH(ctx->arena, "/rutin/%", shown->name)};
    crumbs[2] = (struct crumb_view){here, URL("#")};
    return (struct crumbs_view){crumbs, 3};
}

enum err rutin_changes_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct comparison c = {.before = NULL};
    TRY(open_comparison(ctx, req, &c));
    struct rutin_changes_view view = {
        .crumbs = crumbs_of(ctx, &c.after, msg_text(ctx->lang, MSG_changes_title)),
        .has_faults = c.after.routine == NULL,
        .self = URL_PATH(ctx->arena, "/rutin/%/andringar", c.after.name),
        .back = URL_PATH(ctx->arena, "/rutin/%", c.after.name),
    };
    if (c.after.is_draft && routine_may_edit(ctx, c.after.town, c.after.code))
        view.edit = URL_PATH(ctx->arena, "/rutin/%/ny", version_name(ctx, c.after.version));
    view.heading = msg_text(ctx->lang, MSG_changes_first);
    if (c.before) {
        view.other_name = WORDS(ctx, rutin_version, .n = c.before->version);
        view.heading =
            WORDS(ctx, changes_since, .version = with_capital(ctx, shown_words(ctx, &c.after)), .n = c.before->version);
        if (c.after.routine)
            fill_rules(ctx, &c, &view);
        fill_lines(ctx, &c, &view);
        fill_others(ctx, &c, &view);
    }
    frame_fill(ctx, req, c.after.town, NAV_ROUTINE, view.heading, /* has_fault= */ false, &view.frame);
    html_rutin_changes(&res->body, ctx->lang, &view);
    return OK;
}
