/* What: a routine to read: GET /rutin (the intake unit's, or ?enhet=CODE), /rutin/CODE-VERSION, and the file itself at
 * /rutin/CODE-VERSION.yaml. Anybody sees the promises to the public in plain words with their source; staff sees all
 * obligations, gates and exits, beside the lines of the file.
 * Source: ux 07; design.md 1, contract. */
#include "frame.h"
#include "page_parts.h"
#include "promise_words.h"
#include "rutin_page_html.h"
#include "town_sql.h"
#include "yaml_lines.h"

enum { HEAD_LINES = 14, LIST_MAX = 4 * 1024 };

/* Everything the page is made of. */
struct reading {
    const struct town *town;
    const struct routine_version *version;
    const struct routine *routine;
    const struct unit *unit; /* the topmost that follows it; NULL: none does today */
    struct str yaml;
    struct date today;
    bool is_staff;
};

/* ---- which one ---- */

static const struct routine_version *version_by_id(const struct town *town, struct routine_id id)
{
    for (size_t i = 0; i < town->n_routines; i++)
        if (town->routines[i].id.v == id.v)
            return &town->routines[i];
    return NULL;
}

static struct str version_name(struct ctx *ctx, const struct routine_version *version)
{
    return str_fmt(ctx->arena, "%.*s-%lld", STR_ARG(version->code), (long long)version->version);
}

static const struct routine_version *version_by_name(struct ctx *ctx, const struct town *town, struct str name)
{
    for (size_t i = 0; i < town->n_routines; i++)
        if (str_eq(version_name(ctx, &town->routines[i]), name))
            return &town->routines[i];
    return NULL;
}

/* The routine the unit follows on that day; NULL when nobody decided. */
static const struct routine_version *version_of_unit(struct ctx *ctx, const struct town *town, const struct unit *unit,
                                                     struct date day)
{
    struct routine_id id;
    return unit && town_routine_at(ctx, town, unit->id, day, &id) == OK ? version_by_id(town, id) : NULL;
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

/* "a, b och c". */
static struct str join(struct ctx *ctx, const struct str *parts, size_t n)
{
    if (n < 2)
        return n ? parts[0] : STR("");
    struct out out = out_init(ctx->arena, LIST_MAX);
    for (size_t i = 0; i + 1 < n; i++) {
        if (i > 0)
            out_lit(&out, ", ");
        out_str(&out, parts[i]);
    }
    return WORDS(ctx, list_and, .first = out_take(&out), .last = parts[n - 1]);
}

static struct str unit_names(struct ctx *ctx, const struct reading *r)
{
    struct str *names = ARENA_ARRAY(ctx->arena, struct str, r->town->n_units);
    size_t n = 0;
    for (size_t i = 0; i < r->town->n_units; i++)
        if (is_named(ctx, r, &r->town->units[i]))
            names[n++] = r->town->units[i].name;
    return join(ctx, names, n);
}

/* ---- its rules ---- */

static void add_sentence(struct out *out, struct str sentence)
{
    if (str_is_empty(sentence))
        return;
    if (out->n > 0)
        out_char(out, ' ');
    out_str(out, sentence);
}

/* When it holds and what it counts from, in sentences; nothing for what is usual. */
static struct str condition_words(struct ctx *ctx, const struct reading *r, const struct obligation *o)
{
    struct out out = out_init(ctx->arena, LIST_MAX);
    if (o->from.is_due || o->from.event != EVENT_received)
        add_sentence(&out, WORDS(ctx, rutin_from, .event = anchor_words(ctx, ctx->lang, r->routine, &o->from)));
    if (o->when.contact == WHEN_CONTACT_known && o->when.reply == WHEN_REPLY_wanted)
        add_sentence(&out, msg_text(ctx->lang, MSG_rutin_if_reply));
    else if (o->when.contact == WHEN_CONTACT_known)
        add_sentence(&out, msg_text(ctx->lang, MSG_rutin_if_contact));
    else if (o->when.reply == WHEN_REPLY_wanted)
        add_sentence(&out, msg_text(ctx->lang, MSG_rutin_if_reply));
    if (!str_is_empty(o->when.overdue))
        add_sentence(&out,
                     WORDS(ctx, rutin_if_overdue, .name = promise_name_of_code(ctx, r->routine, o->when.overdue)));
    if (o->when.types) {
        struct str *types = ARENA_ARRAY(ctx->arena, struct str, TYPE_COUNT);
        size_t n = 0;
        for (unsigned type = 0; type < TYPE_COUNT; type++)
            if (o->when.types & (1u << type))
                types[n++] = msg_of_code(ctx->lang, MSG_PREFIX("type_"), feedback_type_code((enum feedback_type)type));
        add_sentence(&out, WORDS(ctx, rutin_if_types, .types = join(ctx, types, n)));
    }
    return out_take(&out);
}

static struct str limit_words(struct ctx *ctx, const struct limit *within)
{
    if (within->at.line == 0)
        return STR("");
    return within->n == 0 ? msg_text(ctx->lang, MSG_rutin_same_day) : amount_words(ctx, within);
}

static struct yaml_view yaml_of(struct ctx *ctx, const struct reading *r, int line, struct str id)
{
    if (!r->is_staff)
        return (struct yaml_view){0};
    return yaml_item(ctx, r->yaml, line, id);
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
            .amount = {limit_words(ctx, &o->within), TONE_INFO, ICON_CLOCK},
            .who = who_tag(ctx, r, o->who),
            .when = condition_words(ctx, r, o),
            .is_target = o->kind == KIND_target,
            .quote = o->quote,
            .clause = o->clause,
            .interpretation = o->interpretation,
            .yaml = yaml_of(ctx, r, o->at.line, o->id),
        };
        n++;
    }
    return (struct rule_section_view){STR("loften"), msg_text(ctx->lang, MSG_rutin_promises), STR(""), rules, n};
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
            .when = g->may_skip ? msg_text(ctx->lang, MSG_rutin_may_skip) : STR(""),
            .quote = g->quote,
            .clause = g->clause,
            .interpretation = g->interpretation,
            .yaml = yaml_of(ctx, r, g->at.line, g->id),
        };
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
            .yaml = yaml_of(ctx, r, e->at.line, e->id),
        };
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
            .amount = {limit_words(ctx, &report->due), TONE_INFO, ICON_CLOCK},
            .who = who_tag(ctx, r, report->who),
            .quote = report->quote,
            .clause = report->clause,
            .interpretation = report->interpretation,
            .yaml = yaml_of(ctx, r, report->at.line, report->id),
        };
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
        view->yaml_url =
            URL_PATH(ctx->arena, "/rutin/%", str_fmt(ctx->arena, "%.*s.yaml", STR_ARG(version_name(ctx, r->version))));
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
    return n_days ? WORDS(ctx, rutin_not_counted, .days = with_capital(ctx, join(ctx, days, n_days))) : STR("");
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
                                     .amount = limit_words(ctx, &o->within),
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
        if (str_eq(version->code, r->version->code))
            versions[view->n_versions++] =
                (struct rutin_link_view){.url = URL_PATH(ctx->arena, "/rutin/%", version_name(ctx, version)),
                                         .text = WORDS(ctx, rutin_version, .n = version->version),
                                         .is_current = version == r->version};
    }
    view->versions = versions;
}

/* A municipality's fallback is written as valid since the beginning of the calendar. */
static bool date_is_always(struct date day)
{
    return day.days <= 0;
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, struct reading *r)
{
    struct town_routine_yaml_row row;
    TRY(town_routine(ctx, r->version->id, &r->routine));
    TRY(town_routine_yaml(ctx, r->version->id, &row));
    r->yaml = row.yaml;
    r->is_staff = ctx->who.v != 0;
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
        .valid_until = when_date(ctx->arena, ctx->lang, document->valid_until, r->today),
        .decided_by = document->decided_by,
        .number = document->number,
        .policy = document->policy,
        .policy_url = str_is_empty(document->policy_url) ? (struct url){STR_NONE} : url_foreign(document->policy_url),
        .units = unit_names(ctx, r),
        .self = URL_PATH(ctx->arena, "/rutin/%", version_name(ctx, r->version)),
    };
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
    struct reading r = {.today = utc_to_date(ctx_now(ctx))};
    TRY(town_get(ctx, &r.town));
    struct str asked = request_query(req, STR("enhet"));
    const struct unit *unit = str_is_empty(asked) ? town_intake_unit(r.town) : town_unit_by_code(r.town, asked);
    if (unit == NULL || !(unit->is_public || unit->is_intake || ctx->who.v))
        return fail(ctx, ERR_NOT_FOUND, "there is no unit \"%.*s\"", STR_ARG(asked));
    struct routine_id id;
    TRY(town_routine_at(ctx, r.town, unit->id, r.today, &id));
    r.version = version_by_id(r.town, id);
    if (r.version == NULL)
        return fail(ctx, ERR_CORRUPT, "unit %lld follows a routine that is not there", (long long)unit->id.v);
    return show(ctx, req, res, &r);
}

enum err rutin_version_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct reading r = {.today = utc_to_date(ctx_now(ctx))};
    TRY(town_get(ctx, &r.town));
    struct str name = req->params[0], suffix = STR(".yaml");
    bool is_file = str_ends(name, suffix);
    if (is_file)
        name = str_head(name, name.n - suffix.n);
    r.version = version_by_name(ctx, r.town, name);
    if (r.version == NULL)
        return fail(ctx, ERR_NOT_FOUND, "there is no routine \"%.*s\"", STR_ARG(name));
    if (!is_file)
        return show(ctx, req, res, &r);
    struct town_routine_yaml_row row;
    TRY(town_routine_yaml(ctx, r.version->id, &row));
    response_download(ctx, res, req->params[0], STR("text/plain"), row.yaml);
    return OK;
}
