/* What: empties the outbox: one mail after the other, each leased, composed, handed to the mail server, and settled.
 *
 *   queued --claim--> leased --sent--> sent          (deliver_sent: journal)
 *                       |---- refused --> failed     (deliver_failed: the promise counts as not kept)
 *                       |---- could not --> queued   (due later: retry_after_us; after the last: failed)
 *                       |---- another way was chosen meanwhile --> given_up
 *
 * Invariants: (1) a mail is sent at least once: if the process dies, or the store fails, between the mail server's yes
 * and deliver_sent, the lease ends and the mail goes again - with the same Message-ID, by which programs recognise it;
 * (2) a case marked secret gets a mail that says no more than that there is news; the mark is read when the mail is
 * sent, not when it was queued; (3) no address and no word of a person is in outbox.last_error, in the journal or in a
 * log; (4) a fault of ours (no server, wrong password, damaged words) never says that the person's address is wrong.
 * Source: design.md 3.8; docs/decisions/0006; ux/README 6. */
#include "outbox_job.h"
#include "case_letter.h"
#include "case_promise.h"
#include "deliver.h"
#include "document.h"
#include "email_address.h"
#include "exit_sql.h"
#include "job.h"
#include "mail_letter.h"
#include "outbox_job_sql.h"
#include "promise_words.h"
#include "site.h"
#include "smtp.h"
#include "survey.h"

#include "date_words.h"
#include "db.h"

enum { BATCH_MAX = 20, QUESTION_MAX_BYTES = 8 * 1024 };

/* Waiting before the 2nd, 3rd ... attempt: about 25 hours in all, so that a night and a morning without mail server
 * pass. */
static const int64_t waits_us[] = {1 * MINUTE_US, 5 * MINUTE_US, 15 * MINUTE_US, 1 * HOUR_US,
                                   4 * HOUR_US,   8 * HOUR_US,   12 * HOUR_US};

int64_t outbox_wait_us(int64_t attempts)
{
    assert(attempts >= 1);
    return attempts <= (int64_t)ARRAY_LEN(waits_us) ? waits_us[attempts - 1] : 0;
}

struct str outbox_message_id(struct ctx *ctx, const struct job_place *place, const char *series, int64_t id,
                             struct utc_us created, struct str sender)
{
    ptrdiff_t at = str_find_char(sender, '@');
    return str_fmt(ctx->arena, "gava.%.*s.%s%lld.%llx%.*s", STR_ARG(place->municipality->slug), series, (long long)id,
                   (unsigned long long)created.v, STR_ARG(str_skip(sender, (size_t)(at < 0 ? 0 : at))));
}

/* ---- what the mail says ---- */

static enum mail_kind kind_of(const struct outbox_get_row *row, const struct open_case *c)
{
    if (c->row.secret)
        return MAIL_NEWS;
    if (str_eq(row->kind, STR("acknowledgement")))
        return MAIL_ACKNOWLEDGEMENT;
    if (str_eq(row->kind, STR("reply")))
        return MAIL_REPLY;
    static const struct str messages[] = {STR_INIT("message"),    STR_INIT("handover"), STR_INIT("follow_up"),
                                          STR_INIT("no_further"), STR_INIT("survey"),   STR_INIT("delay_notice")};
    for (size_t i = 0; i < ARRAY_LEN(messages); i++)
        if (str_eq(row->kind, messages[i]))
            return MAIL_MESSAGE;
    return MAIL_NEWS;
}

/* The promises a person is shown, with their last day when it is known already. */
static enum err promises_of(struct ctx *ctx, const struct lang *lang, const struct open_case *c,
                            struct mail_promise **ret, size_t *ret_n)
{
    struct promise *all;
    size_t n;
    TRY(case_promises(ctx, c, &all, &n));
    struct mail_promise *shown = ARENA_ARRAY(ctx->arena, struct mail_promise, n);
    struct date today = utc_to_date(ctx_now(ctx));
    *ret_n = 0;
    for (size_t i = 0; i < n; i++) {
        const struct obligation *o = all[i].obligation;
        bool is_ahead = all[i].state == PROMISE_running || all[i].state == PROMISE_not_started;
        if (!o->is_public || !is_ahead)
            continue;
        shown[(*ret_n)++] = (struct mail_promise){
            .text = obligation_promise(lang, o),
            .by = utc_is_none(all[i].due) ? (struct when_text){STR_NONE, STR_NONE}
                                          : when_day(ctx->arena, lang, utc_to_date(all[i].due), today)};
    }
    *ret = shown;
    return OK;
}

/* The promises stand below the letter unless it says them itself. */
static enum err acknowledgement(struct ctx *ctx, const struct lang *lang, const struct open_case *c,
                                struct mail_letter *letter)
{
    struct mail_promise *promises;
    struct case_letter own;
    TRY(promises_of(ctx, lang, c, &promises, &letter->n_promises));
    TRY(case_letter(ctx, lang, c, LETTER_acknowledgement, &(struct letter_fill){.text = STR_NONE}, letter->follow,
                    &own));
    letter->promises = promises;
    letter->subject = own.subject;
    letter->words = own.body;
    if (own.has_promises)
        letter->n_promises = 0;
    if (own.has_follow)
        letter->follow.s = STR_NONE;
    if (own.has_phone)
        letter->phone = STR_NONE;
    return OK;
}

/* The question after closing, with its link. *ret_open false: it is over, the case is open again. */
static enum err question(struct ctx *ctx, const struct job_place *place, const struct lang *lang,
                         const struct open_case *c, struct mail_letter *letter, bool *ret_open)
{
    struct survey survey;
    TRY(survey_of_case(ctx, c, &survey));
    *ret_open = survey.state == SURVEY_open;
    if (!*ret_open || letter->kind == MAIL_NEWS)
        return OK;
    struct out out = out_init(ctx->arena, QUESTION_MAX_BYTES);
    struct str own = c->routine->survey.question;
    struct date today = utc_to_date(ctx_now(ctx));
    text_msg_mail_survey(&out, lang,
                         (struct msg_mail_survey){
                             .number = c->row.number,
                             .question = str_is_empty(own) ? msg_text(lang, MSG_survey_question) : own,
                             .when = when_day(ctx->arena, lang, utc_to_date(survey.open_until), today),
                         });
    letter->words = out_take(&out);
    letter->action_text = msg_text(lang, MSG_mail_survey_link);
    letter->action =
        url_foreign(str_fmt(ctx->arena, "%.*s/omdome/%.*s",
                            STR_ARG(site_address(ctx, place->server, place->municipality)), STR_ARG(survey.token)));
    letter->subject = msg_text(lang, MSG_mail_survey_subject);
    return OK;
}

static enum err words_of(struct ctx *ctx, const struct open_case *c, struct document_id id, struct str *ret)
{
    struct outbox_words_row row;
    TRY(outbox_words(ctx, id, c->row.id, &row));
    return document_body(ctx, c->row.id, row.body, PURPOSE_send_reply, ret);
}

/* A letter that was stored when it was written: its words are never made anew, its subject is that of its kind. What
 * the words say themselves is not said once more below them. */
static enum err stored_letter(struct ctx *ctx, const struct lang *lang, const struct open_case *c,
                              struct document_id id, struct mail_letter *letter)
{
    struct outbox_words_row row;
    enum letter_kind kind;
    TRY(words_of(ctx, c, id, &letter->words));
    TRY(outbox_words(ctx, id, c->row.id, &row));
    if (letter_kind_find(row.kind, &kind)) {
        struct case_letter own;
        TRY(case_letter(ctx, lang, c, kind, &(struct letter_fill){.text = STR_NONE}, letter->follow, &own));
        letter->subject = own.subject;
    }
    if (str_find(letter->words, letter->follow.s) >= 0)
        letter->follow.s = STR_NONE;
    if (!str_is_empty(letter->phone) && str_find(letter->words, letter->phone) >= 0)
        letter->phone = STR_NONE;
    return OK;
}

/* Everything one mail needs. */
struct parcel {
    struct str to, bytes;
    bool another_way; /* the person is no longer reached by mail */
};

/* To a body outside, as it stood when the case was handed on: what staff looked at before, and nothing of the person.
 */
static enum err compose_outside(struct ctx *ctx, const struct job_place *place, struct str sender,
                                const struct outbox_get_row *row, struct parcel *ret)
{
    struct open_case c;
    TRY(case_open_by_id(ctx, row->case_id, &c));
    struct exit_mail_row body;
    TRY(exit_mail(ctx, row->case_id, &body));
    const struct lang *lang = lang_find(STR("sv"));
    struct mail_letter letter = {
        .kind = MAIL_MESSAGE,
        .municipality = c.town->name,
        .phone = c.town->phone,
        .number = c.row.number,
        .follow = {.s = STR_NONE},
        .subject = msg_text(lang, MSG_exit_mail_subject),
    };
    TRY(words_of(ctx, &c, row->document, &letter.words));
    const struct settings *settings = &place->server->settings;
    struct mail mail = {
        .from = {str_is_empty(settings->mail_from_name) ? c.town->name : settings->mail_from_name, sender},
        .to = {body.name, body.email},
        .message_id = outbox_message_id(ctx, place, "", row->id.v, row->created, sender),
        .date = ctx_now(ctx),
    };
    mail_letter_write(ctx, lang, &letter, &mail);
    ret->to = body.email;
    return message_compose(ctx, &mail, &ret->bytes);
}

static enum err compose(struct ctx *ctx, const struct job_place *place, struct str sender,
                        const struct outbox_get_row *row, struct parcel *ret)
{
    if (str_eq(row->kind, STR("handed_on")))
        return compose_outside(ctx, place, sender, row, ret);
    struct open_case c;
    TRY(case_open_by_id(ctx, row->case_id, &c));
    ret->another_way = !str_eq(c.row.reply_preference, STR("email"));
    if (ret->another_way)
        return OK;
    const struct lang *lang = case_language(&c);
    struct contact contact;
    TRY(vault_contact_get(ctx, c.row.id, PURPOSE_send_reply, &contact));
    struct mail_letter letter = {
        .kind = kind_of(row, &c),
        .municipality = c.town->name,
        .phone = c.town->phone,
        .number = c.row.number,
        .follow = follow_address(ctx, place->server, place->municipality),
    };
    bool is_open = true;
    if (str_eq(row->kind, STR("survey")))
        TRY(question(ctx, place, lang, &c, &letter, &is_open));
    ret->another_way = !is_open;
    if (!is_open)
        return OK;
    if (letter.kind == MAIL_ACKNOWLEDGEMENT)
        TRY(acknowledgement(ctx, lang, &c, &letter));
    else if (letter.kind != MAIL_NEWS && row->document.v)
        TRY(stored_letter(ctx, lang, &c, row->document, &letter));
    const struct settings *settings = &place->server->settings;
    struct mail mail = {
        .from = {str_is_empty(settings->mail_from_name) ? c.town->name : settings->mail_from_name, sender},
        .to = {contact.name, contact.email},
        .message_id = outbox_message_id(ctx, place, "", row->id.v, row->created, sender),
        .date = ctx_now(ctx),
    };
    mail_letter_write(ctx, lang, &letter, &mail);
    ret->to = contact.email;
    return message_compose(ctx, &mail, &ret->bytes);
}

/* In one transaction: the words are read as they belong together, and the reading is written down before they leave. */
static enum err prepare(struct ctx *ctx, const struct job_place *place, struct str sender,
                        const struct outbox_get_row *row, struct parcel *ret)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(compose(ctx, place, sender, row, ret));
    return tx_commit(&tx);
}

/* ---- how it ended ---- */

struct str outbox_error_code(struct ctx *ctx, enum err err)
{
    if (err == ERR_REFUSED || err == ERR_PEER)
        return smtp_status_code(ctx->error.detail);
    return err_name(err);
}

bool outbox_is_final(enum err err)
{
    return err == ERR_REFUSED || err == ERR_INVALID || err == ERR_NOT_FOUND || err == ERR_TOO_LARGE;
}

static enum err settle_failure(struct ctx *ctx, const struct outbox_get_row *row, enum err err)
{
    struct str code = outbox_error_code(ctx, err);
    int64_t wait_us = outbox_wait_us(row->attempts);
    if (outbox_is_final(err) || wait_us == 0)
        return deliver_failed(ctx, row->id, code);
    return outbox_put_off(ctx, row->id, utc_add(ctx_now(ctx), wait_us), code);
}

bool outbox_is_everybodys(enum err err, const struct error *failure)
{
    return err == ERR_PEER && str_eq(smtp_status_code(failure->detail), STR("no answer"));
}

/* One row that is ours. An error means that the batch should end: the mail server, the store or the settings fail. */
static enum err send_row(struct ctx *ctx, const struct job_place *place, struct smtp *link, struct str sender,
                         struct outbox_id id)
{
    struct outbox_get_row row;
    TRY(outbox_get(ctx, id, &row));
    struct parcel parcel = {.to = STR_NONE};
    enum err err = prepare(ctx, place, sender, &row, &parcel);
    if (err == ERR_BUSY)
        return err; /* nothing was tried: the lease ends by itself */
    if (err == OK && parcel.another_way)
        return outbox_settle(ctx, id, STR("given_up"), UTC_NONE, STR_NONE);
    if (err == OK)
        err = smtp_send(ctx, link, sender, parcel.to, parcel.bytes);
    if (err == OK)
        return deliver_sent(ctx, id);
    struct error failure = ctx->error;
    TRY(settle_failure(ctx, &row, err));
    ctx->error = failure;
    return outbox_is_everybodys(err, &failure) ? err : OK;
}

static enum err find_next(struct ctx *ctx, struct outbox_id *ret)
{
    struct outbox_next_row row = {{0}};
    enum err err = outbox_next(ctx, ctx_now(ctx), job_real_now(), &row);
    *ret = row.id;
    return err == ERR_NOT_FOUND ? OK : err;
}

static enum err claim(struct ctx *ctx, struct outbox_id id, bool *ret_ours)
{
    struct utc_us real = job_real_now();
    int64_t changed;
    TRY(outbox_claim(ctx, id, real, utc_add(real, OUTBOX_LEASE_S * SECOND_US), &changed));
    *ret_ours = changed == 1;
    return OK;
}

enum err outbox_open_link(struct ctx *ctx, const struct settings *settings, struct str *ret_sender,
                          struct smtp **ret_link)
{
    if (!email_address_parse(ctx->arena, settings->mail_from, ret_sender))
        return fail(ctx, ERR_SETTING, "cannot send mail: the setting mail_from is no e-mail address");
    struct smtp_settings smtp = {.url = settings->smtp_url,
                                 .user = settings->smtp_user,
                                 .password_file = settings->smtp_password_file,
                                 .ca_file = settings->smtp_ca_file};
    if (!smtp_tls_parse(settings->smtp_tls, &smtp.tls))
        return fail(ctx, ERR_SETTING, "cannot use smtp_tls \"%.*s\": required, optional or none",
                    STR_ARG(settings->smtp_tls));
    return smtp_open(ctx, &smtp, ret_link);
}

enum err outbox_job(struct ctx *ctx, const struct job_place *place, bool *ret_more)
{
    const struct settings *settings = &place->server->settings;
    if (str_is_empty(settings->smtp_url))
        return OK; /* no mail server yet: everything waits */
    struct smtp *link = NULL;
    struct str sender = STR_NONE;
    for (int i = 0; i < BATCH_MAX && !job_is_told_to_stop(place); i++) {
        struct outbox_id id;
        bool ours;
        TRY(find_next(ctx, &id));
        if (id.v == 0)
            return OK;
        if (link == NULL) /* before anything is claimed: wrong settings use up no attempt */
            TRY(outbox_open_link(ctx, settings, &sender, &link));
        TRY(claim(ctx, id, &ours));
        if (ours)
            TRY(send_row(ctx, place, link, sender, id));
    }
    *ret_more = true;
    return OK;
}
