#include "poster.h"

#include "page_parts.h"
#include "promise_words.h"

/* ── the promises ── */

/* "at once: you get a number" says it already. */
static bool is_told(const struct promise *promise)
{
    const struct obligation *o = promise->obligation;
    return o->is_public && o->within.at.line != 0 && promise->state != PROMISE_not_applicable &&
           str_is_empty(o->when.overdue) && o->met_by != EVENT_BIT(EVENT_acknowledged);
}

static struct poster_promise_view promise_of(struct ctx *ctx, const struct routine *routine,
                                             const struct promise *promise)
{
    const struct obligation *o = promise->obligation;
    bool from_arrival = !o->from.is_due && o->from.event == EVENT_received;
    return (struct poster_promise_view){
        .text = promise_to_person(ctx, o),
        .amount = o->within.n == 0 ? msg_text(ctx->lang, MSG_rutin_same_day)
                                   : WORDS(ctx, poster_within, .amount = amount_words(ctx, &o->within)),
        .from =
            from_arrival ? STR("") : WORDS(ctx, poster_from, .event = anchor_words(ctx, ctx->lang, routine, &o->from))};
}

/* Those a complaint has that comes in now: the first ones, and always the last, which is the answer. */
static enum err fill_promises(struct ctx *ctx, const struct town *town, const struct unit *unit,
                              const struct routine *routine, struct poster_paper_view *view)
{
    struct facts facts = facts_begin();
    facts.type = TYPE_complaint;
    facts.contact_known = facts.reply_wanted = true;
    facts.at[EVENT_received] = ctx_now(ctx);
    struct promise *all;
    size_t n_all;
    TRY(routine_promises(ctx, routine, &town_days(town, unit->id)->local, &facts, ctx_now(ctx), &all, &n_all));
    struct poster_promise_view *told = ARENA_ARRAY(ctx->arena, struct poster_promise_view, n_all + 1);
    size_t n = 0;
    for (size_t i = 0; i < n_all; i++)
        if (is_told(&all[i]))
            told[n++] = promise_of(ctx, routine, &all[i]);
    if (n > POSTER_PROMISES_MAX) {
        told[POSTER_PROMISES_MAX - 1] = told[n - 1];
        n = POSTER_PROMISES_MAX;
    }
    view->promises = told;
    view->n_promises = n;
    return OK;
}

/* ── the rest ── */

/* How one receives what is said: the routine's first checklist for it. */
static void fill_points(struct ctx *ctx, const struct routine *routine, struct poster_paper_view *view)
{
    enum { POINTS_MAX = 9 };
    size_t at = 0;
    const struct checklist *list = routine_checklist(routine, PLACE_intake, &at);
    if (list == NULL)
        return;
    size_t n = list->n_items < POINTS_MAX ? list->n_items : POINTS_MAX;
    struct str *points = ARENA_ARRAY(ctx->arena, struct str, n);
    for (size_t i = 0; i < n; i++)
        points[i] = str_utf8_head(list->items[i].text, 160);
    view->points = points;
    view->n_points = n;
    view->points_title = list->title;
}

struct str poster_address(struct ctx *ctx, const struct unit *unit, struct str site)
{
    return str_fmt(ctx->arena, "%.*s%.*s", STR_ARG(site),
                   STR_ARG(URL_PATH(ctx->arena, "/synpunkter?unit=%", unit->code).s));
}

/* As people type it: without what every browser puts there by itself. */
static struct str typed(struct str address)
{
    return str_starts(address, STR("https://"))  ? str_skip(address, 8)
           : str_starts(address, STR("http://")) ? str_skip(address, 7)
                                                 : address;
}

static struct str one_line(struct ctx *ctx, struct str address)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 1000);
    struct str rest = str_head(str_trim(address), 400), line;
    while (str_split(&rest, '\n', &line)) {
        if (out.n)
            out_lit(&out, ", ");
        out_str(&out, str_trim(line));
    }
    return out_take(&out);
}

static struct str title_of(const struct ctx *ctx, enum poster_kind kind)
{
    switch (kind) {
    case POSTER_WALL:
        return msg_text(ctx->lang, MSG_poster_heading);
    case POSTER_FORM:
        return msg_text(ctx->lang, MSG_form_title);
    case POSTER_ORAL:
        return msg_text(ctx->lang, MSG_poster_oral);
    }
    BUG("a poster of no kind");
}

static struct str cut(struct ctx *ctx, struct str name)
{
    if (str_utf8_len(name) <= POSTER_UNIT_MAX_CHARS)
        return name;
    return str_fmt(ctx->arena, "%.*s…", STR_ARG(str_utf8_head(name, POSTER_UNIT_MAX_CHARS - 1)));
}

enum err poster_fill(struct ctx *ctx, const struct town *town, const struct unit *unit, struct str site,
                     enum poster_kind kind, struct poster_paper_view *ret)
{
    struct routine_id id;
    const struct routine *routine;
    TRY(town_routine_at(ctx, town, unit->id, utc_to_date(ctx_now(ctx)), &id));
    TRY(town_routine(ctx, id, &routine));
    struct str address = poster_address(ctx, unit, site);
    *ret = (struct poster_paper_view){
        .title = str_fmt(ctx->arena, "%.*s – %.*s", STR_ARG(title_of(ctx, kind)), STR_ARG(cut(ctx, unit->name))),
        .municipality = cut(ctx, town->name),
        .unit = cut(ctx, unit->name),
        .unit_code = unit->code,
        .address = typed(address),
        .phone = str_is_empty(unit->phone) ? town->phone : unit->phone,
        .hours = str_is_empty(unit->phone) ? STR("") : unit->hours,
        .post = one_line(ctx, str_is_empty(unit->visiting_address) ? town->address : unit->visiting_address),
        .with_poster = kind == POSTER_WALL,
        .with_form = kind != POSTER_ORAL,
        .with_oral = kind == POSTER_ORAL,
    };
    TRY(qr_make(ctx, address, &ret->qr));
    if (kind == POSTER_ORAL)
        fill_points(ctx, routine, ret);
    return fill_promises(ctx, town, unit, routine, ret);
}
