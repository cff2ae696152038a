/* The part of the case page on the work itself. */
#include "inquiry_panel_page.h"

#include "case_events.h"
#include "handover_sql.h"
#include "jot.h"
#include "measure.h"
#include "more.h"
#include "page_parts.h"
#include "talk.h"
#include "todo_page.h"

/* What one fill works on. */
struct filling {
    const struct open_case *c;
    const struct case_again *again;
    const struct inquiry_sources *s;
    struct date today;
};

static struct url part(struct ctx *ctx, const struct open_case *c, const char *name)
{
    return URL_PATH(ctx->arena, "/arende/%/%", c->row.number, str_from(name));
}

static struct str name_of(const struct open_case *c, struct user_id id)
{
    const struct staff *staff = id.v ? town_staff(c->town, id) : NULL;
    return staff ? staff->name : STR("");
}

static struct str day_value(struct ctx *ctx, struct date day)
{
    enum { DAY_BYTES = 16 };
    struct out out = out_init(ctx->arena, DAY_BYTES);
    out_date(&out, day);
    return out_take(&out);
}

static bool came_back(const struct filling *f, struct str form)
{
    return str_eq(f->again->form, form);
}

/* A field of a form that came back as it was written, else with its usual value. */
static struct field_view again_field(const struct filling *f, struct str form, const char *name, struct str written,
                                     struct str usual)
{
    return field_view(&f->again->faults, str_from(name), came_back(f, form) ? written : usual);
}

/* Radio buttons; prefix + code is the label. */
static struct choices_view choices(struct ctx *ctx, const struct filling *f, const char *name, enum msg legend,
                                   struct str prefix, const struct str *codes, size_t n, struct str chosen)
{
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, n);
    for (size_t i = 0; i < n; i++)
        options[i] = (struct option_view){codes[i], msg_of_code(ctx->lang, prefix, codes[i]), str_eq(codes[i], chosen)};
    return (struct choices_view){.field = field_view(&f->again->faults, str_from(name), STR("")),
                                 .legend = msg_text(ctx->lang, legend),
                                 .options = options,
                                 .n_options = n};
}

/* ---- talks and questions ---- */

/* "Här vill rutinen ha ...": when being in touch alone does not keep the promise. */
static struct str told_hint(struct ctx *ctx, const struct response_owed *owed)
{
    if (owed->promise == NULL || response_keeps(owed, RESPONSE_contact))
        return STR("");
    return msg_text(ctx->lang, MSG_told_hint);
}

static void fill_talk(struct ctx *ctx, const struct filling *f, struct inquiry_view *view)
{
    struct str hows[TALK_HOW_COUNT], tolds[RESPONSE_KIND_COUNT];
    for (size_t i = 0; i < TALK_HOW_COUNT; i++)
        hows[i] = talk_how_code((enum talk_how)i);
    for (size_t i = 0; i < RESPONSE_KIND_COUNT; i++)
        tolds[i] = response_code((enum response_kind)i);
    bool back = came_back(f, STR("call"));
    struct response_owed owed = response_owed(f->s->promises, f->s->n_promises);
    struct local_time now = utc_to_local(ctx_now(ctx));
    view->may_talk = case_may(f->c, STEP_call);
    view->is_talk_open = back;
    view->talk_how = choices(ctx, f, "how", MSG_talk_how, MSG_PREFIX("talk_how_"), hows, ARRAY_LEN(hows),
                             back ? f->again->how : talk_how_code(TALK_WE_CALLED));
    view->asks_told = owed.promise != NULL;
    view->told = choices(ctx, f, "told", MSG_told_legend, MSG_PREFIX("told_"), tolds, ARRAY_LEN(tolds),
                         came_back(f, STR("message")) ? f->again->told : response_code(RESPONSE_contact));
    view->talk_told = choices(ctx, f, "talk_told", MSG_told_legend, MSG_PREFIX("told_"), tolds, ARRAY_LEN(tolds),
                              back ? f->again->told : response_code(RESPONSE_contact));
    view->told.help = view->talk_told.help = told_hint(ctx, &owed);
    view->talk_day = again_field(f, STR("call"), "talk_day", f->again->day, day_value(ctx, now.date));
    view->talk_time = again_field(f, STR("call"), "talk_time", f->again->time,
                                  str_fmt(ctx->arena, "%02d:%02d", now.hour, now.minute));
    view->talk_text = again_field(f, STR("call"), "text-call", f->again->text, STR(""));
}

static enum err fill_more(struct ctx *ctx, const struct filling *f, struct inquiry_view *view)
{
    view->may_ask = case_may(f->c, STEP_ask_more) && more_can_ask(f->c);
    view->is_ask_open = came_back(f, STR("more"));
    view->ask = again_field(f, STR("more"), "text-more", f->again->text, STR(""));
    view->ask_way = msg_of_code(ctx->lang, MSG_PREFIX("case_message_way_"), f->c->row.reply_preference);
    if (f->c->status != CASE_awaiting_submitter)
        return OK;
    struct more_asked_latest_row asked;
    TRY(more_asked_latest(ctx, f->c->row.id, &asked));
    view->waiting = when_day(ctx->arena, ctx->lang, utc_to_date(asked.asked), f->today);
    view->asked_by = name_of(f->c, asked.by);
    view->may_go_on = case_may(f->c, STEP_go_on);
    return OK;
}

/* ---- what was found out ---- */

static const struct str paper_kinds[] = {STR_INIT("note"), STR_INIT("investigation"), STR_INIT("analysis")};
static const struct str note_kinds[] = {STR_INIT("note"), STR_INIT("investigation"), STR_INIT("analysis"),
                                        STR_INIT("jot")};

static bool is_paper_of_inquiry(const struct document_list_row *d)
{
    return str_eq(d->kind, STR("investigation")) || str_eq(d->kind, STR("analysis"));
}

static void fill_papers(struct ctx *ctx, const struct filling *f, struct inquiry_view *view)
{
    struct written_view *papers = ARENA_ARRAY(ctx->arena, struct written_view, f->s->n_documents);
    size_t n = 0;
    for (size_t i = 0; i < f->s->n_documents; i++) {
        const struct document_list_row *d = &f->s->documents[i];
        if (is_paper_of_inquiry(d))
            papers[n++] = (struct written_view){
                .title = document_kind_words(ctx, d),
                .who = name_of(f->c, d->user),
                .text = f->s->texts[i],
                .at = when_moment(ctx->arena, ctx->lang, d->at, f->today),
                .paper = document_url(ctx, f->c->row.number, d->number),
            };
    }
    view->papers = papers;
    view->n_papers = n;
}

/* What the routine wants written down before the case is closed: "Innan ärendet avslutas ...". */
static void fill_missing(struct ctx *ctx, const struct filling *f, struct inquiry_view *view)
{
    struct gate_state *gates;
    size_t n;
    routine_gates(ctx, f->c->routine, GATE_close, f->s->facts, ctx_now(ctx), &gates, &n);
    for (size_t i = 0; i < n; i++) {
        uint64_t needs = gates[i].gate->needs;
        if (gates[i].is_open || f->c->status == CASE_closed)
            continue;
        if (needs & EVENT_BIT(EVENT_investigated))
            view->missing = msg_text(ctx->lang, MSG_inquiry_missing_investigated);
        else if (needs & EVENT_BIT(EVENT_analysed))
            view->missing = msg_text(ctx->lang, MSG_inquiry_missing_analysed);
    }
}

static enum err fill_jots(struct ctx *ctx, const struct filling *f, struct inquiry_view *view)
{
    struct working_notes_row *rows;
    size_t n;
    TRY(jots_of_case(ctx, f->c->row.id, &rows, &n));
    struct written_view *jots = ARENA_ARRAY(ctx->arena, struct written_view, n);
    struct option_view *kinds = ARENA_ARRAY(ctx->arena, struct option_view, ARRAY_LEN(paper_kinds));
    for (size_t i = 0; i < ARRAY_LEN(paper_kinds); i++)
        kinds[i] = (struct option_view){paper_kinds[i], msg_of_code(ctx->lang, MSG_PREFIX("document_"), paper_kinds[i]),
                                        false};
    for (size_t i = 0; i < n; i++) {
        jots[i] = (struct written_view){
            .who = name_of(f->c, rows[i].user),
            .at = when_moment(ctx->arena, ctx->lang, rows[i].created, f->today),
            .post = URL_PATH(ctx->arena, "/arende/%/arbetsanteckning/%", f->c->row.number,
                             str_fmt(ctx->arena, "%lld", (long long)rows[i].id.v)),
            .may_keep = case_may(f->c, STEP_note) && case_may(f->c, STEP_investigate),
            .may_drop = jot_may_drop(ctx, f->c, rows[i].user),
            .kinds = kinds,
            .n_kinds = ARRAY_LEN(paper_kinds),
        };
        TRY(vault_unseal(ctx, f->c->row.id, rows[i].text, PURPOSE_handle_case, &jots[i].text));
    }
    view->jots = jots;
    view->n_jots = n;
    return OK;
}

/* The form for all kinds of notes comes back as the kind that was chosen. */
static void fill_note(struct ctx *ctx, const struct filling *f, struct inquiry_view *view)
{
    struct str chosen = STR("note");
    struct str text = STR("");
    for (size_t i = 0; i < ARRAY_LEN(note_kinds); i++)
        if (came_back(f, note_kinds[i])) {
            chosen = note_kinds[i];
            text = f->again->text;
        }
    view->may_note = case_may(f->c, STEP_note);
    size_t n = case_may(f->c, STEP_investigate) ? ARRAY_LEN(note_kinds) : 1;
    view->kinds = choices(ctx, f, "kind", MSG_inquiry_kind, MSG_PREFIX("inquiry_kind_"), note_kinds, n, chosen);
    view->note = field_view(&f->again->faults, STR("text-note"), text);
}

/* ---- measures ---- */

static const struct str measure_kinds[] = {STR_INIT("done"), STR_INIT("later")};

static struct str text_of(const struct filling *f, struct document_id id)
{
    for (size_t i = 0; i < f->s->n_documents; i++)
        if (f->s->documents[i].id.v == id.v)
            return f->s->texts[i];
    return STR("");
}

static enum err measure_state(struct ctx *ctx, const struct filling *f, const struct measures_of_case_row *row,
                              struct measure_view *ret)
{
    if (!date_is_none(row->done)) {
        ret->state = WORDS(ctx, measure_state_done, .when = when_date(ctx->arena, ctx->lang, row->done, f->today));
        return OK;
    }
    if (!utc_is_none(row->dropped)) {
        struct str reason;
        TRY(vault_unseal(ctx, f->c->row.id, row->reason, PURPOSE_handle_case, &reason));
        ret->state = WORDS(ctx, measure_state_dropped, .reason = reason);
        return OK;
    }
    if (utc_is_none(row->due)) {
        ret->state = msg_text(ctx->lang, MSG_measure_state_later);
        return OK;
    }
    ret->state =
        WORDS(ctx, measure_state_due, .when = when_day(ctx->arena, ctx->lang, utc_to_date(row->due), f->today));
    ret->tag = todo_tag(ctx, f->c->town, f->c->routine, row->due);
    return OK;
}

static enum err measure_view_of(struct ctx *ctx, const struct filling *f, const struct measures_of_case_row *row,
                                struct measure_view *ret)
{
    struct str id = str_fmt(ctx->arena, "%lld", (long long)row->id.v);
    bool waits = date_is_none(row->done) && utc_is_none(row->dropped), back = str_eq(f->again->key, id);
    struct str day = str_fmt(ctx->arena, "day-%.*s", STR_ARG(id)), why = str_fmt(ctx->arena, "why-%.*s", STR_ARG(id));
    bool day_back = back && came_back(f, STR("measure-done")), why_back = back && came_back(f, STR("measure-drop"));
    *ret = (struct measure_view){
        .id = str_fmt(ctx->arena, "atgard-%.*s", STR_ARG(id)),
        .text = text_of(f, row->document),
        .who = name_of(f->c, row->who),
        .done = field_view(&f->again->faults, day, day_back ? f->again->day : day_value(ctx, f->today)),
        .reason = field_view(&f->again->faults, why, why_back ? f->again->text : STR("")),
        .is_open = why_back,
        .may_drop = case_may(f->c, STEP_drop_measure),
    };
    if (waits && case_may(f->c, STEP_finish_measure))
        ret->post = URL_PATH(ctx->arena, "/arende/%/atgard/%", f->c->row.number, id);
    return measure_state(ctx, f, row, ret);
}

/* Who could do it: the one who reads, the one who answers for the case, and who takes part. */
static enum err fill_people(struct ctx *ctx, const struct filling *f, struct inquiry_view *view)
{
    struct case_team_list_row *team;
    size_t n_team, n = 0;
    TRY(case_team_list(ctx, f->c->row.id, &team, &n_team));
    struct option_view *people = ARENA_ARRAY(ctx->arena, struct option_view, n_team + 1);
    const struct staff *me = town_staff(f->c->town, ctx->who);
    if (me)
        people[n++] = (struct option_view){me->login, me->name, !came_back(f, STR("measure"))};
    for (size_t i = 0; i < n_team; i++) {
        const struct staff *staff = town_staff(f->c->town, team[i].user);
        if (staff && staff->id.v != ctx->who.v && !str_eq(team[i].part, STR("asked")))
            people[n++] = (struct option_view){staff->login, staff->name, false};
    }
    for (size_t i = 0; i < n && came_back(f, STR("measure")); i++)
        people[i].is_selected = str_eq(people[i].value, f->again->who);
    view->people = people;
    view->n_people = n;
    return OK;
}

static enum err fill_measures(struct ctx *ctx, const struct filling *f, struct inquiry_view *view)
{
    struct measures_of_case_row *rows;
    size_t n;
    TRY(measures_of_case(ctx, f->c->row.id, &rows, &n));
    struct measure_view *views = ARENA_ARRAY(ctx->arena, struct measure_view, n);
    for (size_t i = 0; i < n; i++)
        TRY(measure_view_of(ctx, f, &rows[i], &views[i]));
    view->measures = views;
    view->n_measures = n;
    view->may_measure = case_may(f->c, STEP_log_measure);
    view->is_measure_open = came_back(f, STR("measure"));
    view->measure = again_field(f, STR("measure"), "text-measure", f->again->text, STR(""));
    view->measure_day = again_field(f, STR("measure"), "measure_day", f->again->day, day_value(ctx, f->today));
    view->measure_kind =
        choices(ctx, f, "measure_kind", MSG_measure_kind, MSG_PREFIX("measure_kind_"), measure_kinds,
                ARRAY_LEN(measure_kinds), came_back(f, STR("measure")) ? f->again->how : measure_kinds[0]);
    TRY(fill_people(ctx, f, view));
    struct case_corrected_row corrected;
    TRY(case_corrected(ctx, f->c->row.id, &corrected));
    if (!date_is_none(corrected.corrected)) {
        int64_t days = workdays_between(town_days(f->c->town, f->c->row.unit), utc_to_date(f->c->row.received),
                                        corrected.corrected);
        view->corrected = WORDS(ctx, measure_corrected, .n = days > 0 ? days : 0,
                                .when = when_date(ctx->arena, ctx->lang, corrected.corrected, f->today));
    }
    return OK;
}

enum err inquiry_panel_fill(struct ctx *ctx, const struct open_case *c, const struct case_again *again, struct str csrf,
                            const struct inquiry_sources *s, struct inquiry_view *ret)
{
    const struct filling f = {c, again, s, utc_to_date(ctx_now(ctx))};
    *ret = (struct inquiry_view){
        .csrf = csrf,
        .note_url = part(ctx, c, "anteckning"),
        .talk_url = part(ctx, c, "samtal"),
        .measure_url = part(ctx, c, "atgard"),
        .ask_url = part(ctx, c, "komplettering"),
        .go_on_url = URL_PATH(ctx->arena, "/arende/%/komplettering/vidare", c->row.number),
    };
    fill_talk(ctx, &f, ret);
    TRY(fill_more(ctx, &f, ret));
    fill_note(ctx, &f, ret);
    fill_papers(ctx, &f, ret);
    fill_missing(ctx, &f, ret);
    TRY(fill_jots(ctx, &f, ret));
    return fill_measures(ctx, &f, ret);
}
