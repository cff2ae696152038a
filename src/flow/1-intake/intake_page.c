/* What: the public form and its receipt: GET and POST /synpunkter, GET /synpunkter/tack.
 * Flow: form -> POST -> intake_submit -> 303 -> receipt, once. A fault gives the form again with all that was written,
 * the files kept with us. Not here: the rules (intake.h), files (attach.h). Source: ux 01, 01b, 02a; design.md
 * contract. */
#include "ahead_page.h"
#include "attach.h"
#include "case_promise.h"
#include "db.h"
#include "form.h"
#include "frame.h"
#include "intake.h"
#include "intake_page_html.h"
#include "intake_view.h"
#include "page_parts.h"
#include "promise_words.h"
#include "rate.h"
#include "session.h"
#include "upload.h"

#define INTAKE_FORM(F)                                                                                                 \
    F(type, CODE, 40, OPTIONAL, MSG_form_type)                                                                         \
    F(story, LINES, STORY_MAX_CHARS, REQUIRED, MSG_form_story)                                                         \
    F(unit, CODE, 60, OPTIONAL, MSG_form_unit)                                                                         \
    F(reply, CODE, 20, OPTIONAL, MSG_form_reply)                                                                       \
    F(name, LINE, 200, OPTIONAL, MSG_form_name)                                                                        \
    F(email, EMAIL, 254, OPTIONAL, MSG_form_email)                                                                     \
    F(phone, PHONE, 40, OPTIONAL, MSG_form_phone)                                                                      \
    F(address, LINES, 500, OPTIONAL, MSG_form_address)                                                                 \
    F(files, FILES, ATTACH_MAX_FILES, OPTIONAL, MSG_form_files)                                                        \
    F(kept, MANY, ATTACH_MAX_FILES, OPTIONAL, MSG_form_kept)                                                           \
    F(form_token, CODE, 100, OPTIONAL, MSG_form_type)                                                                  \
    F(recount, CODE, 10, OPTIONAL, MSG_form_recount)
FORM(intake, INTAKE_FORM)

/* The three kinds the form offers; more can be chosen by staff. */
static const struct str offered_types[] = {STR_INIT("complaint"), STR_INIT("suggestion"), STR_INIT("praise")};

static const struct str reply_ways[] = {STR_INIT("email"), STR_INIT("phone"), STR_INIT("letter"), STR_INIT("code"),
                                        STR_INIT("none")};

static bool is_reply_way(struct str word)
{
    for (size_t i = 0; i < ARRAY_LEN(reply_ways); i++)
        if (str_eq(word, reply_ways[i]))
            return true;
    return false;
}

/* What was chosen, with what stands for nothing chosen. A client that names no way is answered by the ways it gave. */
static struct str reply_way(const struct intake_form *form)
{
    if (!str_is_empty(form->reply.text))
        return form->reply.text;
    if (!str_is_empty(form->email.text))
        return STR("email");
    if (!str_is_empty(form->phone.text))
        return STR("phone");
    return str_is_empty(form->address.text) ? STR("code") : STR("letter");
}

static struct str type_chosen(const struct intake_form *form)
{
    return str_is_empty(form->type.text) ? STR("unknown") : form->type.text;
}

/* ---- the form ---- */

/* The promises as they would be, were the form sent now. */
static enum err fill_promises(struct ctx *ctx, const struct town *town, const struct intake_form *form,
                              struct intake_form_view *view)
{
    const struct unit *unit = town_unit_by_code(town, form->unit.text);
    if (unit && unit->is_public)
        view->unit_name = unit->is_intake ? STR_NONE : unit->name;
    else
        unit = town_intake_unit(town);
    if (unit == NULL)
        return fail(ctx, ERR_SETTING, "no unit takes in what has no unit");
    view->paper = URL_PATH(ctx->arena, "/blankett/%?sprak=%", str_fmt(ctx->arena, "%.*s.pdf", STR_ARG(unit->code)),
                           ctx->lang->code);
    struct ahead ahead = {.unit = unit,
                          .type = type_chosen(form),
                          .channel = CHANNEL_web,
                          .received = ctx_now(ctx),
                          .is_reachable = !str_eq(view->reply, STR("none"))};
    struct date today = utc_to_date(ahead.received);
    struct routine_id id;
    TRY(town_routine_at(ctx, town, unit->id, today, &id));
    TRY(town_routine(ctx, id, &ahead.routine));
    struct promises_view rest;
    TRY(promises_ahead(ctx, town, &ahead, &rest));
    struct promise_view *all = ARENA_ARRAY(ctx->arena, struct promise_view, rest.n_promises + 1);
    all[0] = (struct promise_view){.mark = MARK_AT_ONCE, .label = msg_text(ctx->lang, MSG_form_promise_number)};
    for (size_t i = 0; i < rest.n_promises; i++)
        all[i + 1] = rest.promises[i];
    view->promises = (struct promises_view){all, rest.n_promises + 1};
    view->today = when_day(ctx->arena, ctx->lang, today, today);
    return OK;
}

static void fill_choices(struct ctx *ctx, const struct town *town, const struct intake_form *form,
                         struct intake_form_view *view)
{
    struct option_view *types = ARENA_ARRAY(ctx->arena, struct option_view, ARRAY_LEN(offered_types));
    for (size_t i = 0; i < ARRAY_LEN(offered_types); i++)
        types[i] = (struct option_view){.value = offered_types[i],
                                        .label = msg_of_code(ctx->lang, MSG_PREFIX("form_type_"), offered_types[i]),
                                        .is_selected = str_eq(form->type.text, offered_types[i])};
    view->types = types;
    view->n_types = ARRAY_LEN(offered_types);
    struct option_view *units = ARENA_ARRAY(ctx->arena, struct option_view, town->n_units + 1);
    size_t n = 0;
    units[n++] = (struct option_view){.value = STR(""), .label = msg_text(ctx->lang, MSG_form_unit_unknown)};
    for (size_t i = 0; i < town->n_units; i++)
        if (town->units[i].is_public && !town->units[i].is_intake)
            units[n++] = (struct option_view){.value = town->units[i].code,
                                              .label = town->units[i].name,
                                              .is_selected = str_eq(form->unit.text, town->units[i].code)};
    view->units = units;
    view->n_units = n;
}

static enum err show_form(struct ctx *ctx, struct request *req, struct response *res, const struct intake_form *form,
                          const struct faults_list *faults)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct str token = str_is_empty(form->form_token.text) ? upload_form_token(ctx) : form->form_token.text;
    struct str way = is_reply_way(form->reply.text) ? form->reply.text : STR("email");
    struct intake_form_view view = {
        .faults = faults_view(ctx, faults),
        .csrf = req->csrf,
        .form_token = token,
        .story = field_view(faults, STR("story"), form->story.text),
        .unit = field_view(faults, STR("unit"), form->unit.text),
        .files = field_view(faults, STR("files"), STR("")),
        .accept = attach_accept(),
        .reply = way,
        .reply_email = str_eq(way, STR("email")),
        .reply_phone = str_eq(way, STR("phone")),
        .reply_letter = str_eq(way, STR("letter")),
        .reply_code = str_eq(way, STR("code")),
        .reply_none = str_eq(way, STR("none")),
        .name = field_view(faults, STR("name"), form->name.text),
        .email = field_view(faults, STR("email"), form->email.text),
        .phone = field_view(faults, STR("phone"), form->phone.text),
        .address = field_view(faults, STR("address"), form->address.text),
        .call = town->phone,
        .call_url = phone_url(ctx, town->phone),
    };
    frame_fill(ctx, req, town, NAV_NONE, msg_text(ctx->lang, MSG_form_title), faults->n > 0, &view.frame);
    fill_choices(ctx, town, form, &view);
    TRY(fill_promises(ctx, town, form, &view));
    TRY(upload_kept_views(ctx, token, &view.kept, &view.n_kept));
    html_intake_form(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

enum err intake_form_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct intake_form form;
    FORM_EMPTY(&form, intake);
    struct str unit = request_query(req, STR("unit")), type = request_query(req, STR("type")),
               reply = request_query(req, STR("reply"));
    if (!str_is_none(unit))
        form.unit.text = unit;
    if (!str_is_none(type))
        form.type.text = type;
    if (!str_is_none(reply))
        form.reply.text = reply;
    return show_form(ctx, req, res, &form, &(struct faults_list){0});
}

/* ---- sending ---- */

/* Faults that depend on what was chosen; fields of ways not chosen are left out, with their faults. */
static void check_way(struct ctx *ctx, struct intake_form *form, struct faults_list *faults)
{
    struct str way = reply_way(form);
    if (!is_reply_way(way)) {
        form->reply.text = STR("");
        return;
    }
    bool email = str_eq(way, STR("email"));
    if (email && (form->email.fault || str_is_empty(form->email.text)))
        fault_add(faults, STR("email"), msg_text(ctx->lang, MSG_form_email_wrong_short),
                  msg_text(ctx->lang, MSG_form_email_wrong));
    bool phone = str_eq(way, STR("phone"));
    if (phone && (form->phone.fault || str_is_empty(form->phone.text)))
        fault_add(faults, STR("phone"), msg_text(ctx->lang, MSG_form_phone_wrong_short),
                  msg_text(ctx->lang, MSG_form_phone_wrong));
    bool letter = str_eq(way, STR("letter"));
    if (letter && (form->address.fault || str_is_empty(form->address.text)))
        fault_add(faults, STR("address"), msg_text(ctx->lang, MSG_form_address_missing_short),
                  msg_text(ctx->lang, MSG_form_address_missing));
}

static void check_words(struct ctx *ctx, const struct town *town, struct intake_form *form, struct faults_list *faults)
{
    if (form->story.fault)
        fault_add_common(ctx, faults, STR("story"), &form->story, MSG_form_story_missing_short, MSG_form_story_missing);
    if (form->name.fault)
        fault_add_common(ctx, faults, STR("name"), &form->name, MSG_form_name, MSG_form_name);
    const struct unit *unit = town_unit_by_code(town, form->unit.text);
    if (unit == NULL || !unit->is_public)
        form->unit.text = STR(""); /* an address of an old poster: "don't know" is always right */
    enum feedback_type type;
    if (!feedback_type_find(form->type.text, &type))
        form->type.text = STR("");
}

static struct contact contact_of(const struct intake_form *form)
{
    struct str way = reply_way(form);
    return (struct contact){
        .name = form->name.text,
        .email = str_eq(way, STR("email")) ? form->email.text : STR(""),
        .phone = str_eq(way, STR("phone")) ? form->phone.text : STR(""),
        .address = str_eq(way, STR("letter")) ? form->address.text : STR(""),
        .call_time = STR(""),
    };
}

/* Number and code may be shown once: a short session that knows the case, made in the transaction that made the case.
 */
static enum err submit_and_grant(struct ctx *ctx, struct request *req, struct response *res,
                                 const struct submission *submission)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct receipt receipt;
    TRY(intake_submit(ctx, submission, &receipt));
    TRY(session_start(ctx, req, res, SESSION_RECEIPT, (struct user_id){0}, receipt.id));
    return tx_commit(&tx);
}

enum err intake_form_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct intake_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, intake, &form, &n_faults));
    struct faults_list faults = {0};
    if (!str_is_empty(form.recount.text))
        return show_form(ctx, req, res, &form, &faults);
    const struct town *town;
    TRY(town_get(ctx, &town));
    check_words(ctx, town, &form, &faults);
    struct attached *files;
    size_t n_files;
    TRY(upload_collect(ctx, form.form_token.text, &form.files, &form.kept, &faults, &files, &n_files));
    check_way(ctx, &form, &faults);
    bool too_many = faults.n == 0 && rate_take(ctx, req, RATE_SUBMIT, STR_NONE) != OK;
    if (too_many)
        fault_add(&faults, STR("story"), msg_text(ctx->lang, MSG_form_too_many),
                  msg_text(ctx->lang, MSG_form_too_many));
    if (faults.n) {
        if (str_is_empty(form.form_token.text))
            form.form_token.text = upload_form_token(ctx);
        TRY(attach_keep(ctx, form.form_token.text, n_files, files));
        TRY(show_form(ctx, req, res, &form, &faults));
        if (too_many)
            res->status = err_http_status(ERR_TOO_MANY);
        return OK;
    }
    const struct unit *unit = town_unit_by_code(town, form.unit.text);
    struct submission submission = {
        .type = type_chosen(&form),
        .story = form.story.text,
        .unit = unit ? unit->id : (struct unit_id){0},
        .reply_preference = reply_way(&form),
        .contact = contact_of(&form),
        .channel = STR("web"),
        .language = ctx->lang->code,
        .form_token = str_is_empty(form.form_token.text) ? STR_NONE : form.form_token.text,
        .n_files = n_files,
        .files = files,
    };
    enum err err = submit_and_grant(ctx, req, res, &submission);
    if (err == ERR_CONFLICT) /* the same form on two connections at once: now the other one's case is there */
        err = submit_and_grant(ctx, req, res, &submission);
    TRY(err);
    response_redirect(ctx, req, res, URL("/synpunkter/tack"));
    return OK;
}

/* ---- the receipt ---- */

/* "Julafton, juldagen och nyårsafton": what was not counted, weekends apart. */
static struct str free_days(struct ctx *ctx, const struct promise *promises, size_t n)
{
    const struct promise *longest = NULL;
    for (size_t i = 0; i < n; i++)
        if (promises[i].obligation->is_public &&
            (longest == NULL || promises[i].reason.n_skipped > longest->reason.n_skipped))
            longest = &promises[i];
    struct out out = out_init(ctx->arena, /* max_bytes= */ 2000);
    for (size_t i = 0; longest && i < longest->reason.n_skipped; i++) {
        const struct day_info *why = &longest->reason.skipped[i].why;
        struct str name = skipped_day_reason(ctx->lang, why);
        if (str_is_empty(name) || why->kind == DAY_WEEKEND)
            continue;
        if (out.n)
            out_lit(&out, ", ");
        out_str(&out, name);
    }
    return with_capital(ctx, out_take(&out));
}

static enum err show_receipt(struct ctx *ctx, struct request *req, struct response *res, struct case_id id)
{
    struct open_case c;
    TRY(case_open_by_id(ctx, id, &c));
    struct receipt receipt;
    TRY(intake_receipt(ctx, id, &receipt));
    struct promise *promises;
    size_t n;
    TRY(case_promises(ctx, &c, &promises, &n));
    struct promise_reader reader = {.routine = c.routine,
                                    .local = &town_days(c.town, c.row.unit)->local,
                                    .today = utc_to_date(ctx_now(ctx)),
                                    .with_explanations = true};
    struct receipt_view view = {.number = receipt.number,
                                .code = receipt.code,
                                .is_praise = str_eq(receipt.type, STR("praise")),
                                .mail_sent = receipt.mail_sent,
                                .promises = promise_views(ctx, &reader, promises, n),
                                .free_days = free_days(ctx, promises, n),
                                .call = c.town->phone,
                                .call_url = phone_url(ctx, c.town->phone)};
    frame_fill(ctx, req, c.town, NAV_NONE, msg_text(ctx->lang, MSG_receipt_title), /* has_fault= */ false, &view.frame);
    html_receipt(&res->body, ctx->lang, &view);
    return OK;
}

/* Shown once: the one page whose reading changes something. Afterwards the way goes by number and code. */
enum err intake_receipt_page(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct session *granted = req->follow;
    if (granted == NULL || granted->kind != SESSION_RECEIPT) {
        response_redirect(ctx, req, res, URL("/folj"));
        return OK;
    }
    TRY(show_receipt(ctx, req, res, granted->subject));
    bool before = db_read_only(ctx, false);
    enum err err = session_end(ctx, req, res, SESSION_RECEIPT);
    db_read_only(ctx, before);
    return err;
}
