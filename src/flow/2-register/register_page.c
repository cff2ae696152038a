/* GET and POST /arende/{nr}/sortera (type, subject, title, unit,
 * secrecy). Not here: the rules (register.h), the diary number (enter_page.c). */
#include "case_events.h"
#include "case_page.h"
#include "document.h"
#include "form.h"
#include "frame.h"
#include "page_parts.h"
#include "register.h"
#include "register_page_html.h"
#include "register_view.h"

#define SORT_FORM(F)                                                                                                   \
    F(version, NUMBER, INT32_MAX, REQUIRED, MSG_case_about)                                                            \
    F(type, CODE, 40, REQUIRED, MSG_sort_type)                                                                         \
    F(subject, CODE, 40, OPTIONAL, MSG_sort_subject)                                                                   \
    F(title, LINE, TITLE_MAX_CHARS, OPTIONAL, MSG_sort_heading)                                                        \
    F(unit, CODE, 60, OPTIONAL, MSG_sort_unit)                                                                         \
    F(secret, CHECK, 0, OPTIONAL, MSG_sort_secret)                                                                     \
    F(provision, LINE, 120, OPTIONAL, MSG_sort_provision)
FORM(sort, SORT_FORM)

/* ---- sorting ---- */

static const struct option_view *code_options(struct ctx *ctx, const struct str *codes, size_t n, struct str prefix,
                                              struct str chosen)
{
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, n);
    for (size_t i = 0; i < n; i++)
        options[i] = (struct option_view){codes[i], with_capital(ctx, msg_of_code(ctx->lang, prefix, codes[i])),
                                          str_eq(codes[i], chosen)};
    return options;
}

static const struct option_view *unit_options(struct ctx *ctx, const struct town *town, struct str chosen)
{
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, town->n_units);
    for (size_t i = 0; i < town->n_units; i++)
        options[i] =
            (struct option_view){town->units[i].code, town->units[i].name, str_eq(town->units[i].code, chosen)};
    return options;
}

/* form: what is shown in the fields: the case as it is, or what was written. */
static enum err show_sort(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                          const struct sort_form *form, const struct faults_list *faults, enum err refused)
{
    struct sort_view view = {
        .csrf = req->csrf,
        .version = c->row.version,
        .action = URL_PATH(ctx->arena, "/arende/%/sortera", c->row.number),
        .back = URL_PATH(ctx->arena, "/arende/%", c->row.number),
        .notice = refused_notice(ctx, refused),
        .faults = faults_view(ctx, faults),
        .type = field_view(faults, STR("type"), form->type.text),
        .subject = field_view(faults, STR("subject"), form->subject.text),
        .title = field_view(faults, STR("title"), form->title.text),
        .unit = field_view(faults, STR("unit"), form->unit.text),
        .provision = field_view(faults, STR("provision"), form->provision.text),
        .is_secret = form->secret.on,
        .classify = guidance_words(ctx, c->routine, PLACE_classify),
        .n_units = c->town->n_units,
        .units = unit_options(ctx, c->town, form->unit.text),
    };
    view.crumbs = case_crumbs(ctx, c->row.number, msg_text(ctx->lang, MSG_sort_title), view.action);
    const struct str *codes;
    view.n_types = case_types(&codes);
    view.types = code_options(ctx, codes, view.n_types, MSG_PREFIX("type_"), form->type.text);
    view.n_subjects = case_subjects(&codes);
    view.subjects = code_options(ctx, codes, view.n_subjects, MSG_PREFIX("subject_"), form->subject.text);
    TRY(case_story(ctx, c, &view.story));
    frame_fill(ctx, req, c->town, NAV_TODO,
               str_fmt(ctx->arena, "%.*s %.*s", STR_ARG(msg_text(ctx->lang, MSG_sort_title)), STR_ARG(c->row.number)),
               faults->n > 0, &view.frame);
    html_sort(&res->body, ctx->lang, &view);
    if (faults->n || refused != OK)
        res->status = err_http_status(faults->n ? ERR_INVALID : refused);
    return OK;
}

/* Somebody without the right reads the case, and gets no form. */
static enum err open_for_sorting(struct ctx *ctx, const struct request *req, struct open_case *ret)
{
    TRY(case_read(ctx, req->params[0], ret));
    if (!case_may(ret, STEP_categorise))
        return fail(ctx, right_held(RIGHT_CASE_CATEGORISE, ret->roles) ? ERR_CLOSED : ERR_FORBIDDEN,
                    "the case cannot be sorted by this person now");
    return OK;
}

enum err sort_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(open_for_sorting(ctx, req, &c));
    struct sort_form form;
    FORM_EMPTY(&form, sort);
    form.type.text = c.row.type;
    form.subject.text = str_is_none(c.row.subject) ? STR("") : c.row.subject;
    form.title.text = str_is_none(c.row.title) ? STR("") : c.row.title;
    form.unit.text = c.unit->code;
    form.secret.on = c.row.secret;
    struct str usual = str_is_none(c.unit->secrecy_provision) ? STR("") : c.unit->secrecy_provision;
    form.provision.text = str_is_none(c.row.secrecy_provision) ? usual : c.row.secrecy_provision;
    return show_sort(ctx, req, res, &c, &form, &(struct faults_list){.n = 0}, OK);
}

static void check(struct ctx *ctx, const struct open_case *c, const struct sort_form *form, struct faults_list *faults)
{
    if (form->type.fault || !case_type_known(form->type.text))
        fault_add(faults, STR("type"), msg_text(ctx->lang, MSG_sort_type_missing),
                  msg_text(ctx->lang, MSG_sort_type_missing));
    if (form->subject.fault || (!str_is_empty(form->subject.text) && !case_subject_known(form->subject.text)))
        fault_add(faults, STR("subject"), msg_text(ctx->lang, MSG_sort_subject_unknown),
                  msg_text(ctx->lang, MSG_sort_subject_unknown));
    fault_add_common(ctx, faults, STR("title"), &form->title, MSG_sort_heading, MSG_sort_heading);
    if (brief_points_out(form->title.text))
        fault_add(faults, STR("title"), msg_text(ctx->lang, MSG_paper_brief_person),
                  msg_text(ctx->lang, MSG_paper_brief_person_text));
    if (!str_is_empty(form->unit.text) && town_unit_by_code(c->town, form->unit.text) == NULL)
        fault_add(faults, STR("unit"), msg_text(ctx->lang, MSG_sort_unit_unknown),
                  msg_text(ctx->lang, MSG_sort_unit_unknown));
    fault_add_common(ctx, faults, STR("provision"), &form->provision, MSG_sort_provision, MSG_sort_provision);
    if (form->secret.on && str_is_empty(form->provision.text))
        fault_add(faults, STR("provision"), msg_text(ctx->lang, MSG_sort_provision_missing),
                  msg_text(ctx->lang, MSG_sort_provision_missing));
}

enum err sort_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct open_case c;
    TRY(open_for_sorting(ctx, req, &c));
    struct sort_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, sort, &form, &n_faults));
    struct faults_list faults = {.n = 0};
    check(ctx, &c, &form, &faults);
    if (faults.n)
        return show_sort(ctx, req, res, &c, &form, &faults, OK);
    const struct unit *unit = town_unit_by_code(c.town, form.unit.text);
    enum err err =
        sort_case(ctx, c.row.number, form.version.fault ? -1 : form.version.number,
                  &(struct sorting){.type = form.type.text,
                                    .subject = str_is_empty(form.subject.text) ? STR_NONE : form.subject.text,
                                    .title = str_is_empty(form.title.text) ? STR_NONE : form.title.text,
                                    .secret = form.secret.on,
                                    .provision = form.secret.on ? form.provision.text : STR_NONE,
                                    .unit = unit ? unit->id : (struct unit_id){0}});
    if (err == ERR_CONFLICT || err == ERR_CLOSED) {
        TRY(case_read(ctx, c.row.number, &c));
        return show_sort(ctx, req, res, &c, &form, &faults, err);
    }
    TRY(err);
    /* Moved to a unit whose cases this person may not see: back to the list instead. */
    if (case_read(ctx, c.row.number, &c) == ERR_NOT_FOUND)
        response_redirect(ctx, req, res, URL("/att-gora"));
    else
        case_done(ctx, req, res, c.row.number, STR("sorterad"));
    return OK;
}
