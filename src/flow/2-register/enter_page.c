/* GET and POST /arende/{nr}/registrera: a case is entered in the diary. The form asks briefly what it concerns, who
 * sent it and what the public diary leaves out; where the diary is another system's, for its number. After one, the
 * next. The case page's own button posts here too, with nothing said. Not here: the rules (register.h). Source: S0.23,
 * S1.38, S1.40, S2.23, S4.17; OSL 5:1, 5:2. */
#include "case_events.h"
#include "case_page.h"
#include "diary.h"
#include "diary_panel_page.h"
#include "dossier.h"
#include "dossier_words.h"
#include "enter_page_html.h"
#include "enter_view.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"
#include "register.h"
#include "server.h"

#define ENTER_FORM(F)                                                                                                  \
    F(version, NUMBER, INT32_MAX, REQUIRED, MSG_case_about)                                                            \
    F(full, CODE, 1, OPTIONAL, MSG_case_about)                                                                         \
    F(title, LINE, TITLE_MAX_CHARS, OPTIONAL, MSG_paper_brief)                                                         \
    F(diary_number, LINE, DIARY_NUMBER_MAX, OPTIONAL, MSG_enter_number)                                                \
    F(party, CODE, 40, OPTIONAL, MSG_paper_sender)                                                                     \
    F(hide_party, CHECK, 0, OPTIONAL, MSG_paper_hide_party)                                                            \
    F(hide_brief, CHECK, 0, OPTIONAL, MSG_paper_hide_brief)                                                            \
    F(then, CODE, 10, OPTIONAL, MSG_case_about)
FORM(enter, ENTER_FORM)

static struct facts_view arrival_facts(struct ctx *ctx, const struct open_case *c)
{
    struct utc_us now = ctx_now(ctx);
    const struct {
        enum msg name;
        struct str value;
    } all[] = {
        {MSG_fact_received, when_moment(ctx->arena, ctx->lang, c->row.received, utc_to_date(now)).words},
        {MSG_enter_waited, diary_days_words(ctx, c, c->row.received, now)},
        {MSG_enter_channel, with_capital(ctx, msg_of_code(ctx->lang, MSG_PREFIX("channel_"), c->row.channel))},
        {MSG_fact_unit, c->unit->name},
        {MSG_fact_routine, c->routine->document.title},
    };
    struct fact_view *facts = ARENA_ARRAY(ctx->arena, struct fact_view, ARRAY_LEN(all));
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        facts[i] = (struct fact_view){msg_text(ctx->lang, all[i].name), all[i].value};
    return (struct facts_view){facts, ARRAY_LEN(all)};
}

/* The files that came with it. */
static enum err fill_documents(struct ctx *ctx, const struct open_case *c, struct documents_view *ret)
{
    struct document_list_row *all;
    size_t n, n_files = 0;
    TRY(document_list(ctx, c->row.id, &all, &n));
    struct document_view *views = ARENA_ARRAY(ctx->arena, struct document_view, n);
    for (size_t i = 0; i < n; i++) {
        if (all[i].name.v == 0)
            continue;
        struct document_view *file = &views[n_files++];
        *file = (struct document_view){.number = all[i].number,
                                       .more = size_words(ctx, all[i].size_bytes),
                                       .url = document_url(ctx, c->row.number, all[i].number)};
        TRY(vault_unseal(ctx, c->row.id, all[i].name, PURPOSE_handle_case, &file->name));
    }
    *ret = (struct documents_view){views, n_files};
    return OK;
}

/* How many others wait, and (ret_next, may be NULL) the number of the one that has waited longest. */
static enum err others(struct ctx *ctx, struct case_id but, int64_t *ret_n, struct str *ret_next)
{
    struct diary_queue_read_row *rows;
    size_t n;
    bool more;
    TRY(diary_queue(ctx, &(struct diary_query){.wait = DIARY_WAIT_register, .mine = true}, &rows, &n, &more));
    *ret_n = 0;
    for (size_t i = 0; i < n; i++) {
        if (rows[i].id.v == but.v)
            continue;
        if (ret_next && *ret_n == 0)
            *ret_next = rows[i].number;
        ++*ret_n;
    }
    return OK;
}

/* Which one was entered just before, with its number and its stamped copy. */
static struct notice_view previous_notice(struct ctx *ctx, const struct request *req)
{
    struct str number = request_query(req, STR("forra"));
    struct open_case before;
    if (str_is_none(number) || case_read(ctx, number, &before) != OK || str_is_none(before.row.diary_number))
        return (struct notice_view){.tone = TONE_NEUTRAL};
    return (struct notice_view){
        .tone = TONE_SUCCESS,
        .heading = WORDS(ctx, enter_done, .number = before.row.number, .diary_number = before.row.diary_number),
        .link = URL_PATH(ctx->arena, "/arende/%/handling/1/stampel", before.row.number),
        .link_text = msg_text(ctx->lang, MSG_diary_stamped_copy)};
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                     const struct enter_form *form, const struct faults_list *faults)
{
    struct enter_view view = {
        .csrf = req->csrf,
        .version = c->row.version,
        .action = URL_PATH(ctx->arena, "/arende/%/registrera", c->row.number),
        .back = URL("/diarium"),
        .notice = previous_notice(ctx, req),
        .faults = faults_view(ctx, faults),
        .facts = arrival_facts(ctx, c),
        .waited = diary_days_words(ctx, c, c->row.received, ctx_now(ctx)),
        .number = c->row.number,
        .title = field_view(faults, STR("title"), form->title.text),
        .diary_number = field_view(faults, STR("diary_number"), form->diary_number.text),
        .party = field_view(faults, STR("party"), form->party.text),
        .hide_party = form->hide_party.on,
        .hide_brief = form->hide_brief.on,
        .is_secret = c->row.secret,
    };
    struct utc_us due;
    TRY(diary_register_due(ctx, c->routine, town_days(c->town, c->row.unit), c->row.received,
                           req->server->settings.registration_working_days, &due));
    view.is_late = utc_cmp(ctx_now(ctx), due) > 0;
    view.is_external = town_diary_is_external(c->town, c->unit, &view.pattern);
    view.parties =
        party_options(ctx, str_is_empty(form->party.text) ? STR("individual") : form->party.text, &view.n_parties);
    TRY(others(ctx, c->row.id, &view.n_more, NULL));
    TRY(case_story(ctx, c, &view.story));
    TRY(fill_documents(ctx, c, &view.documents));
    view.crumbs = case_crumbs(ctx, c->row.number, msg_text(ctx->lang, MSG_next_button_register), view.action);
    frame_fill(ctx, req, c->town, NAV_DIARY, WORDS(ctx, enter_title, .number = c->row.number), faults->n > 0,
               &view.frame);
    html_enter(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

static bool may_enter(const struct open_case *c)
{
    return case_may(c, STEP_register) || case_may(c, STEP_register_later);
}

enum err enter_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(case_read(ctx, req->params[0], &c));
    if (!str_is_none(
            c.row.diary_number)) { /* somebody was first, or the button was pressed twice: show how it stands */
        response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/arende/%", c.row.number));
        return OK;
    }
    if (!may_enter(&c))
        return fail(ctx, ERR_FORBIDDEN, "the case cannot be entered in the diary by this person");
    struct enter_form form;
    FORM_EMPTY(&form, enter);
    form.title.text = str_is_none(c.row.title) ? STR("") : c.row.title;
    return show(ctx, req, res, &c, &form, &(struct faults_list){.n = 0});
}

static void check(struct ctx *ctx, const struct open_case *c, const struct enter_form *form, struct faults_list *faults)
{
    struct str pattern;
    fault_add_common(ctx, faults, STR("title"), &form->title, MSG_paper_brief, MSG_paper_brief);
    if (brief_points_out(form->title.text))
        fault_add(faults, STR("title"), msg_text(ctx->lang, MSG_paper_brief_person),
                  msg_text(ctx->lang, MSG_paper_brief_person_text));
    if (form->party.fault || (!str_is_empty(form->party.text) && !party_known(form->party.text)))
        fault_add(faults, STR("party"), msg_text(ctx->lang, MSG_paper_party_missing),
                  msg_text(ctx->lang, MSG_paper_party_missing));
    if (!town_diary_is_external(c->town, c->unit, &pattern))
        return;
    if (form->diary_number.fault || !diary_number_fits(pattern, form->diary_number.text))
        fault_add(faults, STR("diary_number"), msg_text(ctx->lang, MSG_enter_number_missing),
                  msg_text(ctx->lang, MSG_enter_number_missing_text));
}

/* Where one goes from here: the next case that waits, the queue, or the case. */
static enum err go_on(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                      const struct enter_form *form)
{
    if (!str_eq(form->then.text, STR("nasta"))) {
        case_done(ctx, req, res, c->row.number, STR("registrerad"));
        return OK;
    }
    int64_t n;
    struct str next = STR_NONE;
    TRY(others(ctx, c->row.id, &n, &next));
    if (n)
        response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/arende/%/registrera?forra=%", next, c->row.number));
    else
        response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/diarium?klart=registrerad&forra=%", c->row.number));
    return OK;
}

enum err register_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct str number = req->params[0], diary_number;
    struct enter_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, enter, &form, &n_faults));
    struct open_case c;
    TRY(case_read(ctx, number, &c));
    struct faults_list faults = {.n = 0};
    if (str_is_none(c.row.diary_number) && may_enter(&c))
        check(ctx, &c, &form, &faults);
    if (faults.n)
        return show(ctx, req, res, &c, &form, &faults);
    bool is_full = !str_is_empty(form.full.text);
    enum err err = register_entry(ctx, number, form.version.fault ? -1 : form.version.number,
                                  &(struct diary_entry){.diary_number = form.diary_number.text,
                                                        .title = form.title.text,
                                                        .party = is_full ? form.party.text : STR_NONE,
                                                        .hide_party = form.hide_party.on,
                                                        .hide_brief = form.hide_brief.on},
                                  &diary_number);
    struct open_case now;
    if (err == ERR_CONFLICT && case_read(ctx, number, &now) == OK && str_is_none(now.row.diary_number) &&
        now.row.version == c.row.version) { /* the number is another case's */
        fault_add(&faults, STR("diary_number"), msg_text(ctx->lang, MSG_enter_number_taken),
                  msg_text(ctx->lang, MSG_enter_number_taken));
        return show(ctx, req, res, &c, &form, &faults);
    }
    if (err != OK)
        return case_refused(ctx, req, res, number, err, &(struct case_again){.form = STR_NONE});
    return go_on(ctx, req, res, &c, &form);
}
