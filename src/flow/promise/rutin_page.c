/* What: a routine to read: GET /rutin (the intake unit's, or ?enhet=CODE), /rutin/CODE-VERSION, and the file itself at
 * /rutin/CODE-VERSION.yaml. Anybody sees the promises to the public in plain words with their source; staff sees all
 * obligations, gates and exits, beside the lines of the file.
 * Source: ux 07; design.md 1, contract. */
#include "frame.h"
#include "page_parts.h"
#include "rule_words.h"
#include "rutin_page_html.h"
#include "rutin_shown.h"
#include "town_sql.h"
#include "yaml_lines.h"

enum { HEAD_LINES = 14, LIST_MAX = 4 * 1024 };

/* Everything the page is made of. */
struct reading {
    const struct town *town;
    const struct shown *shown;
    const struct routine *parent; /* what it inherits from; NULL: it stands alone */
    const struct routine_version *parent_version;
    struct str parent_yaml;
    const struct routine_version *version;
    const struct routine *routine;
    const struct unit *unit; /* the topmost that follows it; NULL: none does today */
    struct str yaml;
    struct date today;
    bool is_staff;
};

/* ---- which one ---- */

/* The routine the unit follows on that day; NULL when nobody decided. */
static const struct routine_version *version_of_unit(struct ctx *ctx, const struct town *town, const struct unit *unit,
                                                     struct date day)
{
    struct routine_id id;
    return unit && town_routine_at(ctx, town, unit->id, day, &id) == OK ? town_version(town, id) : NULL;
}

/* Units that readers are told of: those in the public form, and the municipality itself. */
static bool is_shown(const struct reading *r, const struct unit *unit)
{
    return unit->is_public || unit->parent.v == 0 || r->is_staff;
}

/* Follows it, and no unit above that is shown does: its own units are understood. */
static bool is_named(struct ctx *ctx, const struct reading *r, const struct unit *unit)
{
    if (!is_shown(r, unit) || version_of_unit(ctx, r->town, unit, r->today) != r->version)
        return false;
    for (const struct unit *above = town_unit(r->town, unit->parent); above; above = town_unit(r->town, above->parent))
        if (is_shown(r, above))
            return version_of_unit(ctx, r->town, above, r->today) != r->version;
    return true;
}

static struct str unit_names(struct ctx *ctx, const struct reading *r)
{
    struct str *names = ARENA_ARRAY(ctx->arena, struct str, r->town->n_units);
    size_t n = 0;
    for (size_t i = 0; i < r->town->n_units; i++)
        if (is_named(ctx, r, &r->town->units[i]))
            names[n++] = r->town->units[i].name;
    return list_words(ctx, ctx->lang, names, n);
}

/* ---- its rules ---- */

/* When it holds and what it counts from, in sentences; nothing for what is usual. */
static struct str when_words(struct ctx *ctx, const struct reading *r, const struct obligation *o)
{
    struct str holds = condition_words(ctx, ctx->lang, r->routine, &o->when);
    if (!o->from.is_due && o->from.event == EVENT_received)
        return holds;
    struct str from = WORDS(ctx, rutin_from, .event = anchor_words(ctx, ctx->lang, r->routine, &o->from));
    return str_is_empty(holds) ? from : str_fmt(ctx->arena, "%.*s %.*s", STR_ARG(from), STR_ARG(holds));
}

static struct str time_words(struct ctx *ctx, const struct limit *within)
{
    if (within->at.line == 0)
        return STR("");
    return within->n == 0 ? msg_text(ctx->lang, MSG_rutin_same_day) : amount_words(ctx, within);
}

/* Where a rule stands: in the file itself, or in that of the routine it is taken from. */
struct origin {
    struct str yaml;
    int line;
    bool is_taken;
};

/* at: of the rule here. from: of the same rule in the routine inherited from; NULL: it is not there. */
static struct origin origin_of(const struct reading *r, const struct in_file *at, const struct in_file *from)
{
    bool is_taken = from != NULL && at->line == r->routine->inherits.at.line;
    return is_taken ? (struct origin){r->parent_yaml, from->line, true} : (struct origin){r->yaml, at->line, false};
}

static void put_origin(struct ctx *ctx, const struct reading *r, const struct in_file *at, const struct in_file *from,
                       struct str id, struct rule_view *rule)
{
    struct origin origin = origin_of(r, at, from);
    rule->interpreted_by = (origin.is_taken ? r->parent : r->routine)->document.interpreted_by;
    if (!r->is_staff)
        return;
    rule->yaml = yaml_item(ctx, origin.yaml, origin.line, id);
    if (origin.is_taken && r->parent_version)
        rule->origin = WORDS(ctx, rutin_taken, .title = r->parent_version->title, .n = r->parent_version->version);
}

static const struct gate *gate_of(const struct routine *routine, struct str id)
{
    for (size_t i = 0; routine && i < routine->n_gates; i++)
        if (str_eq(routine->gates[i].id, id))
            return &routine->gates[i];
    return NULL;
}

static const struct routine_report *report_of(const struct routine *routine, struct str id)
{
    for (size_t i = 0; routine && i < routine->n_reports; i++)
        if (str_eq(routine->reports[i].id, id))
            return &routine->reports[i];
    return NULL;
}

static struct tag_view who_tag(struct ctx *ctx, const struct reading *r, struct str role)
{
    if (str_is_empty(role))
        return (struct tag_view){0};
    return (struct tag_view){with_capital(ctx, role_word(ctx, r->routine, role)), TONE_OUTLINE, ICON_PERSON};
}

static struct rule_section_view promise_section(struct ctx *ctx, const struct reading *r)
{
    struct rule_view *rules = ARENA_ARRAY(ctx->arena, struct rule_view, r->routine->n_obligations);
    size_t n = 0;
    for (size_t i = 0; i < r->routine->n_obligations; i++) {
        const struct obligation *o = &r->routine->obligations[i];
        if (!o->is_public && !r->is_staff)
            continue;
        rules[n] = (struct rule_view){
            .id = str_fmt(ctx->arena, "p-%.*s", STR_ARG(o->id)),
            .number = (int64_t)n + 1,
            .text = o->is_public ? promise_to_person(ctx, o) : promise_name(ctx, o),
            .amount = {time_words(ctx, &o->within), TONE_INFO, ICON_CLOCK},
            .who = who_tag(ctx, r, o->who),
            .when = when_words(ctx, r, o),
            .is_target = o->kind == KIND_target,
            .quote = o->quote,
            .clause = o->clause,
            .interpretation = o->interpretation,
        };
        const struct obligation *from = r->parent ? routine_obligation(r->parent, o->id) : NULL;
        put_origin(ctx, r, &o->at, from ? &from->at : NULL, o->id, &rules[n]);
        n++;
    }
    return (struct rule_section_view){STR("loften"), msg_text(ctx->lang, MSG_rutin_promises), STR(""), rules, n};
}

static struct str gate_words(struct ctx *ctx, const struct reading *r, const struct gate *g)
{
    struct str skip = g->may_skip ? msg_text(ctx->lang, MSG_rutin_may_skip) : STR("");
    struct str holds = condition_words(ctx, ctx->lang, r->routine, &g->when);
    if (str_is_empty(holds) || str_is_empty(skip))
        return str_is_empty(holds) ? skip : holds;
    return str_fmt(ctx->arena, "%.*s %.*s", STR_ARG(holds), STR_ARG(skip));
}

static struct rule_section_view gate_section(struct ctx *ctx, const struct reading *r)
{
    struct rule_view *rules = ARENA_ARRAY(ctx->arena, struct rule_view, r->routine->n_gates);
    for (size_t i = 0; i < r->routine->n_gates; i++) {
        const struct gate *g = &r->routine->gates[i];
        struct str hours = g->hours ? WORDS(ctx, amount_hour, .n = g->hours) : STR("");
        rules[i] = (struct rule_view){
            .id = str_fmt(ctx->arena, "g-%.*s", STR_ARG(g->id)),
            .text = with_capital(ctx, gate_name(ctx->lang, g)),
            .amount = {hours, TONE_INFO, ICON_CLOCK},
            .who = who_tag(ctx, r, g->who),
            .when = gate_words(ctx, r, g),
            .quote = g->quote,
            .clause = g->clause,
            .interpretation = g->interpretation,
        };
        const struct gate *from = gate_of(r->parent, g->id);
        put_origin(ctx, r, &g->at, from ? &from->at : NULL, g->id, &rules[i]);
    }
    return (struct rule_section_view){STR("forst"), msg_text(ctx->lang, MSG_rutin_gates), STR(""), rules,
                                      r->routine->n_gates};
}

static struct rule_section_view exit_section(struct ctx *ctx, const struct reading *r)
{
    struct rule_view *rules = ARENA_ARRAY(ctx->arena, struct rule_view, r->routine->n_exits);
    for (size_t i = 0; i < r->routine->n_exits; i++) {
        const struct routine_exit *e = &r->routine->exits[i];
        rules[i] = (struct rule_view){
            .id = str_fmt(ctx->arena, "u-%.*s", STR_ARG(e->id)),
            .text = str_is_empty(e->name) ? e->id : e->name,
            .when = e->tell,
            .quote = e->quote,
            .clause = e->clause,
            .interpretation = e->interpretation,
        };
        const struct routine_exit *from = r->parent ? routine_exit(r->parent, e->id) : NULL;
        put_origin(ctx, r, &e->at, from ? &from->at : NULL, e->id, &rules[i]);
    }
    return (struct rule_section_view){STR("annat"), msg_text(ctx->lang, MSG_rutin_exits), STR(""), rules,
                                      r->routine->n_exits};
}

static struct rule_section_view report_section(struct ctx *ctx, const struct reading *r)
{
    struct rule_view *rules = ARENA_ARRAY(ctx->arena, struct rule_view, r->routine->n_reports);
    for (size_t i = 0; i < r->routine->n_reports; i++) {
        const struct routine_report *report = &r->routine->reports[i];
        rules[i] = (struct rule_view){
            .id = str_fmt(ctx->arena, "r-%.*s", STR_ARG(report->id)),
            .text = str_is_empty(report->name) ? report->id : report->name,
            .amount = {time_words(ctx, &report->due), TONE_INFO, ICON_CLOCK},
            .who = who_tag(ctx, r, report->who),
            .quote = report->quote,
            .clause = report->clause,
            .interpretation = report->interpretation,
        };
        const struct routine_report *from = report_of(r->parent, report->id);
        put_origin(ctx, r, &report->at, from ? &from->at : NULL, report->id, &rules[i]);
    }
    return (struct rule_section_view){STR("lara"), msg_text(ctx->lang, MSG_rutin_reports), STR(""), rules,
                                      r->routine->n_reports};
}

static void fill_sections(struct ctx *ctx, const struct reading *r, struct rutin_view *view)
{
    struct rule_section_view *sections = ARENA_ARRAY(ctx->arena, struct rule_section_view, 4);
    size_t n = 0;
    sections[n++] = promise_section(ctx, r);
    view->n_promises_of = (int64_t)sections[0].n_rules;
    if (r->is_staff) {
        sections[n++] = gate_section(ctx, r);
        sections[n++] = exit_section(ctx, r);
        sections[n++] = report_section(ctx, r);
        view->head = yaml_head(ctx, r->yaml, HEAD_LINES);
        view->yaml_url = URL_PATH(ctx->arena, "/rutin/%", str_fmt(ctx->arena, "%.*s.yaml", STR_ARG(r->shown->name)));
    }
    view->sections = sections;
    view->n_sections = n;
}

/* ---- a date to try ---- */

/* "torsdag 24 december (julafton) och fredag 25 december (juldagen) räknas inte.": weekends apart. */
static struct str not_counted(struct ctx *ctx, const struct reading *r, const struct promise *promises, size_t n)
{
    const struct promise *longest = NULL;
    for (size_t i = 0; i < n; i++)
        if (longest == NULL || promises[i].reason.n_skipped > longest->reason.n_skipped)
            longest = &promises[i];
    if (longest == NULL || longest->reason.n_skipped == 0)
        return STR("");
    struct str *days = ARENA_ARRAY(ctx->arena, struct str, longest->reason.n_skipped);
    size_t n_days = 0;
    for (size_t i = 0; i < longest->reason.n_skipped; i++) {
        if (longest->reason.skipped[i].why.kind == DAY_WEEKEND)
            continue;
        struct out out = out_init(ctx->arena, LIST_MAX);
        skipped_day_words(ctx, ctx->lang, &longest->reason.skipped[i], r->today, &out);
        days[n_days++] = out_take(&out);
    }
    return n_days ? WORDS(ctx, rutin_not_counted, .days = with_capital(ctx, list_words(ctx, ctx->lang, days, n_days)))
                  : STR("");
}

static enum err fill_dates(struct ctx *ctx, const struct request *req, const struct reading *r, struct rutin_view *view)
{
    struct str asked = request_query(req, STR("inkom"));
    struct date day = r->today;
    if (!str_is_empty(asked) && !date_parse(asked, &day))
        view->tried_fault = msg_text(ctx->lang, MSG_rutin_date_wrong);
    struct out tried = out_init(ctx->arena, /* max_bytes= */ 40);
    out_date(&tried, day);
    view->tried = str_is_empty(view->tried_fault) ? out_take(&tried) : asked;
    struct facts facts = facts_begin();
    facts.at[EVENT_received] = date_start(day);
    const struct local_days *local = r->unit ? &town_days(r->town, r->unit->id)->local : NULL;
    struct promise *promises;
    size_t n;
    enum err err = routine_promises(ctx, r->routine, local, &facts, date_start(day), &promises, &n);
    if (err == ERR_INVALID) { /* a year that nobody counts in */
        view->tried_fault = msg_text(ctx->lang, MSG_rutin_date_wrong);
        return OK;
    }
    TRY(err);
    struct tried_date_view *dates = ARENA_ARRAY(ctx->arena, struct tried_date_view, n);
    for (size_t i = 0; i < n; i++) {
        const struct obligation *o = promises[i].obligation;
        if (utc_is_none(promises[i].due) || promises[i].state == PROMISE_not_applicable ||
            !str_is_empty(o->when.overdue) || (!o->is_public && !r->is_staff))
            continue;
        dates[view->n_dates++] =
            (struct tried_date_view){.label = r->is_staff ? promise_name(ctx, o) : promise_to_person(ctx, o),
                                     .amount = time_words(ctx, &o->within),
                                     .due = when_day(ctx->arena, ctx->lang, utc_to_date(promises[i].due), r->today)};
    }
    view->dates = dates;
    view->not_counted = not_counted(ctx, r, promises, n);
    return OK;
}

/* ---- the others ---- */

static void fill_links(struct ctx *ctx, const struct reading *r, struct rutin_view *view)
{
    size_t n_units = r->town->n_units;
    const struct routine_version **seen = ARENA_ARRAY(ctx->arena, const struct routine_version *, n_units);
    struct rutin_link_view *routines = ARENA_ARRAY(ctx->arena, struct rutin_link_view, n_units);
    for (size_t i = 0; i < n_units; i++) {
        const struct unit *unit = &r->town->units[i];
        const struct routine_version *version = version_of_unit(ctx, r->town, unit, r->today);
        bool is_new = version != NULL && is_shown(r, unit);
        for (size_t k = 0; is_new && k < view->n_routines; k++)
            is_new = seen[k] != version;
        if (!is_new)
            continue;
        seen[view->n_routines] = version;
        routines[view->n_routines++] =
            (struct rutin_link_view){.url = URL_PATH(ctx->arena, "/rutin?enhet=%", unit->code),
                                     .text = unit->name,
                                     .is_current = version == r->version};
    }
    view->routines = routines;
    struct rutin_link_view *versions = ARENA_ARRAY(ctx->arena, struct rutin_link_view, r->town->n_routines);
    for (size_t i = 0; i < r->town->n_routines; i++) {
        const struct routine_version *version = &r->town->routines[i];
        if (str_eq(version->code, r->version->code) && utc_is_none(version->withdrawn))
            versions[view->n_versions++] =
                (struct rutin_link_view){.url = URL_PATH(ctx->arena, "/rutin/%", version_name(ctx, version)),
                                         .text = WORDS(ctx, rutin_version, .n = version->version),
                                         .is_current = version == r->version && !r->shown->is_draft};
    }
    view->versions = versions;
}

/* What staff may do with it: see what is new, write the next version, take this one back. */
static enum err fill_doing(struct ctx *ctx, const struct reading *r, struct rutin_view *view)
{
    const struct shown *shown = r->shown;
    const struct routine_version *before = shown_before(shown), *now = version_at(r->town, shown->code, r->today);
    struct str name = version_name(ctx, r->version);
    bool may_edit = routine_may_edit(ctx, r->town, shown->code), has_begun = true;
    if (before) {
        view->changes = URL_PATH(ctx->arena, "/rutin/%/andringar", shown->name);
        view->changes_text = WORDS(ctx, rutin_changes_since, .n = before->version);
    }
    view->all = URL("/admin/rutiner");
    view->may_see_all = may_edit;
    struct routine_draft_get_row draft;
    enum err found = routine_draft(ctx, shown->code, &draft);
    if (found != OK && found != ERR_NOT_FOUND)
        return found;
    if (found == OK && !shown->is_draft)
        view->draft = URL_PATH(ctx->arena, "/rutin/%", draft_name(ctx, shown->code));
    if (may_edit)
        view->edit = URL_PATH(ctx->arena, "/rutin/%/ny", name);
    view->has_draft = found == OK;
    TRY(version_has_begun(ctx, r->town, r->version, &has_begun));
    if (may_edit && !has_begun && !shown->is_draft && utc_is_none(r->version->withdrawn) && r->version != now)
        view->withdraw = URL_PATH(ctx->arena, "/rutin/%/dra-tillbaka", name);
    return OK;
}

/* Something about this version that a reader must know before reading. */
static struct notice_view status_notice(struct ctx *ctx, const struct request *req, const struct reading *r)
{
    const struct routine_version *now = version_at(r->town, r->version->code, r->today);
    const struct routine_version *next = version_after(r->town, r->version);
    struct str done = request_query(req, STR("klart"));
    enum msg text;
    if (r->is_staff && !str_is_none(done) && msg_find(MSG_PREFIX("rutin_done_"), done, &text))
        return (struct notice_view){.tone = TONE_SUCCESS, .heading = msg_text(ctx->lang, text)};
    if (r->shown->is_draft)
        return (struct notice_view){.tone = TONE_WARNING,
                                    .heading = msg_text(ctx->lang, MSG_rutin_is_draft),
                                    .text = msg_text(ctx->lang, MSG_rutin_is_draft_text)};
    if (!utc_is_none(r->version->withdrawn))
        return (struct notice_view){.tone = TONE_WARNING, .heading = msg_text(ctx->lang, MSG_rutin_is_withdrawn)};
    if (r->version->valid_from.days > r->today.days)
        return (struct notice_view){
            .tone = TONE_INFO,
            .heading =
                WORDS(ctx, rutin_is_coming, .when = when_date(ctx->arena, ctx->lang, r->version->valid_from, r->today)),
            .text = msg_text(ctx->lang, MSG_rutin_open_cases)};
    if (next == NULL)
        return (struct notice_view){.tone = TONE_NEUTRAL};
    struct when_text from = when_date(ctx->arena, ctx->lang, next->valid_from, r->today);
    return (struct notice_view){
        .tone = next->valid_from.days > r->today.days ? TONE_INFO : TONE_WARNING,
        .heading = next->valid_from.days > r->today.days
                       ? WORDS(ctx, rutin_next_comes, .n = next->version, .when = from)
                       : WORDS(ctx, rutin_is_replaced, .n = next->version, .when = from),
        .text = msg_text(ctx->lang, MSG_rutin_open_cases),
        .link = URL_PATH(ctx->arena, "/rutin/%",
                         version_name(ctx, now && next->valid_from.days <= r->today.days ? now : next)),
        .link_text = msg_text(ctx->lang, MSG_rutin_show_it)};
}

/* Its last day: as it says itself, else the day before the next one begins. */
static struct date last_day(const struct reading *r)
{
    const struct routine_version *next = version_after(r->town, r->version);
    struct date own = r->routine->document.valid_until;
    if (r->shown->is_draft || next == NULL || (!date_is_none(own) && own.days < next->valid_from.days))
        return own;
    return (struct date){next->valid_from.days - 1};
}

/* A text with faults cannot be read as a routine: where they are is shown on the page it is written on. */
static enum err draft_has_faults(struct ctx *ctx, struct request *req, struct response *res, const struct shown *shown)
{
    struct str name = version_name(ctx, shown->version);
    response_redirect(ctx, req, res,
                      routine_may_edit(ctx, shown->town, shown->code)
                          ? URL_PATH(ctx->arena, "/rutin/%/ny", name)
                          : URL_PATH(ctx->arena, "/rutin/%/andringar", shown->name));
    return OK;
}

/* A municipality's fallback is written as valid since the beginning of the calendar. */
static bool date_is_always(struct date day)
{
    return day.days <= 0;
}

static enum err fill_parent(struct ctx *ctx, struct reading *r)
{
    struct routine_id id = r->shown->is_draft ? r->shown->text.parent : r->version->parent;
    if (id.v == 0)
        return OK;
    struct town_routine_yaml_row row;
    TRY(town_routine(ctx, id, &r->parent));
    TRY(town_routine_yaml(ctx, id, &row));
    r->parent_yaml = row.yaml;
    r->parent_version = town_version(r->town, id);
    return OK;
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct shown *shown)
{
    struct reading r_ = {.town = shown->town,
                         .shown = shown,
                         .version = shown->version,
                         .routine = shown->routine,
                         .yaml = shown->yaml,
                         .today = utc_to_date(ctx_now(ctx)),
                         .is_staff = ctx->who.v != 0},
                   *r = &r_;
    if (r->routine == NULL)
        return draft_has_faults(ctx, req, res, shown);
    TRY(fill_parent(ctx, r));
    for (size_t i = 0; i < r->town->n_units; i++) {
        const struct unit *unit = &r->town->units[i];
        if (version_of_unit(ctx, r->town, unit, r->today) == r->version &&
            (r->unit == NULL || unit->depth < r->unit->depth))
            r->unit = unit;
    }
    const struct document_control *document = &r->routine->document;
    struct rutin_view view = {
        .title = document->title,
        .version = r->version->version,
        .valid_from = date_is_always(document->valid_from)
                          ? (struct when_text){0}
                          : when_date(ctx->arena, ctx->lang, document->valid_from, r->today),
        .valid_until = when_date(ctx->arena, ctx->lang, last_day(r), r->today),
        .is_draft = shown->is_draft,
        .notice = status_notice(ctx, req, r),
        .csrf = req->csrf,
        .decided_by = document->decided_by,
        .number = document->number,
        .policy = document->policy,
        .policy_url = str_is_empty(document->policy_url) ? (struct url){STR_NONE} : url_foreign(document->policy_url),
        .units = unit_names(ctx, r),
        .self = URL_PATH(ctx->arena, "/rutin/%", shown->name),
    };
    if (r->is_staff && r->parent_version) {
        view.parent = WORDS(ctx, rutin_builds_on, .title = r->parent_version->title, .n = r->parent_version->version);
        view.parent_url = URL_PATH(ctx->arena, "/rutin/%", version_name(ctx, r->parent_version));
    }
    if (r->is_staff)
        TRY(fill_doing(ctx, r, &view));
    frame_fill(ctx, req, r->town, NAV_ROUTINE, WORDS(ctx, rutin_title, .municipality = r->town->name),
               /* has_fault= */ false, &view.frame);
    fill_sections(ctx, r, &view);
    fill_links(ctx, r, &view);
    TRY(fill_dates(ctx, req, r, &view));
    html_rutin(&res->body, ctx->lang, &view);
    return OK;
}

/* ---- addresses ---- */

enum err rutin_page(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct str asked = request_query(req, STR("enhet"));
    const struct unit *unit = str_is_empty(asked) ? town_intake_unit(town) : town_unit_by_code(town, asked);
    if (unit == NULL || !(unit->is_public || unit->is_intake || ctx->who.v))
        return fail(ctx, ERR_NOT_FOUND, "there is no unit \"%.*s\"", STR_ARG(asked));
    struct routine_id id;
    TRY(town_routine_at(ctx, town, unit->id, utc_to_date(ctx_now(ctx)), &id));
    const struct routine_version *version = town_version(town, id);
    if (version == NULL)
        return fail(ctx, ERR_CORRUPT, "unit %lld follows a routine that is not there", (long long)unit->id.v);
    struct shown shown;
    TRY(shown_open(ctx, town, version_name(ctx, version), &shown));
    return show(ctx, req, res, &shown);
}

enum err rutin_version_page(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct str name = req->params[0], suffix = STR(".yaml");
    bool is_file = str_ends(name, suffix);
    if (is_file)
        name = str_head(name, name.n - suffix.n);
    struct shown shown;
    TRY(shown_open(ctx, town, name, &shown));
    if (!is_file)
        return show(ctx, req, res, &shown);
    response_download(ctx, res, req->params[0], STR("text/plain"), shown.yaml);
    return OK;
}

enum err rutin_withdraw_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    const struct routine_version *version = version_by_name(ctx, town, req->params[0]);
    if (version == NULL)
        return fail(ctx, ERR_NOT_FOUND, "there is no routine \"%.*s\"", STR_ARG(req->params[0]));
    if (!routine_may_edit(ctx, town, version->code))
        return fail(ctx, ERR_FORBIDDEN, "the routine is kept by others");
    TRY(routine_withdraw(ctx, version->id));
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/rutin/%?klart=tillbaka", req->params[0]));
    return OK;
}
