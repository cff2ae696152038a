/* What: sends the mails to staff: each leased, written, handed to the mail server, settled; as outbox_job.c does with
 * the mails to those who wrote, and over the same mail server.
 *
 *   queued --claim--> leased --sent--> sent
 *                       |---- refused, or tried for a day --> failed   (the watchdog tells)
 *                       |---- could not --> queued                     (due later: outbox_wait_us)
 *                       |---- nothing to tell any more, the person has left --> passed
 *
 * Invariants: (1) what the mail says is read when it is sent: a case closed meanwhile makes no mail; (2) of a case it
 * holds number, next step, date and address; of a restricted one nothing; (3) no address is in last_error or in a log.
 * Source: design.md 3.8, 3.10. */
#include "staff_notice.h"

#include "date_words.h"
#include "db.h"
#include "job.h"
#include "message.h"
#include "outbox_job.h"
#include "promise_words.h"
#include "remind.h"
#include "site.h"
#include "smtp.h"
#include "staff_notice_sql.h"
#include "town.h"

enum { BATCH_MAX = 20, NOTICE_TEXT_MAX = 256 * 1024 };

enum place { PLACE_OF_CASE, PLACE_OF_LIST, PLACE_OF_WATCH };

static enum place place_of(enum notice_kind kind)
{
    static const enum place places[] = {
#define NOTICE(code, place, text) [NOTICE_##code] = PLACE_OF_##place,
#include "notices.def"
#undef NOTICE
    };
    return places[kind];
}

/* What one mail is made of. */
struct notice {
    enum notice_kind kind;
    const struct lang *lang;
    struct staff_notice_get_row row;
    struct staff_notice_case_row about; /* .number none: about several things, or restricted */
    bool is_hidden;
    struct str site;
    struct str lines; /* a digest's */
};

/* ---- what it says ---- */

static struct str what_is_it(struct ctx *ctx, const struct notice *notice)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 1024);
    if (notice->kind == NOTICE_reminder_digest)
        text_msg_notice_subject_reminder_digest(&out, notice->lang,
                                                (struct msg_notice_subject_reminder_digest){.n = notice->row.n});
    else if (notice->kind == NOTICE_watch_alarm)
        text_msg_notice_subject_watch_alarm(&out, notice->lang,
                                            (struct msg_notice_subject_watch_alarm){.n = notice->row.n});
    else
        out_str(&out, msg_of_code(notice->lang, MSG_PREFIX("notice_subject_"), notice_kind_code(notice->kind)));
    return out_take(&out);
}

static struct str subject_of(struct ctx *ctx, const struct notice *notice)
{
    struct str what = what_is_it(ctx, notice);
    struct out out = out_init(ctx->arena, /* max_bytes= */ 1024);
    if (notice->is_hidden)
        text_msg_notice_subject_hidden(&out, notice->lang, (struct msg_notice_subject_hidden){.what = what});
    else if (!str_is_empty(notice->about.number))
        text_msg_notice_subject(&out, notice->lang,
                                (struct msg_notice_subject){.what = what, .number = notice->about.number});
    else
        return what;
    return out_take(&out);
}

/* "Nästa steg: Svara. Senast fredag 8 januari." */
static enum err put_next_step(struct ctx *ctx, const struct notice *notice, struct out *out)
{
    if (str_is_none(notice->about.next_promise))
        return OK;
    const struct town *town;
    const struct routine *routine;
    TRY(town_get(ctx, &town));
    TRY(town_routine(ctx, notice->about.routine, &routine));
    const struct obligation *o = routine_obligation(routine, notice->about.next_promise);
    if (o == NULL)
        return OK;
    struct str what = obligation_name(notice->lang, o);
    struct date today = utc_to_date(ctx_now(ctx));
    if (notice->about.next_due.v == INT64_MAX)
        text_msg_notice_next(out, notice->lang, (struct msg_notice_next){.what = what});
    else
        text_msg_notice_next_by(
            out, notice->lang,
            (struct msg_notice_next_by){
                .what = what, .when = when_day(ctx->arena, notice->lang, utc_to_date(notice->about.next_due), today)});
    out_char(out, '\n');
    return OK;
}

static void put_link(struct ctx *ctx, const struct notice *notice, struct out *out)
{
    bool to_case = !str_is_empty(notice->about.number) && place_of(notice->kind) == PLACE_OF_CASE;
    enum msg words = to_case                                    ? MSG_notice_open_case
                     : place_of(notice->kind) == PLACE_OF_WATCH ? MSG_notice_open_watch
                                                                : MSG_notice_open_list;
    struct url path = to_case ? URL_PATH(ctx->arena, "/arende/%", notice->about.number)
                      : place_of(notice->kind) == PLACE_OF_WATCH ? URL("/bevakning")
                                                                 : URL("/att-gora");
    out_str(out, msg_text(notice->lang, words));
    out_char(out, '\n');
    out_str(out, notice->site);
    out_str(out, path.s);
    out_char(out, '\n');
}

static enum err text_of(struct ctx *ctx, const struct notice *notice, struct str *ret)
{
    struct out out = out_init(ctx->arena, NOTICE_TEXT_MAX);
    text_msg_notice_hello(&out, notice->lang, (struct msg_notice_hello){.name = notice->row.name});
    out_lit(&out, "\n\n");
    out_str(&out, msg_of_code(notice->lang, MSG_PREFIX("notice_text_"), notice_kind_code(notice->kind)));
    out_lit(&out, "\n\n");
    if (notice->is_hidden) {
        out_str(&out, msg_text(notice->lang, MSG_notice_case_hidden));
        out_lit(&out, "\n\n");
    } else if (notice->kind == NOTICE_reminder_digest) {
        out_str(&out, notice->lines);
        out_char(&out, '\n');
    } else if (!str_is_empty(notice->about.number)) {
        text_msg_notice_case(&out, notice->lang, (struct msg_notice_case){.number = notice->about.number});
        out_char(&out, '\n');
        if (place_of(notice->kind) == PLACE_OF_CASE) /* who is sent to the own list may not know the case */
            TRY(put_next_step(ctx, notice, &out));
        out_char(&out, '\n');
    }
    put_link(ctx, notice, &out);
    const struct town *town;
    TRY(town_get(ctx, &town));
    out_lit(&out, "\n-- \n");
    out_str(&out, town->name);
    out_char(&out, '\n');
    out_str(&out, msg_text(notice->lang, MSG_notice_foot));
    out_char(&out, '\n');
    *ret = out_take(&out);
    return OK;
}

/* ---- sending ---- */

static enum err look_up_digest(struct ctx *ctx, struct notice *notice, bool *ret_is_passed)
{
    struct out out = out_init(ctx->arena, NOTICE_TEXT_MAX);
    TRY(remind_digest_text(ctx, notice->lang, notice->site, notice->row.id, &out, &notice->row.n));
    *ret_is_passed |= notice->row.n == 0;
    notice->lines = out_take(&out);
    return OK;
}

/* ret_is_passed: there is nothing to tell any more. */
static enum err look_up(struct ctx *ctx, struct notice_id id, struct notice *ret, bool *ret_is_passed)
{
    TRY(staff_notice_get(ctx, id, &ret->row));
    if (!notice_kind_find(ret->row.kind, &ret->kind))
        return fail(ctx, ERR_CORRUPT, "unknown kind of notice \"%.*s\"", STR_ARG(ret->row.kind));
    ret->lang = lang_find(ret->row.language);
    ret->lang = ret->lang ? ret->lang : lang_find(STR("sv"));
    *ret_is_passed = !ret->row.active || str_is_empty(ret->row.email);
    if (ret->kind == NOTICE_reminder_digest)
        return look_up_digest(ctx, ret, ret_is_passed);
    if (ret->row.case_id.v == 0)
        return OK;
    TRY(staff_notice_case(ctx, ret->row.case_id, &ret->about));
    *ret_is_passed |= !utc_is_none(ret->about.closed);
    ret->is_hidden = ret->about.restricted;
    if (ret->is_hidden)
        ret->about = (struct staff_notice_case_row){.number = STR_NONE};
    return OK;
}

static enum err compose(struct ctx *ctx, const struct job_place *place, const struct notice *notice, struct str sender,
                        struct str *ret_bytes)
{
    const struct settings *settings = &place->server->settings;
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct mail mail = {
        .from = {str_is_empty(settings->mail_from_name) ? town->name : settings->mail_from_name, sender},
        .to = {notice->row.name, notice->row.email},
        .message_id = outbox_message_id(ctx, place, "p", notice->row.id.v, notice->row.created, sender),
        .date = ctx_now(ctx),
        .origin = MAIL_AUTO_GENERATED,
        .language = notice->lang->code,
        .subject = subject_of(ctx, notice),
    };
    TRY(text_of(ctx, notice, &mail.text));
    return message_compose(ctx, &mail, ret_bytes);
}

static enum err settle_failure(struct ctx *ctx, const struct notice *notice, enum err err)
{
    struct str code = outbox_error_code(ctx, err);
    int64_t wait_us = outbox_wait_us(notice->row.attempts);
    if (outbox_is_final(err) || wait_us == 0)
        return staff_notice_settle(ctx, notice->row.id, STR("failed"), UTC_NONE, code);
    return staff_notice_put_off(ctx, notice->row.id, utc_add(ctx_now(ctx), wait_us), code);
}

/* One row that is ours. An error means that the batch should end. */
static enum err send_row(struct ctx *ctx, const struct job_place *place, struct smtp *link, struct str sender,
                         struct notice_id id)
{
    struct notice notice = {.site = site_address(ctx, place->server, place->municipality), .about.number = STR_NONE};
    bool is_passed = false;
    struct str bytes;
    TRY(look_up(ctx, id, &notice, &is_passed));
    if (is_passed)
        return staff_notice_settle(ctx, id, STR("passed"), UTC_NONE, STR_NONE);
    enum err err = compose(ctx, place, &notice, sender, &bytes);
    if (err == ERR_BUSY)
        return err; /* nothing was tried: the lease ends by itself */
    if (err == OK)
        err = smtp_send(ctx, link, sender, notice.row.email, bytes);
    if (err == OK)
        return staff_notice_settle(ctx, id, STR("sent"), ctx_now(ctx), STR_NONE);
    struct error failure = ctx->error;
    TRY(settle_failure(ctx, &notice, err));
    ctx->error = failure;
    return outbox_is_everybodys(err, &failure) ? err : OK;
}

static enum err claim(struct ctx *ctx, struct notice_id id, bool *ret_ours)
{
    struct utc_us real = job_real_now();
    int64_t changed;
    TRY(staff_notice_claim(ctx, id, real, utc_add(real, OUTBOX_LEASE_S * SECOND_US), &changed));
    *ret_ours = changed == 1;
    return OK;
}

enum err staff_notice_job(struct ctx *ctx, const struct job_place *place, bool *ret_more)
{
    const struct settings *settings = &place->server->settings;
    if (str_is_empty(settings->smtp_url))
        return OK; /* no mail server yet: everything waits */
    struct smtp *link = NULL;
    struct str sender = STR_NONE;
    for (int i = 0; i < BATCH_MAX && !job_is_told_to_stop(place); i++) {
        struct staff_notice_next_row next;
        enum err err = staff_notice_next(ctx, ctx_now(ctx), job_real_now(), &next);
        if (err == ERR_NOT_FOUND)
            return OK;
        TRY(err);
        if (link == NULL) /* before anything is claimed: wrong settings use up no attempt */
            TRY(outbox_open_link(ctx, settings, &sender, &link));
        bool ours;
        TRY(claim(ctx, next.id, &ours));
        if (ours)
            TRY(send_row(ctx, place, link, sender, next.id));
    }
    *ret_more = true;
    return OK;
}
