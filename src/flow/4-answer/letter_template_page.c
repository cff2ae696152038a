/* What: GET /admin/brev: which letters there are, and whose words hold. GET and POST /admin/brev/{kind}: write one's
 * own; step=preview shows it as the person would get it and saves nothing, step=withdraw goes back to the routine's
 * text. Not here: the rules (letter_template.h). Source: S0.32, S2.24. */
#include "letter_template_page.h"

#include "admin_page.h"
#include "date_words.h"
#include "form.h"
#include "frame.h"
#include "letter_template_page_html.h"
#include "page_parts.h"

#define TEMPLATE_FORM(F)                                                                                               \
    F(step, CODE, 10, OPTIONAL, MSG_template_save)                                                                     \
    F(routine, CODE, 80, OPTIONAL, MSG_template_routine)                                                               \
    F(language, CODE, 5, OPTIONAL, MSG_template_language)                                                              \
    F(version, NUMBER, INT32_MAX, OPTIONAL, MSG_template_save)                                                         \
    F(subject, LINE, TEMPLATE_SUBJECT_MAX_CHARS, OPTIONAL, MSG_template_subject)                                       \
    F(body, LINES, TEMPLATE_BODY_MAX_CHARS, OPTIONAL, MSG_template_body)
FORM(template, TEMPLATE_FORM)

/* ---- what the pages share ---- */

const struct letter_field_view *letter_fields(struct ctx *ctx, size_t *ret_n)
{
    struct letter_field_view *fields = ARENA_ARRAY(ctx->arena, struct letter_field_view, PLACEHOLDER_COUNT);
    for (enum placeholder i = 0; i < PLACEHOLDER_COUNT; i++)
        fields[i] = (struct letter_field_view){
            str_fmt(ctx->arena, "{{%.*s}}", STR_ARG(placeholder_code(i))),
            msg_of_code(ctx->lang, MSG_PREFIX("letter_field_"), placeholder_code(i)),
        };
    *ret_n = PLACEHOLDER_COUNT;
    return fields;
}

struct crumbs_view letter_crumbs(struct ctx *ctx, const struct request *req, enum msg list, struct url list_url,
                                 struct str last, struct url last_url)
{
    struct crumbs_view all = admin_crumbs(ctx, list, list_url, last, last_url);
    if (right_held(RIGHT_ADMIN, req->roles))
        return all;
    return (struct crumbs_view){all.crumbs + 1, all.n_crumbs - 1};
}

struct str letter_complaint_words(struct ctx *ctx, const struct letter_complaint *complaint)
{
    if (complaint->text_missing)
        return msg_text(ctx->lang, MSG_template_text_missing);
    if (str_is_none(complaint->field))
        return msg_text(ctx->lang, MSG_template_braces);
    return WORDS(ctx, template_unknown, .field = complaint->field);
}

const struct option_view *routine_options(struct ctx *ctx, const struct town *town, struct str selected, size_t *ret_n)
{
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, town->n_routines + 1);
    options[0] = (struct option_view){STR(""), msg_text(ctx->lang, MSG_template_all_routines), str_is_empty(selected)};
    size_t n = 1;
    for (size_t i = town->n_routines; i-- > 0;) { /* the newest version's title */
        const struct routine_version *version = &town->routines[i];
        bool is_there = false;
        for (size_t k = 1; k < n; k++)
            is_there |= str_eq(options[k].value, version->code);
        if (!is_there)
            options[n++] = (struct option_view){version->code, version->title, str_eq(version->code, selected)};
    }
    *ret_n = n;
    return options;
}

/* The routine with this code that was added last; NULL: all routines. ERR_NOT_FOUND: there is none. */
static enum err find_routine(struct ctx *ctx, const struct town *town, struct str code, const struct routine **ret)
{
    *ret = NULL;
    if (str_is_empty(code))
        return OK;
    for (size_t i = town->n_routines; i-- > 0;)
        if (str_eq(town->routines[i].code, code))
            return town_routine(ctx, town->routines[i].id, ret);
    return fail(ctx, ERR_NOT_FOUND, "there is no routine \"%.*s\"", STR_ARG(code));
}

static struct str source_words(struct ctx *ctx, const struct letter_words *words)
{
    switch (words->source) {
    case LETTER_FROM_OWN:
        return msg_text(ctx->lang, words->for_all ? MSG_template_own_all : MSG_template_own);
    case LETTER_FROM_ROUTINE:
        return msg_text(ctx->lang, MSG_template_from_routine);
    case LETTER_FROM_PROGRAM:
        return msg_text(ctx->lang, MSG_template_from_program);
    }
    BUG("no such source %d", (int)words->source);
}

static const struct lang *language_of(struct str code)
{
    const struct lang *lang = str_is_empty(code) ? NULL : lang_find(code);
    return lang ? lang : lang_find(STR("sv"));
}

static struct str query_or_empty(const struct request *req, const char *name)
{
    struct str value = request_query(req, str_from(name));
    return str_is_none(value) ? STR("") : value;
}

/* ---- the list ---- */

static const struct option_view *language_options(struct ctx *ctx, const struct lang *selected, size_t *ret_n)
{
    static const struct lang *const languages[] = {&lang_sv, &lang_en};
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, ARRAY_LEN(languages));
    for (size_t i = 0; i < ARRAY_LEN(languages); i++)
        options[i] = (struct option_view){languages[i]->code,
                                          msg_of_code(ctx->lang, MSG_PREFIX("template_language_"), languages[i]->code),
                                          str_eq(languages[i]->code, selected->code)};
    *ret_n = ARRAY_LEN(languages);
    return options;
}

enum err letter_templates_page(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct town *town;
    const struct routine *routine;
    TRY(town_get(ctx, &town));
    struct str code = query_or_empty(req, "rutin");
    const struct lang *lang = language_of(query_or_empty(req, "sprak"));
    TRY(find_routine(ctx, town, code, &routine));
    struct letters_view view = {
        .crumbs = letter_crumbs(ctx, req, MSG_template_title, URL("/admin/brev"), STR_NONE, (struct url){STR_NONE}),
        .notice = admin_done_notice(ctx, req),
    };
    view.routines = routine_options(ctx, town, code, &view.n_routines);
    view.languages = language_options(ctx, lang, &view.n_languages);
    struct letter_row_view *rows = ARENA_ARRAY(ctx->arena, struct letter_row_view, LETTER_KIND_COUNT);
    for (enum letter_kind kind = 0; kind < LETTER_KIND_COUNT; kind++) {
        struct letter_words words;
        TRY(letter_words(ctx, lang, routine, kind, &words));
        struct str kind_code = letter_kind_code(kind);
        rows[view.n_letters++] = (struct letter_row_view){
            .name = msg_of_code(ctx->lang, MSG_PREFIX("letter_kind_"), kind_code),
            .source = source_words(ctx, &words),
            .is_own = words.source == LETTER_FROM_OWN,
            .url = URL_PATH(ctx->arena, "/admin/brev/%?rutin=%&sprak=%", kind_code, code, lang->code),
        };
    }
    view.letters = rows;
    frame_fill(ctx, req, town, NAV_NONE, msg_text(ctx->lang, MSG_template_title), /* has_fault= */ false, &view.frame);
    html_letters(&res->body, ctx->lang, &view);
    return OK;
}

/* ---- one letter ---- */

static void fill_preview(struct ctx *ctx, const struct lang *lang, const struct template_form *form,
                         struct letter_edit_view *view)
{
    struct str values[PLACEHOLDER_COUNT];
    for (enum placeholder i = 0; i < PLACEHOLDER_COUNT; i++)
        values[i] = msg_of_code(lang, MSG_PREFIX("letter_example_"), placeholder_code(i));
    view->shown_subject = letter_filled(ctx, form->subject.text, values);
    view->shown_body = letter_filled(ctx, form->body.text, values);
}

static void fill_complaints(struct ctx *ctx, enum letter_kind kind, const struct template_form *form,
                            struct letter_edit_view *view)
{
    struct letter_complaint *complaints;
    letter_template_check(ctx, kind, form->subject.text, form->body.text, &complaints, &view->n_complaints);
    struct str *words = ARENA_ARRAY(ctx->arena, struct str, view->n_complaints);
    for (size_t i = 0; i < view->n_complaints; i++)
        words[i] = letter_complaint_words(ctx, &complaints[i]);
    view->complaints = words;
}

static enum err fill_versions(struct ctx *ctx, const struct town *town, const struct letter_place *place,
                              struct letter_edit_view *view)
{
    struct letter_template_versions_row *rows;
    TRY(letter_template_versions(ctx, place->routine, letter_kind_code(place->kind), place->lang->code, &rows,
                                 &view->n_versions));
    struct letter_version_view *versions = ARENA_ARRAY(ctx->arena, struct letter_version_view, view->n_versions);
    for (size_t i = 0; i < view->n_versions; i++) {
        const struct staff *staff = town_staff(town, rows[i].saved_by);
        versions[i] = (struct letter_version_view){
            .version = rows[i].version,
            .saved = when_moment(ctx->arena, ctx->lang, rows[i].saved, utc_to_date(ctx_now(ctx))),
            .who = staff ? staff->name : STR(""),
            .subject = rows[i].subject,
            .body = rows[i].body,
            .withdrawn = rows[i].withdrawn,
        };
    }
    view->versions = versions;
    return OK;
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct letter_place *place,
                     const struct template_form *form, const struct faults_list *faults, bool conflict)
{
    const struct town *town;
    const struct routine *routine;
    struct letter_words words;
    TRY(town_get(ctx, &town));
    TRY(find_routine(ctx, town, place->routine, &routine));
    TRY(letter_words(ctx, place->lang, routine, place->kind, &words));
    struct str code = letter_kind_code(place->kind), name = msg_of_code(ctx->lang, MSG_PREFIX("letter_kind_"), code);
    struct letter_edit_view view = {
        .csrf = req->csrf,
        .h1 = name,
        .source = source_words(ctx, &words),
        .is_own = words.source == LETTER_FROM_OWN && (str_is_empty(place->routine) || !words.for_all),
        .routine = place->routine,
        .language = place->lang->code,
        .version = form->version.number,
        .action = URL_PATH(ctx->arena, "/admin/brev/%", code),
        .back = URL_PATH(ctx->arena, "/admin/brev?rutin=%&sprak=%", place->routine, place->lang->code),
        .faults = faults_view(ctx, faults),
        .subject = field_view(faults, STR("subject"), form->subject.text),
        .body = field_view(faults, STR("body"), form->body.text),
    };
    view.crumbs = letter_crumbs(ctx, req, MSG_template_title, view.back, name, view.action);
    view.fields = letter_fields(ctx, &view.n_fields);
    if (conflict) {
        view.notice = (struct notice_view){.tone = TONE_WARNING,
                                           .heading = msg_text(ctx->lang, MSG_template_conflict),
                                           .text = msg_text(ctx->lang, MSG_template_conflict_text)};
        TRY(letter_template_version(ctx, place, &view.version));
    }
    fill_preview(ctx, place->lang, form, &view);
    fill_complaints(ctx, place->kind, form, &view);
    TRY(fill_versions(ctx, town, place, &view));
    frame_fill(ctx, req, town, NAV_NONE, name, faults->n > 0, &view.frame);
    html_letter_edit(&res->body, ctx->lang, &view);
    if (faults->n || conflict)
        res->status = err_http_status(conflict ? ERR_CONFLICT : ERR_INVALID);
    return OK;
}

static enum err find_kind(struct ctx *ctx, const struct request *req, enum letter_kind *ret)
{
    if (!letter_kind_find(req->params[0], ret))
        return fail(ctx, ERR_NOT_FOUND, "there is no letter \"%.*s\"", STR_ARG(req->params[0]));
    return OK;
}

enum err letter_template_page(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct town *town;
    const struct routine *routine;
    struct letter_words words;
    struct letter_place place = {.routine = query_or_empty(req, "rutin"),
                                 .lang = language_of(query_or_empty(req, "sprak"))};
    TRY(find_kind(ctx, req, &place.kind));
    TRY(town_get(ctx, &town));
    TRY(find_routine(ctx, town, place.routine, &routine));
    TRY(letter_words(ctx, place.lang, routine, place.kind, &words));
    struct template_form form;
    FORM_EMPTY(&form, template);
    form.subject.text = words.subject;
    form.body.text = words.body;
    TRY(letter_template_version(ctx, &place, &form.version.number));
    return show(ctx, req, res, &place, &form, &(struct faults_list){.n = 0}, /* conflict= */ false);
}

static void check(struct ctx *ctx, enum letter_kind kind, const struct template_form *form, struct faults_list *faults)
{
    fault_add_common(ctx, faults, STR("subject"), &form->subject, MSG_template_subject, MSG_template_subject);
    fault_add_common(ctx, faults, STR("body"), &form->body, MSG_template_body, MSG_template_body);
    if (str_is_empty(form->subject.text))
        admin_fault(ctx, faults, STR("subject"), MSG_template_subject_missing);
    if (str_is_empty(form->body.text))
        admin_fault(ctx, faults, STR("body"), MSG_template_body_missing);
    struct letter_complaint *complaints;
    size_t n;
    letter_template_check(ctx, kind, form->subject.text, form->body.text, &complaints, &n);
    for (size_t i = 0; i < n; i++) {
        struct str words = letter_complaint_words(ctx, &complaints[i]);
        fault_add(faults, complaints[i].in_subject ? STR("subject") : STR("body"), words, words);
    }
}

static enum err change(struct ctx *ctx, const struct letter_place *place, const struct template_form *form)
{
    if (str_eq(form->step.text, STR("withdraw")))
        return letter_template_withdraw(ctx, place, form->version.number);
    return letter_template_save(ctx, place, form->version.number, form->subject.text, form->body.text);
}

enum err letter_template_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct template_form form;
    struct faults_list faults = {.n = 0};
    const struct town *town;
    const struct routine *routine;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, template, &form, &n_faults));
    struct letter_place place = {.routine = form.routine.text, .lang = language_of(form.language.text)};
    TRY(find_kind(ctx, req, &place.kind));
    TRY(town_get(ctx, &town));
    TRY(find_routine(ctx, town, place.routine, &routine)); /* only for routines there are */
    if (str_eq(form.step.text, STR("preview")))
        return show(ctx, req, res, &place, &form, &faults, /* conflict= */ false);
    if (!str_eq(form.step.text, STR("withdraw")))
        check(ctx, place.kind, &form, &faults);
    if (faults.n)
        return show(ctx, req, res, &place, &form, &faults, /* conflict= */ false);
    enum err err = change(ctx, &place, &form);
    if (err == ERR_CONFLICT)
        return show(ctx, req, res, &place, &form, &faults, /* conflict= */ true);
    TRY(err);
    struct str done = str_eq(form.step.text, STR("withdraw")) ? STR("brev_tillbaka") : STR("brev");
    response_redirect(
        ctx, req, res,
        URL_PATH(ctx->arena, "/admin/brev?rutin=%&sprak=%&klart=%", place.routine, place.lang->code, done));
    return OK;
}
