/* GET /diarium: what waits for those who keep the diary; POST /arende/{nr}/diarium: the reply is entered, the case is
 * closed or opened in the diary. Not here: the rules (diary.h, diary_rules.h), the form that enters a case
 * (enter_page.c). Source: S0.22, S0.23, S2.18, S2.25, S4.20. */
#include "case_page.h"
#include "diary.h"
#include "diary_page_html.h"
#include "diary_panel_page.h"
#include "diary_view.h"
#include "dossier.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"
#include "server.h"

/* The lists by their word in the address. */
static const struct {
    struct str word;
    enum diary_wait wait;
} lists[] = {
    {STR_INIT("registrera"), DIARY_WAIT_register}, {STR_INIT("akt"), DIARY_WAIT_file},
    {STR_INIT("svar"), DIARY_WAIT_reply},          {STR_INIT("avsluta"), DIARY_WAIT_close},
    {STR_INIT("oppna"), DIARY_WAIT_open},
};

struct asked {
    const struct town *town;
    struct diary_query query;
    struct str word;
    struct utc_us now;
    struct date today;
    int64_t usual_days;
};

/* "since-id", the last row of the page before. */
static void read_after(const struct request *req, struct diary_query *q)
{
    struct str rest = request_query(req, STR("efter")), since, id;
    int64_t since_us, id_number;
    if (!str_split(&rest, '-', &since) || !str_split(&rest, '-', &id) || !str_to_i64(since, &since_us) ||
        !str_to_i64(id, &id_number) || id_number <= 0)
        return;
    q->after = (struct utc_us){since_us};
    q->after_id = (struct case_id){id_number};
}

static void read_query(const struct request *req, struct asked *asked)
{
    asked->word = lists[0].word;
    asked->query = (struct diary_query){.wait = lists[0].wait, .mine = true};
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        if (str_eq(request_query(req, STR("vantar")), lists[i].word)) {
            asked->word = lists[i].word;
            asked->query.wait = lists[i].wait;
        }
    asked->query.mine = !str_eq(request_query(req, STR("vems")), STR("alla"));
    read_after(req, &asked->query);
}

static struct str whose(const struct asked *asked)
{
    return asked->query.mine ? STR("mina") : STR("alla");
}

static void fill_chips(struct ctx *ctx, const struct asked *asked, const int64_t counts[DIARY_WAIT_COUNT],
                       struct diary_view *view)
{
    struct diary_chip_view *waits = ARENA_ARRAY(ctx->arena, struct diary_chip_view, ARRAY_LEN(lists));
    for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
        struct str name = msg_of_code(ctx->lang, MSG_PREFIX("diary_list_"), diary_wait_code(lists[i].wait));
        waits[i] = (struct diary_chip_view){
            URL_PATH(ctx->arena, "/diarium?vantar=%&vems=%", lists[i].word, whose(asked)),
            str_fmt(ctx->arena, "%.*s (%lld)", STR_ARG(name), (long long)counts[lists[i].wait]),
            lists[i].wait == asked->query.wait};
    }
    struct diary_chip_view *sides = ARENA_ARRAY(ctx->arena, struct diary_chip_view, 2);
    sides[0] = (struct diary_chip_view){URL_PATH(ctx->arena, "/diarium?vantar=%&vems=mina", asked->word),
                                        msg_text(ctx->lang, MSG_diary_mine), asked->query.mine};
    sides[1] = (struct diary_chip_view){URL_PATH(ctx->arena, "/diarium?vantar=%&vems=alla", asked->word),
                                        msg_text(ctx->lang, MSG_diary_all), !asked->query.mine};
    view->waits = waits;
    view->n_waits = ARRAY_LEN(lists);
    view->whose = sides;
    view->n_whose = 2;
    view->heading = msg_of_code(ctx->lang, MSG_PREFIX("diary_list_"), diary_wait_code(asked->query.wait));
}

/* ---- rows ---- */

static enum err waited_tag(struct ctx *ctx, const struct asked *asked, const struct routine *routine,
                           const struct diary_queue_read_row *row, struct tag_view *ret)
{
    const struct day_rule *rule = town_days(asked->town, row->unit);
    int64_t days = workdays_between(rule, utc_to_date(row->since), asked->today);
    bool is_late = false;
    if (asked->query.wait == DIARY_WAIT_register) {
        struct utc_us due;
        TRY(diary_register_due(ctx, routine, rule, row->received, asked->usual_days, &due));
        is_late = utc_cmp(asked->now, due) > 0;
    }
    struct str words = days <= 0 ? msg_text(ctx->lang, MSG_diary_since_today) : WORDS(ctx, diary_since_days, .n = days);
    *ret = (struct tag_view){words, is_late ? TONE_DANGER : TONE_OUTLINE, is_late ? ICON_WARNING : ICON_NONE};
    return OK;
}

/* The one thing to do about the row. */
static enum err fill_action(struct ctx *ctx, const struct asked *asked, const struct diary_queue_read_row *row,
                            struct diary_row_view *view)
{
    struct str code = diary_wait_code(asked->query.wait);
    view->button = msg_of_code(ctx->lang, MSG_PREFIX("diary_do_"), code);
    struct url post = URL_PATH(ctx->arena, "/arende/%/diarium", row->number);
    switch (asked->query.wait) {
    case DIARY_WAIT_register:
        view->link = URL_PATH(ctx->arena, "/arende/%/registrera", row->number);
        return OK;
    case DIARY_WAIT_file:
        view->link = URL_PATH(ctx->arena, "/arende/%/sortera", row->number);
        return OK;
    case DIARY_WAIT_reply: {
        struct dossier_row reply;
        enum err err = dossier_reply(ctx, row->id, 0, &reply);
        if (err == ERR_INVALID) { /* answered by telephone: the dossier says what was said */
            view->link = URL_PATH(ctx->arena, "/arende/%/akt", row->number);
            return OK;
        }
        TRY(err);
        view->post = post;
        view->what = STR("svar");
        view->wants_event = true;
        view->event_id = str_fmt(ctx->arena, "event-%lld", (long long)row->id.v);
        view->event_number = diary_event_number(ctx, row->diary_number, reply.number);
        return OK;
    }
    case DIARY_WAIT_close:
        view->post = post;
        view->what = STR("avsluta");
        return OK;
    case DIARY_WAIT_open:
        view->post = post;
        view->what = STR("oppna");
        return OK;
    case DIARY_WAIT_none:
    case DIARY_WAIT_COUNT:
        break;
    }
    BUG("no such list");
}

/* Whose it is, when that is none of the reader's roles there. */
static struct str other_role(struct ctx *ctx, const struct asked *asked, const struct routine *routine,
                             const struct diary_queue_read_row *row)
{
    struct roles held = town_roles_at(asked->town, ctx->who, row->unit);
    const struct str named[] = {row->diary_by, row->see_to};
    for (size_t i = 0; i < ARRAY_LEN(named); i++) {
        enum role role;
        if (role_find(named[i], &role) && roles_has(held, role))
            return STR_NONE;
    }
    return with_capital(ctx, diary_role_words(ctx, routine, row->diary_by));
}

static enum err row_view(struct ctx *ctx, const struct asked *asked, const struct diary_queue_read_row *row,
                         struct diary_row_view *ret)
{
    const struct unit *unit = town_unit(asked->town, row->unit);
    const struct routine *routine;
    TRY(town_routine(ctx, row->routine, &routine));
    *ret = (struct diary_row_view){
        .url = URL_PATH(ctx->arena, "/arende/%", row->number),
        .title = str_is_empty(row->title) ? WORDS(ctx, case_no_title, .type = type_word(ctx, routine, row->type))
                                          : row->title,
        .number = row->number,
        .diary_number = row->diary_number,
        .unit = unit ? unit->name : STR_NONE,
        .received = when_date(ctx->arena, ctx->lang, utc_to_date(row->received), asked->today),
        .secret = row->secret,
        .who = other_role(ctx, asked, routine, row),
        .version = row->version,
    };
    TRY(waited_tag(ctx, asked, routine, row, &ret->tag));
    return fill_action(ctx, asked, row, ret);
}

static struct notice_view done(struct ctx *ctx, const struct request *req)
{
    struct str number = request_query(req, STR("forra"));
    struct notice_view notice = done_notice(ctx, request_query(req, STR("klart")));
    struct open_case c;
    if (notice.tone == TONE_NEUTRAL || str_is_none(number) || case_read(ctx, number, &c) != OK)
        return notice;
    notice.text = str_is_none(c.row.diary_number) ? c.row.number : c.row.diary_number;
    notice.link = URL_PATH(ctx->arena, "/arende/%", c.row.number);
    notice.link_text = c.row.number;
    return notice;
}

enum err diary_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct asked asked = {.now = ctx_now(ctx), .usual_days = req->server->settings.registration_working_days};
    asked.today = utc_to_date(asked.now);
    TRY(town_get(ctx, &asked.town));
    read_query(req, &asked);
    struct diary_queue_read_row *rows;
    size_t n;
    bool more;
    int64_t counts[DIARY_WAIT_COUNT];
    struct diary_lag lag;
    TRY(diary_queue(ctx, &asked.query, &rows, &n, &more));
    TRY(diary_counts(ctx, asked.query.mine, counts));
    TRY(diary_lag(ctx, asked.town, asked.usual_days, &lag));
    struct diary_view view = {
        .csrf = req->csrf,
        .notice = done(ctx, req),
        .wait = asked.word,
        .n_rows = n,
        .n_lag = lag.n,
        .n_lag_late = lag.n_late,
        .lag_median = lag.median_days,
        .lag_longest = lag.longest_days,
        .may_publish = right_held(RIGHT_PUBLIC_DIARY, req->roles),
    };
    struct diary_row_view *views = ARENA_ARRAY(ctx->arena, struct diary_row_view, n);
    for (size_t i = 0; i < n; i++)
        TRY(row_view(ctx, &asked, &rows[i], &views[i]));
    view.rows = views;
    fill_chips(ctx, &asked, counts, &view);
    if (more)
        view.next =
            URL_PATH(ctx->arena, "/diarium?vantar=%&vems=%&efter=%", asked.word, whose(&asked),
                     str_fmt(ctx->arena, "%lld-%lld", (long long)rows[n - 1].since.v, (long long)rows[n - 1].id.v));
    frame_fill(ctx, req, asked.town, NAV_DIARY, msg_text(ctx->lang, MSG_diary_title), /* has_fault= */ false,
               &view.frame);
    html_diary(&res->body, ctx->lang, &view);
    return OK;
}

/* ---- the forms of one button ---- */

#define DIARY_FORM(F)                                                                                                  \
    F(version, NUMBER, INT32_MAX, REQUIRED, MSG_case_about)                                                            \
    F(what, CODE, 20, REQUIRED, MSG_diary_title)                                                                       \
    F(event_number, LINE, DIARY_NUMBER_MAX, OPTIONAL, MSG_paper_event_number)                                          \
    F(to, CODE, 20, OPTIONAL, MSG_diary_title)
FORM(diary, DIARY_FORM)

static enum err take(struct ctx *ctx, struct str number, const struct diary_form *form)
{
    int64_t version = form->version.fault ? -1 : form->version.number;
    if (str_eq(form->what.text, STR("svar")))
        return diary_enter_reply(ctx, number, version, /* paper= */ 0, form->event_number.text);
    if (str_eq(form->what.text, STR("avsluta")))
        return diary_close(ctx, number, version);
    if (str_eq(form->what.text, STR("oppna")))
        return diary_open(ctx, number, version);
    return fail(ctx, ERR_BAD_REQUEST, "\"%.*s\" is nothing one can do in the diary", STR_ARG(form->what.text));
}

enum err diary_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0];
    struct diary_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, diary, &form, &n_faults));
    struct case_again again = {.form = STR_NONE};
    enum err err = form.event_number.fault ? ERR_INVALID : take(ctx, number, &form);
    if (err == ERR_INVALID) { /* the number is no number, or the case is not so far: told on the case page */
        again.notice = (struct notice_view){.tone = TONE_DANGER,
                                            .heading = msg_text(ctx->lang, MSG_diary_cannot),
                                            .text = msg_text(ctx->lang, MSG_diary_cannot_text)};
        TRY(case_show(ctx, req, res, number, &again));
        res->status = err_http_status(err);
        return OK;
    }
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &again);
    struct str code = str_fmt(ctx->arena, "diarie%.*s", STR_ARG(form.what.text));
    if (str_eq(form.to.text, STR("diarium")))
        response_redirect(ctx, req, res,
                          URL_PATH(ctx->arena, "/diarium?vantar=%&klart=%&forra=%", form.what.text, code, number));
    else
        case_done(ctx, req, res, number, code);
    return OK;
}
