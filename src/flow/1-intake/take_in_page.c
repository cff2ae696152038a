/* GET and POST /ta-emot: staff take in what a person says; GET /ta-emot/kvitto/{nr}: number and code for the person.
 * Flow: form -> POST -> take_in -> 303 -> receipt, or the empty form with what became of it. A fault gives the form
 * again with all that was typed. Not here: what becomes of it (take_in.h), filling the page (take_in_fill_page.c).
 * Source: ux 03; S0.7, S1.14, S2.12, S3.6, S3.9. */
#include "take_in_page.h"

#include "case_promise.h"
#include "frame.h"
#include "page_parts.h"
#include "register.h"
#include "take_in_draft.h"
#include "take_in_page_html.h"
#include "take_in_sql.h"
#include "upload.h"
#include "worklist.h"

/* ---- what the form stands under ---- */

bool take_in_read_time(struct str s, int *ret_hour, int *ret_minute)
{
    int64_t hour, minute;
    if (s.n != 5 || (s.p[2] != ':' && s.p[2] != '.') || !str_to_i64(str_head(s, 2), &hour) ||
        !str_to_i64(str_skip(s, 3), &minute) || hour < 0 || hour > 23 || minute < 0 || minute > 59)
        return false;
    *ret_hour = (int)hour;
    *ret_minute = (int)minute;
    return true;
}

/* False when it cannot be read or has not been yet. */
static bool read_said(const struct take_in_form *form, struct utc_us now, struct utc_us *ret)
{
    enum { NOON = 12 };
    *ret = now;
    if (str_is_empty(form->said_on.text) && str_is_empty(form->said_at.text))
        return true;
    if (form->said_on.fault || form->said_at.fault)
        return false;
    struct date today = utc_to_date(now);
    struct date day = str_is_empty(form->said_on.text) ? today : form->said_on.date;
    int hour = NOON, minute = 0;
    struct utc_us said;
    if (!str_is_empty(form->said_at.text)) {
        if (!take_in_read_time(form->said_at.text, &hour, &minute))
            return false;
        said = utc_from_local(day, hour, minute, 0, 0);
    } else {
        said = day.days == today.days ? now : utc_from_local(day, hour, minute, 0, 0);
    }
    if (utc_cmp(said, now) > 0)
        return false;
    *ret = said;
    return true;
}

enum err take_in_place(struct ctx *ctx, const struct take_in_form *form, struct take_in_place *ret)
{
    struct take_in_place place = {.is_said_wrong = false};
    TRY(town_get(ctx, &place.town));
    place.said = ctx_now(ctx);
    place.is_said_wrong = arrival_is_written(form->channel.text) ? !channel_said(form, ctx_now(ctx), &place.said)
                                                                 : !read_said(form, ctx_now(ctx), &place.said);
    const struct unit *unit = town_unit_by_code(place.town, form->unit.text);
    struct unit_id id = unit ? unit->id : (struct unit_id){0};
    enum err err = take_in_routine(ctx, id, place.said, &place.unit, &place.routine_id, &place.routine);
    if (err == ERR_SETTING) {
        place.is_too_old = true;
        err = take_in_routine(ctx, id, ctx_now(ctx), &place.unit, &place.routine_id, &place.routine);
    }
    TRY(err);
    *ret = place;
    return OK;
}

/* ---- the page ---- */

/* Where the person can write self: the public form with the unit chosen, and the form on paper. */
static void fill_link(struct ctx *ctx, const struct request *req, const struct town *town, const struct unit *unit,
                      struct take_in_view *view)
{
    const struct unit *on_paper = unit->is_public ? unit : town_intake_unit(town);
    view->link = unit->is_public && !unit->is_intake ? URL_PATH(ctx->arena, "/synpunkter?unit=%", unit->code)
                                                     : URL("/synpunkter");
    view->link_text = str_fmt(ctx->arena, "%.*s%.*s%.*s", STR_ARG(request_origin(ctx, req)), STR_ARG(ctx->lang->root),
                              STR_ARG(view->link.s));
    struct url body = URL_PATH(ctx->arena, "/?subject=%&body=%", msg_text(ctx->lang, MSG_form_title), view->link_text);
    view->link_mail = url_foreign(str_fmt(ctx->arena, "mailto:%.*s", STR_ARG(str_skip(body.s, 1))));
    if (on_paper)
        view->paper = URL_PATH(ctx->arena, "/blankett/%?sprak=%",
                               str_fmt(ctx->arena, "%.*s.pdf", STR_ARG(on_paper->code)), ctx->lang->code);
}

enum err take_in_show(struct ctx *ctx, struct request *req, struct response *res, struct take_in_form *form,
                      const struct faults_list *faults, const struct notice_view *notice,
                      const struct intake_draft *draft)
{
    struct take_in_place place;
    TRY(take_in_place(ctx, form, &place));
    struct take_in_view view = {.csrf = req->csrf, .notice = *notice};
    view.form_token = str_is_empty(form->form_token.text) ? upload_form_token(ctx) : form->form_token.text;
    TRY(take_in_fill(ctx, &place, form, faults, &view));
    if (draft) {
        view.is_begun = true;
        view.saved = when_moment(ctx->arena, ctx->lang, draft->saved, utc_to_date(ctx_now(ctx)));
    } else if (req->method != METHOD_POST) {
        TRY(take_in_fill_begun(ctx, req, &view));
    }
    fill_link(ctx, req, place.town, place.unit, &view);
    frame_fill(ctx, req, place.town, NAV_TAKE_IN, msg_text(ctx->lang, MSG_take_title), faults->n > 0, &view.frame);
    html_take_in(&res->body, ctx->lang, &view);
    if (faults->n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}

/* What became of the one before, after "take in the next" or when no case was made. */
static struct notice_view done_notice(struct ctx *ctx, const struct request *req)
{
    struct notice_view notice = {.tone = TONE_NEUTRAL};
    enum taken_as as;
    struct str number = request_query(req, STR("nr"));
    struct str what = request_query(req, STR("klart"));
    if (str_eq(what, STR("sparat")))
        return (struct notice_view){.tone = TONE_SUCCESS,
                                    .heading = msg_text(ctx->lang, MSG_take_draft_kept),
                                    .text = msg_text(ctx->lang, MSG_take_draft_kept_text)};
    if (str_eq(what, STR("kastat")))
        return (struct notice_view){.tone = TONE_SUCCESS, .heading = msg_text(ctx->lang, MSG_take_draft_gone)};
    if (!taken_as_find(what, &as))
        return notice;
    notice.tone = TONE_SUCCESS;
    notice.heading = msg_of_code(ctx->lang, MSG_PREFIX("take_done_"), taken_as_name(as));
    switch (as) {
    case TAKEN_case:
        if (!str_is_none(number)) {
            notice.text = WORDS(ctx, take_done_case_text, .number = number);
            notice.link = URL_PATH(ctx->arena, "/ta-emot/kvitto/%", number);
            notice.link_text = msg_text(ctx->lang, MSG_take_done_receipt);
        }
        break;
    case TAKEN_declined:
        notice.text = msg_text(ctx->lang, MSG_take_done_declined_text);
        break;
    case TAKEN_on_spot:
        notice.text = msg_text(ctx->lang, MSG_take_done_on_spot_text);
        break;
    case TAKEN_writes_self:
        notice.text = msg_text(ctx->lang, MSG_take_done_writes_self_text);
        break;
    case TAKEN_left_out:
        notice.text = msg_text(ctx->lang, MSG_take_done_left_out_text);
        break;
    }
    return notice;
}

enum err take_in_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct take_in_form form;
    FORM_EMPTY(&form, take_in);
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct str unit = request_query(req, STR("unit"));
    const struct unit *home = town_unit(town, worklist_home_unit(town, ctx->who));
    if (!str_is_none(unit))
        form.unit.text = unit;
    else if (home && !home->is_intake) /* most of what one hears is about where one works (S1.6) */
        form.unit.text = home->code;
    struct notice_view notice = done_notice(ctx, req);
    struct faults_list no_faults = {.n = 0};
    struct intake_draft_id id;
    if (!str_to_i64(request_query(req, STR("utkast")), &id.v))
        return take_in_show(ctx, req, res, &form, &no_faults, &notice, NULL);
    struct intake_draft draft;
    TRY(intake_draft_open(ctx, id, &draft));
    take_in_form_of_draft(&draft, &form);
    return take_in_show(ctx, req, res, &form, &no_faults, &notice, &draft);
}

/* ---- checking ---- */

static void missing(struct ctx *ctx, struct faults_list *faults, struct str field, enum msg text)
{
    fault_add(faults, field, msg_text(ctx->lang, text), msg_text(ctx->lang, text));
}

/* What the routine demands an answer to. */
static void check_asks(struct ctx *ctx, const struct routine *routine, const struct take_in_form *form,
                       struct faults_list *faults)
{
    const struct {
        enum intake_ask ask;
        bool is_answered;
        struct str field;
        enum msg text;
    } asks[] = {
        {ASK_formalised, !str_is_empty(form->formalised.text), STR("formalised"), MSG_take_formalised_missing},
        {ASK_asked_complaint, !str_is_empty(form->asked_complaint.text), STR("asked_complaint"),
         MSG_take_asked_missing},
        {ASK_write_self, !str_is_empty(form->write_self.text), STR("write_self"), MSG_take_write_self_missing},
        {ASK_informed, form->informed.on, STR("informed"), MSG_take_informed_missing},
        {ASK_read_back, form->read_back.on, STR("read_back"), MSG_take_read_back_missing},
        {ASK_promise, !str_is_empty(form->promise.text), STR("promise"), MSG_take_promise_missing},
        {ASK_submitter_role, !str_is_empty(form->role.text) && !str_eq(form->role.text, STR("unknown")), STR("role"),
         MSG_take_role_missing},
        {ASK_on_behalf, !str_is_empty(form->on_behalf.text), STR("on_behalf"), MSG_take_behalf_missing},
        {ASK_language, !str_is_empty(form->spoken.text), STR("spoken"), MSG_take_language_missing},
    };
    for (size_t i = 0; i < ARRAY_LEN(asks); i++)
        if (routine->intake.must & 1u << asks[i].ask && !asks[i].is_answered)
            missing(ctx, faults, asks[i].field, asks[i].text);
}

static void check_reply(struct ctx *ctx, const struct take_in_form *form, struct faults_list *faults)
{
    const struct {
        struct str way;
        const struct form_value *value;
        struct str field;
        enum msg brief, text;
    } needs[] = {
        {STR("phone"), &form->phone, STR("phone"), MSG_form_phone_wrong_short, MSG_form_phone_wrong},
        {STR("email"), &form->email, STR("email"), MSG_form_email_wrong_short, MSG_form_email_wrong},
        {STR("letter"), &form->address, STR("address"), MSG_form_address_missing_short, MSG_form_address_missing},
        {STR("sms"), &form->sms, STR("sms"), MSG_form_phone_wrong_short, MSG_form_phone_wrong},
        {STR("meeting"), &form->meeting, STR("meeting"), MSG_form_phone_wrong_short, MSG_form_phone_wrong},
    };
    if (!take_in_code_known(LIST_ways, form->reply.text))
        missing(ctx, faults, STR("reply"), MSG_take_reply_missing);
    for (size_t i = 0; i < ARRAY_LEN(needs); i++)
        if (str_eq(form->reply.text, needs[i].way) && (needs[i].value->fault || str_is_empty(needs[i].value->text)))
            fault_add(faults, needs[i].field, msg_text(ctx->lang, needs[i].brief), msg_text(ctx->lang, needs[i].text));
    fault_add_common(ctx, faults, STR("name"), &form->name, MSG_form_name, MSG_form_name);
    fault_add_common(ctx, faults, STR("call_time"), &form->call_time, MSG_take_call_time, MSG_take_call_time);
}

static void check_spot(struct ctx *ctx, const struct take_in_form *form, bool is_case, struct faults_list *faults)
{
    if (!str_eq(form->spot.text, STR("yes")))
        return;
    fault_add_common(ctx, faults, STR("done"), &form->done, MSG_take_done, MSG_take_done);
    if (is_case && str_is_empty(form->done.text))
        missing(ctx, faults, STR("done"), MSG_take_done_missing);
    if (!str_eq(form->satisfied.text, STR("yes")) && !str_eq(form->satisfied.text, STR("no")))
        missing(ctx, faults, STR("satisfied"), MSG_take_satisfied_missing);
}

static void check_promise(struct ctx *ctx, const struct take_in_form *form, struct faults_list *faults)
{
    fault_add_common(ctx, faults, STR("promise"), &form->promise, MSG_take_promise_what, MSG_take_promise_what);
    if (str_is_empty(form->promise_by.text))
        return;
    if (form->promise_by.fault || form->promise_by.date.days < utc_to_date(ctx_now(ctx)).days)
        missing(ctx, faults, STR("promise_by"), MSG_take_promise_by_wrong);
}

/* In the order of the page, so that the summary's links run downwards. */
static void check(struct ctx *ctx, const struct take_in_place *place, const struct take_in_form *form,
                  const struct taking *taking, struct faults_list *faults)
{
    enum taken_as as = take_in_as(place->routine, taking);
    bool is_case = as == TAKEN_case;
    if (!take_in_code_known(LIST_channels, form->channel.text))
        missing(ctx, faults, STR("channel"), MSG_take_channel_missing);
    bool is_written = arrival_is_written(form->channel.text);
    channel_check(ctx, form, is_written && place->is_said_wrong, faults);
    if (!is_written && place->is_said_wrong)
        missing(ctx, faults, STR("said_on"), MSG_take_said_wrong);
    if (place->is_too_old)
        missing(ctx, faults, STR("said_on"), MSG_take_said_too_old);
    if (is_case && str_is_empty(form->story.text) && form->story.fault == FAULT_NONE)
        missing(ctx, faults, STR("story"), MSG_take_story_missing);
    fault_add_common(ctx, faults, STR("story"), &form->story, MSG_take_story, MSG_take_story);
    if (str_eq(form->formalised.text, STR("no")) && taking->submission.n_files > 0)
        missing(ctx, faults, STR("formalised"), MSG_take_formalised_written);
    if (as == TAKEN_declined)
        return;
    if (!is_written) /* nobody is there to be asked */
        check_asks(ctx, place->routine, form, faults);
    check_spot(ctx, form, is_case, faults);
    if (!is_case)
        return;
    check_promise(ctx, form, faults);
    bool is_answered = taking->is_tried && taking->is_satisfied;
    if (!is_answered || !str_is_empty(form->reply.text))
        check_reply(ctx, form, faults);
}

/* ---- sending ---- */

static struct contact contact_of(const struct take_in_form *form)
{
    struct str way = form->reply.text;
    bool by_email = str_eq(form->channel.text, STR("email")), by_sms = str_eq(form->channel.text, STR("sms"));
    struct str phone = str_eq(way, STR("phone"))     ? form->phone.text
                       : str_eq(way, STR("sms"))     ? form->sms.text
                       : str_eq(way, STR("meeting")) ? form->meeting.text
                       : by_sms                      ? form->from_phone.text
                                                     : STR("");
    return (struct contact){
        .name = form->name.text,
        .phone = phone,
        .email = str_eq(way, STR("email")) ? form->email.text
                 : by_email                ? form->from_email.text
                                           : STR(""),
        .address = str_eq(way, STR("letter")) ? form->address.text : STR(""),
        .call_time = str_eq(way, STR("phone")) ? form->call_time.text : STR(""),
    };
}

static struct str known_or(struct str code, bool is_known, struct str otherwise)
{
    return is_known ? code : otherwise;
}

static struct taking taking_of(const struct take_in_place *place, const struct take_in_form *form, size_t n_files,
                               const struct attached *files)
{
    bool is_written = arrival_is_written(form->channel.text);
    bool is_spot = str_eq(form->spot.text, STR("yes")) && !is_written;
    bool has_promise = take_in_asks(place->routine, ASK_promise) && !str_is_empty(form->promise.text);
    struct taking t = {
        .formalised = take_in_asks(place->routine, ASK_formalised) ? form->formalised.text : STR(""),
        .asked_complaint = take_in_asks(place->routine, ASK_asked_complaint) ? form->asked_complaint.text : STR(""),
        .write_self = take_in_asks(place->routine, ASK_write_self) ? form->write_self.text : STR(""),
        .on_behalf = known_or(form->on_behalf.text, take_in_code_known(LIST_behalfs, form->on_behalf.text), STR("")),
        .spoken = known_or(form->spoken.text, take_in_code_known(LIST_languages, form->spoken.text), STR("sv")),
        .informed = form->informed.on,
        .read_back = form->read_back.on,
        .is_tried = is_spot,
        .is_satisfied = is_spot && str_eq(form->satisfied.text, STR("yes")),
        .done = form->done.text,
        .promise = has_promise ? form->promise.text : STR_NONE,
        .promise_is_mine = !str_eq(form->promise_who.text, STR("unit")),
        .promise_by = str_is_empty(form->promise_by.text) ? DATE_NONE : form->promise_by.date,
        .has_arrival = channel_has_arrival(form),
        .arrival = channel_arrival(form, place->said),
        .is_doubtful = form->doubtful.on && is_written,
    };
    enum feedback_type type;
    t.submission = (struct submission){
        .type = known_or(form->type.text, feedback_type_find(form->type.text, &type), STR("unknown")),
        .story = form->story.text,
        .unit = place->unit->is_intake ? (struct unit_id){0} : place->unit->id,
        .reply_preference = str_is_empty(form->reply.text) ? STR("none") : form->reply.text,
        .contact = contact_of(form),
        .channel = form->channel.text,
        .language = str_eq(t.spoken, STR("en")) ? STR("en") : STR("sv"),
        .subject = case_subject_known(form->subject.text) ? form->subject.text : STR_NONE,
        .submitter_role = known_or(form->role.text, take_in_code_known(LIST_roles, form->role.text), STR("unknown")),
        .received = place->said,
        .form_token = form->form_token.text,
        .n_files = n_files,
        .files = files,
    };
    if (str_eq(t.asked_complaint, STR("yes")) && str_eq(t.submission.type, STR("unknown")))
        t.submission.type = STR("complaint");
    return t;
}

static void go_on(struct ctx *ctx, const struct request *req, struct response *res, const struct take_in_form *form,
                  const struct taken *taken)
{
    if (taken->as == TAKEN_case && str_is_empty(form->then.text))
        response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/ta-emot/kvitto/%", taken->receipt.number));
    else if (taken->as == TAKEN_case)
        response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/ta-emot?klart=case&nr=%", taken->receipt.number));
    else
        response_redirect(ctx, req, res, URL_PATH(ctx->arena, "/ta-emot?klart=%", taken_as_name(taken->as)));
}

enum err take_in_submit(struct ctx *ctx, struct request *req, struct response *res)
{
    struct take_in_form form;
    size_t n_faults;
    TRY(FORM_READ(ctx, req, take_in, &form, &n_faults));
    struct notice_view no_notice = {.tone = TONE_NEUTRAL};
    struct faults_list faults = {.n = 0};
    if (str_is_empty(form.form_token.text) || form.form_token.fault)
        form.form_token.text = upload_form_token(ctx);
    if (!str_is_empty(form.recount.text))
        return take_in_show(ctx, req, res, &form, &faults, &no_notice, NULL);
    struct attached *files;
    size_t n_files;
    struct faults_list file_faults = {.n = 0};
    TRY(upload_collect(ctx, form.form_token.text, &form.files, &form.kept, &file_faults, &files, &n_files));
    struct take_in_place place;
    TRY(take_in_place(ctx, &form, &place));
    channel_complete(ctx, &form, n_files, files);
    struct taking taking = taking_of(&place, &form, n_files, files);
    check(ctx, &place, &form, &taking, &faults);
    for (size_t i = 0; i < file_faults.n; i++)
        fault_add(&faults, file_faults.v[i].field, file_faults.v[i].brief, file_faults.v[i].text);
    if (faults.n) {
        TRY(attach_keep(ctx, form.form_token.text, n_files, files));
        return take_in_show(ctx, req, res, &form, &faults, &no_notice, NULL);
    }
    struct taken taken;
    enum err err = take_in(ctx, &taking, &taken);
    if (err == ERR_CONFLICT) /* the same form on two connections at once: now the other one's case is there */
        err = take_in(ctx, &taking, &taken);
    TRY(err);
    go_on(ctx, req, res, &form, &taken);
    return OK;
}

/* ---- the receipt ---- */

enum { CODE_SHOWN_MINUTES = 60 };

static enum err show_receipt(struct ctx *ctx, struct request *req, struct response *res,
                             const struct taken_in_receipt_row *mine)
{
    struct open_case c;
    TRY(case_read(ctx, req->params[0], &c));
    struct receipt receipt;
    TRY(intake_receipt(ctx, mine->id, &receipt));
    struct promise *promises;
    size_t n;
    TRY(case_promises(ctx, &c, &promises, &n));
    struct utc_us now = ctx_now(ctx);
    struct promise_reader reader = {
        .routine = c.routine, .local = &town_days(c.town, c.row.unit)->local, .today = utc_to_date(now)};
    bool is_fresh = utc_cmp(utc_add(mine->entered, CODE_SHOWN_MINUTES * MINUTE_US), now) > 0;
    struct take_in_receipt_view view = {
        .number = receipt.number,
        .code = is_fresh ? receipt.code : STR_NONE,
        .unit = c.unit->name,
        .follow_address =
            str_fmt(ctx->arena, "%.*s%.*s/folj", STR_ARG(request_origin(ctx, req)), STR_ARG(ctx->lang->root)),
        .is_praise = str_eq(receipt.type, STR("praise")),
        .promises = promise_views(ctx, &reader, promises, n),
        .case_url = URL_PATH(ctx->arena, "/arende/%", receipt.number),
        .call = c.town->phone,
    };
    frame_fill(ctx, req, c.town, NAV_TAKE_IN, msg_text(ctx->lang, MSG_take_receipt_page), /* has_fault= */ false,
               &view.frame);
    html_take_in_receipt(&res->body, ctx->lang, &view);
    return OK;
}

/* For whoever took it in, and with the code only while the person is still there. */
enum err take_in_receipt_page(struct ctx *ctx, struct request *req, struct response *res)
{
    struct taken_in_receipt_row mine;
    TRY(taken_in_receipt(ctx, req->params[0], ctx->who, &mine));
    return show_receipt(ctx, req, res, &mine);
}
