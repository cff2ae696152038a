/* What: GET /admin/fraser: the phrase library. GET and POST /admin/fraser/{id}: one phrase (ny: a new one); step=retire
 * takes it away, step=offer gives it back. Not here: the rules (phrase.h), choosing one (answer_page.c). Source: issue
 * 4 "phrase library". */
#include "phrase.h"

#include "admin_page.h"
#include "form.h"
#include "frame.h"
#include "letter_template_page.h"
#include "page_parts.h"
#include "phrase_page_html.h"
#include "words.h"

#define PHRASE_FORM(F)                                                                                                 \
    F(step, CODE, 10, OPTIONAL, MSG_phrase_save)                                                                       \
    F(name, LINE, PHRASE_NAME_MAX_CHARS, OPTIONAL, MSG_phrase_name)                                                    \
    F(body, LINES, PHRASE_BODY_MAX_CHARS, OPTIONAL, MSG_phrase_body)                                                   \
    F(unit, CODE, 80, OPTIONAL, MSG_phrase_unit)                                                                       \
    F(routine, CODE, 80, OPTIONAL, MSG_template_routine)                                                               \
    F(type, CODE, 30, OPTIONAL, MSG_phrase_type)
FORM(phrase, PHRASE_FORM)

/* "Hemtjänst norr, klagomål"; "alla ärenden". */
static struct str scope_words(struct ctx *ctx, const struct town *town, const struct phrase *p)
{
    struct out out = out_init(ctx->arena, 1000);
    const struct unit *unit = p->unit.v ? town_unit(town, p->unit) : NULL;
    const struct str parts[] = {unit ? unit->name : STR(""), p->routine,
                                str_is_empty(p->type) ? STR("") : msg_of_code(ctx->lang, MSG_PREFIX("type_"), p->type)};
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        if (str_is_empty(parts[i]))
            continue;
        out_str(&out, out.n ? STR(", ") : STR(""));
        out_str(&out, parts[i]);
    }
    return out.n ? out_take(&out) : msg_text(ctx->lang, MSG_phrase_for_all);
}

enum err phrases_page(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct town *town;
    struct phrase *all;
    struct phrases_view view = {.n_phrases = 0};
    TRY(town_get(ctx, &town));
    TRY(phrase_all(ctx, &all, &view.n_phrases));
    struct phrase_row_view *rows = ARENA_ARRAY(ctx->arena, struct phrase_row_view, view.n_phrases);
    for (size_t i = 0; i < view.n_phrases; i++)
        rows[i] = (struct phrase_row_view){
            .name = all[i].name,
            .body = all[i].body,
            .scope = scope_words(ctx, town, &all[i]),
            .is_retired = !all[i].active,
            .url = URL_PATH(ctx->arena, "/admin/fraser/%", str_fmt(ctx->arena, "%lld", (long long)all[i].id)),
        };
    view.phrases = rows;
    view.crumbs = letter_crumbs(ctx, req, MSG_phrases_title, URL("/admin/fraser"), STR_NONE, (struct url){STR_NONE});
    view.notice = admin_done_notice(ctx, req);
    frame_fill(ctx, req, town, NAV_NONE, msg_text(ctx->lang, MSG_phrases_title), /* has_fault= */ false, &view.frame);
    html_phrases(&res->body, ctx->lang, &view);
    return OK;
}

/* ---- one phrase ---- */

static const struct option_view *unit_options(struct ctx *ctx, const struct town *town, struct str selected,
                                              size_t *ret_n)
{
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, town->n_units + 1);
    options[0] = (struct option_view){STR(""), msg_text(ctx->lang, MSG_phrase_all_units), str_is_empty(selected)};
    for (size_t i = 0; i < town->n_units; i++)
        options[i + 1] =
            (struct option_view){town->units[i].code, town->units[i].name, str_eq(town->units[i].code, selected)};
    *ret_n = town->n_units + 1;
    return options;
}

static const struct option_view *type_options(struct ctx *ctx, struct str selected, size_t *ret_n)
{
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, TYPE_COUNT);
    options[0] = (struct option_view){STR(""), msg_text(ctx->lang, MSG_phrase_all_types), str_is_empty(selected)};
    for (enum feedback_type i = TYPE_unknown + 1; i < TYPE_COUNT; i++)
        options[i] = (struct option_view){words_type[i], msg_of_code(ctx->lang, MSG_PREFIX("type_"), words_type[i]),
                                          str_eq(words_type[i], selected)};
    *ret_n = TYPE_COUNT;
    return options;
}

static bool is_new(const struct request *req)
{
    return str_eq(req->params[0], STR("ny"));
}

static enum err show(struct ctx *ctx, struct request *req, struct response *res, const struct phrase_form *form,
                     bool is_retired, const struct faults_list *faults)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct str h1 = msg_text(ctx->lang, is_new(req) ? MSG_phrase_new : MSG_phrase_change);
    struct phrase_edit_view view = {
        .csrf = req->csrf,
        .h1 = h1,
        .action = URL_PATH(ctx->arena, "/admin/fraser/%", req->params[0]),
        .back = URL("/admin/fraser"),
        .faults = faults_view(ctx, faults),
        .name = field_view(faults, STR("name"), form->name.text),
        .body = field_view(faults, STR("body"), form->body.text),
        .is_new = is_new(req),
        .is_retired = is_retired,
    };
    view.crumbs = letter_crumbs(ctx, req, MSG_phrases_title, view.back, h1, view.action);
    view.units = unit_options(ctx, town, form->unit.text, &view.n_units);
    view.routines = routine_options(ctx, town, form->routine.text, &view.n_routines);
    view.types = type_options(ctx, form->type.text, &view.n_types);
    view.fields = letter_fields(ctx, &view.n_fields);
    frame_fill(ctx, req, town, NAV_NONE, h1, faults->n > 0, &view.frame);
    html_phrase_edit(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

/* The phrase of the address; a new one is empty. */
static enum err find(struct ctx *ctx, const struct request *req, struct phrase *ret)
{
    int64_t id;
    *ret = (struct phrase){.name = STR(""), .body = STR(""), .routine = STR(""), .type = STR(""), .active = true};
    if (is_new(req))
        return OK;
    if (!str_to_i64(req->params[0], &id))
        return fail(ctx, ERR_NOT_FOUND, "\"%.*s\" is no phrase", STR_ARG(req->params[0]));
    return phrase_get(ctx, id, ret);
}

enum err phrase_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct phrase phrase;
    const struct town *town;
    TRY(town_get(ctx, &town));
    TRY(find(ctx, req, &phrase));
    const struct unit *unit = phrase.unit.v ? town_unit(town, phrase.unit) : NULL;
    struct phrase_form form;
    FORM_EMPTY(&form, phrase);
    form.name.text = phrase.name;
    form.body.text = phrase.body;
    form.unit.text = unit ? unit->code : STR("");
    form.routine.text = phrase.routine;
    form.type.text = phrase.type;
    return show(ctx, req, res, &form, !phrase.active, &(struct faults_list){.n = 0});
}

static void check(struct ctx *ctx, const struct phrase_form *form, struct faults_list *faults)
{
    fault_add_common(ctx, faults, STR("name"), &form->name, MSG_phrase_name, MSG_phrase_name);
    fault_add_common(ctx, faults, STR("body"), &form->body, MSG_phrase_body, MSG_phrase_body);
    if (str_is_empty(form->name.text))
        admin_fault(ctx, faults, STR("name"), MSG_phrase_name_missing);
    if (str_is_empty(form->body.text))
        admin_fault(ctx, faults, STR("body"), MSG_phrase_body_missing);
    struct letter_complaint *complaints;
    size_t n;
    letter_template_check(ctx, LETTER_reply_start, STR(""), form->body.text, &complaints, &n);
    for (size_t i = 0; i < n; i++) {
        struct str words = letter_complaint_words(ctx, &complaints[i]);
        fault_add(faults, STR("body"), words, words);
    }
}

enum err phrase_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct phrase_form form;
    struct phrase phrase;
    struct faults_list faults = {.n = 0};
    const struct town *town;
    size_t n_faults;
    int64_t id;
    TRY(FORM_READ(ctx, req, phrase, &form, &n_faults));
    TRY(town_get(ctx, &town));
    TRY(find(ctx, req, &phrase));
    if (str_eq(form.step.text, STR("retire")) || str_eq(form.step.text, STR("offer"))) {
        phrase.active = str_eq(form.step.text, STR("offer"));
    } else {
        check(ctx, &form, &faults);
        if (faults.n)
            return show(ctx, req, res, &form, !phrase.active, &faults);
        const struct unit *unit = town_unit_by_code(town, form.unit.text);
        phrase.name = form.name.text;
        phrase.body = form.body.text;
        phrase.unit = unit ? unit->id : (struct unit_id){0};
        phrase.routine = form.routine.text;
        phrase.type = form.type.text;
    }
    TRY(phrase_save(ctx, &phrase, &id));
    response_redirect(ctx, req, res, URL("/admin/fraser?klart=fras"));
    return OK;
}
