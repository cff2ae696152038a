#include "intake.h"

#include <sodium.h>

#include "attach_sql.h"
#include "change.h"
#include "db.h"
#include "deliver.h"
#include "document.h"
#include "hear.h"
#include "intake_sql.h"
#include "series.h"

/* 16 digits out of 8 bytes of a keyed hash: 53 bits of entropy, groups of four to read aloud. */
static struct str code_of(struct ctx *ctx, struct str hash)
{
    uint64_t number = 0;
    memcpy(&number, hash.p, sizeof number);
    number %= UINT64_C(10000000000000000);
    struct out digits = out_init(ctx->arena, CODE_DIGITS);
    out_padded(&digits, (int64_t)number, CODE_DIGITS);
    struct str all = out_take(&digits);
    struct out out = out_init(ctx->arena, CODE_DIGITS + 3);
    for (size_t i = 0; i < CODE_DIGITS; i += 4) {
        if (i)
            out_char(&out, ' ');
        out_str(&out, str_head(str_skip(all, i), 4));
    }
    return out_take(&out);
}

enum err intake_code_hash(struct ctx *ctx, struct str code, struct str *ret)
{
    struct out digits = out_init(ctx->arena, code.n + 1);
    for (size_t i = 0; i < code.n; i++)
        if (code.p[i] >= '0' && code.p[i] <= '9')
            out_char(&digits, code.p[i]);
    return vault_mac(ctx, VAULT_MAC_CODE_CHECK, out_take(&digits), ret);
}

/* A token for callers without a form: the code must come from something secret and never used before. */
static struct str own_token(struct ctx *ctx)
{
    char *bytes = arena_alloc(ctx->arena, 32);
    random_bytes(ctx->random, bytes, 32);
    return (struct str){bytes, 32};
}

static enum err check(struct ctx *ctx, const struct submission *s)
{
    if (str_is_empty(str_trim(s->story)))
        return fail(ctx, ERR_INVALID, "the story is empty");
    if (str_utf8_len(s->story) > STORY_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "the story is longer than %d characters", STORY_MAX_CHARS);
    if (s->received.v > ctx_now(ctx).v)
        return fail(ctx, ERR_INVALID, "it cannot have come in after now");
    assert(s->n_files <= ATTACH_MAX_FILES);
    return OK;
}

/* "2026-0413": the year as people there see it, and a number that has no gaps. */
static enum err next_number(struct ctx *ctx, struct utc_us entered, struct str *ret)
{
    int year = date_to_civil(utc_to_date(entered)).year;
    int64_t number;
    TRY(series_next(ctx, STR("case"), year, &number));
    *ret = str_fmt(ctx->arena, "%d-%04lld", year, (long long)number);
    return OK;
}

static enum err add_documents(struct ctx *ctx, struct case_id id, const struct submission *s, struct document_id *ret)
{
    TRY(document_add(ctx, id, /* number= */ 1,
                     &(struct new_document){.kind = "submission", .direction = "in", .body = s->story}, ret));
    for (size_t i = 0; i < s->n_files; i++) {
        struct document_id file;
        TRY(document_add(ctx, id, /* number= */ (int64_t)i + 2,
                         &(struct new_document){.kind = "attachment",
                                                .direction = "in",
                                                .body = s->files[i].body,
                                                .media_type = s->files[i].media_type,
                                                .file_name = s->files[i].name,
                                                .parent = *ret},
                         &file));
    }
    return OK;
}

static enum err add_case(struct ctx *ctx, const struct submission *s, const struct town *town, struct str token_hash,
                         struct str code_hash, struct receipt *receipt)
{
    const struct unit *unit = s->unit.v ? town_unit(town, s->unit) : town_intake_unit(town);
    if (unit == NULL)
        return fail(ctx, ERR_SETTING, "no unit takes in what has no unit");
    struct utc_us now = ctx_now(ctx);
    struct utc_us received = s->received.v ? s->received : now;
    struct routine_id routine;
    TRY(town_routine_at(ctx, town, unit->id, utc_to_date(received), &routine));
    TRY(next_number(ctx, now, &receipt->number));
    bool secret = !str_is_none(unit->secrecy_provision);
    bool contact_known = contact_is_reachable(&s->contact);
    struct case_insert_row row;
    TRY(case_insert(
        ctx,
        &(struct case_insert_in){.number = receipt->number,
                                 .unit = unit->id,
                                 .routine = routine,
                                 .type = s->type,
                                 .subject = s->subject,
                                 .channel = s->channel,
                                 .language = s->language,
                                 .submitter_role = str_is_none(s->submitter_role) ? STR("unknown") : s->submitter_role,
                                 .contact_known = contact_known,
                                 .reply_preference = s->reply_preference,
                                 .secret = secret,
                                 .secrecy_provision = unit->secrecy_provision,
                                 .secret_since = secret ? now : UTC_NONE,
                                 .received = received,
                                 .receiver = s->receiver,
                                 .entered = s->receiver.v ? now : UTC_NONE,
                                 .form_token_hash = token_hash,
                                 .code_hash = code_hash},
        &row));
    receipt->id = row.id;
    TRY(vault_case_new(ctx, row.id));
    if (!contact_is_empty(&s->contact))
        TRY(vault_contact_put(ctx, row.id, &s->contact));
    struct document_id story;
    TRY(add_documents(ctx, row.id, s, &story));
    TRY(search_pending_add(ctx, row.id));
    struct open_case c;
    TRY(case_open_by_id(ctx, row.id, &c));
    TRY(case_step(ctx, &c, STEP_receive,
                  &(struct step_note){.document = story,
                                      .fact_at = received,
                                      .data = STEP_DATA(ctx, {"channel", s->channel}, {"type", s->type})}));
    return deliver_acknowledgement(ctx, &c);
}

/* The same form came again. Changed words are not lost: they become a message in the case it made. */
static enum err again(struct ctx *ctx, const struct submission *s, struct case_id id)
{
    unsigned char sha256[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(sha256, (const unsigned char *)s->story.p, s->story.n);
    struct str hash = {(const char *)sha256, sizeof sha256};
    struct document_list_row *documents;
    size_t n;
    TRY(document_list(ctx, id, &documents, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(documents[i].sha256, hash))
            return OK;
    struct open_case c;
    TRY(case_open_by_id(ctx, id, &c));
    return hear(ctx, &c, &(struct message){.text = s->story, .n_files = s->n_files, .files = s->files});
}

/* The code stands nowhere: it is worked out from the hash of the form's token. */
static enum err code_from(struct ctx *ctx, struct str token_hash, struct str *ret)
{
    struct str source;
    TRY(vault_mac(ctx, VAULT_MAC_CODE, token_hash, &source));
    *ret = code_of(ctx, source);
    return OK;
}

enum err intake_submit(struct ctx *ctx, const struct submission *s, struct receipt *ret)
{
    TRY(check(ctx, s));
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct str token = str_is_none(s->form_token) ? own_token(ctx) : s->form_token;
    struct str token_hash, code_hash;
    TRY(vault_mac(ctx, VAULT_MAC_FORM_TOKEN, token, &token_hash));
    struct receipt receipt = {.type = s->type};
    TRY(code_from(ctx, token_hash, &receipt.code));
    TRY(intake_code_hash(ctx, receipt.code, &code_hash));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct case_by_form_token_row before;
    enum err found = case_by_form_token(ctx, token_hash, &before);
    if (found == OK) {
        receipt.id = before.id;
        receipt.number = before.number;
        receipt.was_there_already = true;
        TRY(again(ctx, s, before.id));
    } else if (found == ERR_NOT_FOUND) {
        TRY(add_case(ctx, s, town, token_hash, code_hash, &receipt));
    } else {
        return found;
    }
    if (!str_is_none(s->form_token))
        TRY(form_file_forget(ctx, token_hash));
    TRY(tx_commit(&tx));
    *ret = receipt;
    return OK;
}

enum err intake_receipt(struct ctx *ctx, struct case_id id, struct receipt *ret)
{
    struct case_receipt_row row;
    TRY(case_receipt(ctx, id, &row));
    struct receipt receipt = {.id = id, .number = row.number, .type = row.type, .was_there_already = true};
    receipt.mail_sent = row.contact_known && str_eq(row.reply_preference, STR("email"));
    TRY(code_from(ctx, row.form_token_hash, &receipt.code));
    *ret = receipt;
    return OK;
}
