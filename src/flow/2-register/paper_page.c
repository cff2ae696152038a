/* GET and POST /arende/{nr}/handling/{n}/uppgifter: what the register says of a paper. GET and POST
 * /arende/{nr}/ny-handling: a paper that came or went another way is put in the dossier.
 * Not here: the rules (dossier.h), the list (dossier_page.c). Source: OSL 5:2; S0.26, S2.14, S2.34. */
#include "case_page.h"
#include "diary_rules.h"
#include "dossier.h"
#include "dossier_words.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"
#include "paper_page_html.h"
#include "paper_view.h"
#include "upload.h"

#define ENTRY_FIELDS(F)                                                                                                \
    F(brief, LINE, BRIEF_MAX_CHARS, OPTIONAL, MSG_paper_brief)                                                         \
    F(party, CODE, 40, OPTIONAL, MSG_paper_party)                                                                      \
    F(party_name, LINE, PARTY_NAME_MAX_CHARS, OPTIONAL, MSG_paper_party_name)                                          \
    F(event_number, LINE, DIARY_NUMBER_MAX, OPTIONAL, MSG_paper_event_number)                                          \
    F(hide_party, CHECK, 0, OPTIONAL, MSG_paper_hide_party)                                                            \
    F(hide_brief, CHECK, 0, OPTIONAL, MSG_paper_hide_brief)

#define PAPER_CHANGE_FORM(F)                                                                                           \
    ENTRY_FIELDS(F)                                                                                                    \
    F(version, NUMBER, INT32_MAX, REQUIRED, MSG_case_about)
FORM(paper_change, PAPER_CHANGE_FORM)

#define PAPER_NEW_FORM(F)                                                                                              \
    ENTRY_FIELDS(F)                                                                                                    \
    F(form_token, CODE, 100, OPTIONAL, MSG_paper_add)                                                                  \
    F(direction, CODE, 20, REQUIRED, MSG_dossier_direction)                                                            \
    F(at, DATE, 0, REQUIRED, MSG_paper_at)                                                                             \
    F(text, LINES, PAPER_MAX_CHARS, OPTIONAL, MSG_paper_text)                                                          \
    F(files, FILES, ATTACH_MAX_FILES, OPTIONAL, MSG_form_files)                                                        \
    F(kept, MANY, ATTACH_MAX_FILES, OPTIONAL, MSG_form_files)
FORM(paper_new, PAPER_NEW_FORM)

/* Both forms begin with these. */
struct entry_form {
    ENTRY_FIELDS(FORM_STRUCT_)
};

static void check_entry(struct ctx *ctx, const struct entry_form *form, struct faults_list *faults)
{
    fault_add_common(ctx, faults, STR("brief"), &form->brief, MSG_paper_brief, MSG_paper_brief);
    if (brief_points_out(form->brief.text))
        fault_add(faults, STR("brief"), msg_text(ctx->lang, MSG_paper_brief_person),
                  msg_text(ctx->lang, MSG_paper_brief_person_text));
    if (form->party.fault || (!str_is_empty(form->party.text) && !party_known(form->party.text)))
        fault_add(faults, STR("party"), msg_text(ctx->lang, MSG_paper_party_missing),
                  msg_text(ctx->lang, MSG_paper_party_missing));
    fault_add_common(ctx, faults, STR("party_name"), &form->party_name, MSG_paper_party_name, MSG_paper_party_name);
    bool is_number = str_is_empty(form->event_number.text) || diary_number_fits(STR(""), form->event_number.text);
    if (form->event_number.fault || !is_number)
        fault_add(faults, STR("event_number"), msg_text(ctx->lang, MSG_paper_event_wrong),
                  msg_text(ctx->lang, MSG_paper_event_wrong));
}

static struct paper_entry entry_of(const struct entry_form *form)
{
    return (struct paper_entry){.party = form->party.text,
                                .party_name = form->party_name.text,
                                .brief = form->brief.text,
                                .event_number = form->event_number.text,
                                .hide_party = form->hide_party.on,
                                .hide_brief = form->hide_brief.on};
}

static struct paper_fields_view fields_view(struct ctx *ctx, const struct open_case *c, const struct entry_form *form,
                                            const struct faults_list *faults)
{
    struct paper_fields_view view = {
        .party = field_view(faults, STR("party"), form->party.text),
        .party_name = field_view(faults, STR("party_name"), form->party_name.text),
        .brief = field_view(faults, STR("brief"), form->brief.text),
        .event_number = field_view(faults, STR("event_number"), form->event_number.text),
        .hide_party = form->hide_party.on,
        .hide_brief = form->hide_brief.on,
        .is_secret = c->row.secret,
        .has_event = right_held(RIGHT_DIARY, c->roles),
    };
    view.parties = party_options(ctx, form->party.text, &view.n_parties);
    return view;
}

/* ---- what is said of a paper ---- */

static enum err show_change(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                            const struct dossier_row *row, const struct paper_change_form *form,
                            const struct faults_list *faults, enum err refused)
{
    struct str file;
    TRY(paper_file_name(ctx, c->row.id, row, &file));
    struct paper_change_view view = {
        .csrf = req->csrf,
        .version = c->row.version,
        .action = URL_PATH(ctx->arena, "/arende/%/handling/%/uppgifter", c->row.number, req->params[1]),
        .back = URL_PATH(ctx->arena, "/arende/%/akt", c->row.number),
        .notice = refused_notice(ctx, refused),
        .faults = faults_view(ctx, faults),
        .number = row->number,
        .facts = paper_facts(ctx, row, file),
        .fields = fields_view(ctx, c, (const struct entry_form *)form, faults),
    };
    view.crumbs = case_crumbs(ctx, c->row.number, msg_text(ctx->lang, MSG_dossier_link), view.back);
    frame_fill(ctx, req, c->town, NAV_TODO, WORDS(ctx, paper_change_title, .n = row->number), faults->n > 0,
               &view.frame);
    html_paper_change(&res->body, ctx->lang, &view);
    if (faults->n || refused != OK)
        res->status = err_http_status(faults->n ? ERR_INVALID : refused);
    return OK;
}

static enum err open_paper(struct ctx *ctx, const struct request *req, struct open_case *c, struct dossier_row *row)
{
    int64_t number;
    TRY(case_read(ctx, req->params[0], c));
    if (!str_to_i64(req->params[1], &number))
        return fail(ctx, ERR_NOT_FOUND, "\"%.*s\" is no paper", STR_ARG(req->params[1]));
    TRY(dossier_get(ctx, c->row.id, number, row));
    if (!case_may(c, STEP_describe_paper))
        return fail(ctx, ERR_FORBIDDEN, "the register of the papers is not this person's to write");
    return OK;
}

enum err paper_change_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct dossier_row row;
    TRY(open_paper(ctx, req, &c, &row));
    struct paper_entry entry = dossier_entry_of(&row);
    struct paper_change_form form;
    FORM_EMPTY(&form, paper_change);
    form.brief.text = entry.brief;
    form.party.text = entry.party;
    form.event_number.text = entry.event_number;
    form.hide_party.on = entry.hide_party;
    form.hide_brief.on = entry.hide_brief;
    TRY(dossier_name(ctx, c.row.id, &row, &form.party_name.text));
    return show_change(ctx, req, res, &c, &row, &form, &(struct faults_list){.n = 0}, OK);
}

enum err paper_change_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    struct dossier_row row;
    TRY(open_paper(ctx, req, &c, &row));
    struct paper_change_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, paper_change, &form, &n_faults));
    struct faults_list faults = {.n = 0};
    check_entry(ctx, (const struct entry_form *)&form, &faults);
    if (faults.n)
        return show_change(ctx, req, res, &c, &row, &form, &faults, OK);
    struct paper_entry entry = entry_of((const struct entry_form *)&form);
    enum err err =
        dossier_describe(ctx, c.row.number, form.version.fault ? -1 : form.version.number, row.number, &entry);
    if (err == ERR_CONFLICT || err == ERR_CLOSED) {
        TRY(case_read(ctx, c.row.number, &c));
        return show_change(ctx, req, res, &c, &row, &form, &faults, err);
    }
    TRY(err);
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/arende/%/akt?klart=handling", c.row.number));
    return OK;
}

/* ---- a new paper ---- */

static const struct str directions[] = {STR_INIT("in"), STR_INIT("out"), STR_INIT("internal")};

static enum err show_new(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                         const struct paper_new_form *form, const struct faults_list *faults)
{
    struct str token = str_is_empty(form->form_token.text) ? upload_form_token(ctx) : form->form_token.text;
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, ARRAY_LEN(directions));
    for (size_t i = 0; i < ARRAY_LEN(directions); i++)
        options[i] =
            (struct option_view){directions[i], msg_of_code(ctx->lang, MSG_PREFIX("paper_direction_"), directions[i]),
                                 str_eq(directions[i], form->direction.text)};
    struct paper_new_view view = {
        .csrf = req->csrf,
        .form_token = token,
        .action = URL_PATH(ctx->arena, "/arende/%/ny-handling", c->row.number),
        .back = URL_PATH(ctx->arena, "/arende/%/akt", c->row.number),
        .faults = faults_view(ctx, faults),
        .direction = field_view(faults, STR("direction"), form->direction.text),
        .at = field_view(faults, STR("at"), form->at.text),
        .text = field_view(faults, STR("text"), form->text.text),
        .files = field_view(faults, STR("files"), STR("")),
        .directions = options,
        .n_directions = ARRAY_LEN(directions),
        .today = day_words(ctx, ctx_now(ctx)),
        .accept = attach_accept(),
        .fields = fields_view(ctx, c, (const struct entry_form *)form, faults),
    };
    TRY(upload_kept_views(ctx, token, &view.kept, &view.n_kept));
    view.crumbs = case_crumbs(ctx, c->row.number, msg_text(ctx->lang, MSG_paper_add), view.action);
    frame_fill(ctx, req, c->town, NAV_TODO, msg_text(ctx->lang, MSG_paper_add), faults->n > 0, &view.frame);
    html_paper_new(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

static enum err open_for_adding(struct ctx *ctx, const struct request *req, struct open_case *ret)
{
    TRY(case_read(ctx, req->params[0], ret));
    if (!case_may(ret, STEP_add_paper))
        return fail(ctx, ERR_FORBIDDEN, "nothing can be put in this dossier by this person");
    return OK;
}

enum err paper_new_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(open_for_adding(ctx, req, &c));
    struct paper_new_form form;
    FORM_EMPTY(&form, paper_new);
    form.direction.text = STR("in");
    form.party.text = STR("individual");
    form.at.text = day_words(ctx, ctx_now(ctx));
    return show_new(ctx, req, res, &c, &form, &(struct faults_list){.n = 0});
}

static void check_new(struct ctx *ctx, const struct paper_new_form *form, size_t n_files, struct faults_list *faults)
{
    struct date today = utc_to_date(ctx_now(ctx));
    bool is_known = false;
    for (size_t i = 0; i < ARRAY_LEN(directions); i++)
        is_known |= str_eq(form->direction.text, directions[i]);
    if (!is_known)
        fault_add(faults, STR("direction"), msg_text(ctx->lang, MSG_paper_direction_missing),
                  msg_text(ctx->lang, MSG_paper_direction_missing));
    if (form->at.fault)
        fault_add(faults, STR("at"), msg_text(ctx->lang, MSG_paper_at_missing),
                  msg_text(ctx->lang, MSG_paper_at_missing));
    else if (form->at.date.days > today.days || form->at.date.days <= today.days - PAPER_OLDEST_DAYS)
        fault_add(faults, STR("at"), msg_text(ctx->lang, MSG_paper_at_wrong), msg_text(ctx->lang, MSG_paper_at_wrong));
    fault_add_common(ctx, faults, STR("text"), &form->text, MSG_paper_text, MSG_paper_text);
    if (str_is_empty(form->text.text) && n_files == 0)
        fault_add(faults, STR("files"), msg_text(ctx->lang, MSG_paper_empty), msg_text(ctx->lang, MSG_paper_empty));
}

/* A day before today is its beginning; today is now. */
static struct utc_us moment_of(struct ctx *ctx, struct date day)
{
    struct utc_us now = ctx_now(ctx);
    return day.days == utc_to_date(now).days ? now : date_start(day);
}

enum err paper_new_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(open_for_adding(ctx, req, &c));
    struct paper_new_form form;
    size_t n_faults, n_files;
    TRY(FORM_READ(ctx, req, paper_new, &form, &n_faults));
    struct faults_list faults = {.n = 0};
    struct attached *files;
    TRY(upload_collect(ctx, form.form_token.text, &form.files, &form.kept, &faults, &files, &n_files));
    check_new(ctx, &form, n_files, &faults);
    check_entry(ctx, (const struct entry_form *)&form, &faults);
    if (faults.n) {
        if (str_is_empty(form.form_token.text))
            form.form_token.text = upload_form_token(ctx);
        TRY(attach_keep(ctx, form.form_token.text, n_files, files));
        return show_new(ctx, req, res, &c, &form, &faults);
    }
    int64_t number;
    TRY(dossier_add(ctx, c.row.number,
                    &(struct new_paper){.direction = form.direction.text,
                                        .at = moment_of(ctx, form.at.date),
                                        .text = form.text.text,
                                        .n_files = n_files,
                                        .files = files,
                                        .entry = entry_of((const struct entry_form *)&form),
                                        .form_token = form.form_token.text},
                    &number));
    response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/arende/%/akt?klart=nyhandling", c.row.number));
    return OK;
}
