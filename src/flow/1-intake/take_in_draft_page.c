/* POST /ta-emot/utkast: the form as it stands is kept. The script sends it while one types and reads one line of text
 * back; without script a button sends it, with files. POST /ta-emot/utkast/{id}/kasta. Not here: drafts themselves
 * (take_in_draft.h), the page (take_in_page.c). */
#include "page_parts.h"
#include "server.h"
#include "take_in_draft.h"
#include "take_in_page.h"
#include "upload.h"

enum { N_FIELDS = ARRAY_LEN(take_in_form_fields), WORDS_SHOWN = 60, SOON_DAYS = 3 };

/* What a button said, and files, are no part of it. */
static bool is_kept(const struct form_field *field)
{
    return field->kind != FORM_FILES && field->kind != FORM_MANY && !str_eq(field->name, STR("recount")) &&
           !str_eq(field->name, STR("then")) && !str_eq(field->name, STR("save"));
}

static size_t fields_of(const struct take_in_form *form, struct draft_field *ret)
{
    static_assert(sizeof(struct take_in_form) == N_FIELDS * sizeof(struct form_value), "a form is its fields");
    const struct form_value *values = (const struct form_value *)form;
    size_t n = 0;
    for (size_t i = 0; i < N_FIELDS; i++)
        if (is_kept(&take_in_form_fields[i]))
            ret[n++] = (struct draft_field){take_in_form_fields[i].name, take_in_form_fields[i].kind != FORM_CHECK
                                                                             ? values[i].text
                                                                         : values[i].on ? STR("yes")
                                                                                        : STR("")};
    return n;
}

void take_in_form_of_draft(const struct intake_draft *draft, struct take_in_form *form)
{
    FORM_EMPTY(form, take_in);
    struct form_value *values = (struct form_value *)form;
    for (size_t i = 0; i < N_FIELDS; i++) {
        if (!is_kept(&take_in_form_fields[i]))
            continue;
        values[i].text = draft_value(draft, take_in_form_fields[i].name);
        values[i].on = !str_is_empty(values[i].text);
        if (take_in_form_fields[i].kind == FORM_DATE && values[i].on && !date_parse(values[i].text, &values[i].date))
            values[i].fault = FAULT_DATE;
    }
}

/* ---- the list ---- */

static struct begun_view begun_view(struct ctx *ctx, const struct town *town, const struct intake_draft *draft,
                                    int64_t days)
{
    struct utc_us now = ctx_now(ctx);
    struct date today = utc_to_date(now);
    const struct unit *unit = town_unit_by_code(town, draft_value(draft, STR("unit")));
    struct str story = draft_value(draft, STR("story"));
    struct str head = str_utf8_head(story, WORDS_SHOWN);
    struct str id = str_fmt(ctx->arena, "%lld", (long long)draft->id.v);
    struct begun_view view = {
        .unit = unit ? unit->name : msg_text(ctx->lang, MSG_take_begun_no_unit),
        .words = head.n < story.n ? str_fmt(ctx->arena, "%.*s …", STR_ARG(head)) : head,
        .saved = when_moment(ctx->arena, ctx->lang, draft->saved, today),
        .open = URL_PATH(ctx->arena, "/ta-emot?utkast=%", id),
        .discard = URL_PATH(ctx->arena, "/ta-emot/utkast/%/kasta", id),
    };
    if (days > 0) {
        struct date until = utc_to_date(utc_add(draft->saved, days * DAY_US));
        view.until = when_day(ctx->arena, ctx->lang, until, today);
        view.is_soon = until.days - today.days <= SOON_DAYS;
    }
    return view;
}

enum err take_in_fill_begun(struct ctx *ctx, const struct request *req, struct take_in_view *view)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct intake_draft *drafts;
    size_t n;
    TRY(intake_drafts(ctx, &drafts, &n));
    struct begun_view *begun = ARENA_ARRAY(ctx->arena, struct begun_view, n);
    for (size_t i = 0; i < n; i++)
        begun[i] = begun_view(ctx, town, &drafts[i], req->server->settings.intake_draft_days);
    view->begun = begun;
    view->n_begun = n;
    return OK;
}

/* ---- saving ---- */

/* The files chosen are kept with the form's token; one that cannot be taken is told on the page. */
static enum err keep_files(struct ctx *ctx, const struct take_in_form *form, struct faults_list *faults)
{
    struct attached *files;
    size_t n;
    TRY(upload_collect(ctx, form->form_token.text, &form->files, &form->kept, faults, &files, &n));
    return attach_keep(ctx, form->form_token.text, n, files);
}

enum err take_in_draft_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct take_in_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, take_in, &form, &n_faults));
    if (str_is_empty(form.form_token.text) || form.form_token.fault)
        return fail(ctx, ERR_BAD_REQUEST, "the form has no token");
    struct faults_list faults = {.n = 0};
    struct draft_field fields[N_FIELDS];
    TRY(intake_draft_save(ctx, form.form_token.text, fields, fields_of(&form, fields)));
    if (req->partial) {
        res->content_type = STR("text/plain; charset=utf-8");
        out_str(&res->body, WORDS(ctx, take_draft_saved, .when = when_time(ctx->arena, ctx->lang, ctx_now(ctx))));
        return OK;
    }
    TRY(keep_files(ctx, &form, &faults)); /* after the draft: it knows whose form this is */
    if (faults.n)
        return take_in_show(ctx, req, res, &form, &faults, &(struct notice_view){.tone = TONE_NEUTRAL}, NULL);
    response_redirect(ctx, req, res, URL("/ta-emot?klart=sparat"));
    return OK;
}

enum err take_in_draft_discard(struct ctx *ctx, struct request *req, struct response *res)
{
    struct intake_draft_id id;
    if (!str_to_i64(req->params[0], &id.v))
        return fail(ctx, ERR_NOT_FOUND, "\"%.*s\" is no draft", STR_ARG(req->params[0]));
    TRY(intake_draft_discard(ctx, id));
    response_redirect(ctx, req, res, URL("/ta-emot?klart=kastat"));
    return OK;
}
