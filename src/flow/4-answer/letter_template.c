#include "letter_template.h"

#include "case_letter_sql.h"
#include "db.h"
#include "journal.h"
#include "letters.h"

enum { COMPLAINTS_MAX = 50 };

bool letter_needs_text(enum letter_kind kind)
{
    return kind == LETTER_reply || kind == LETTER_first_response;
}

static void check_part(struct ctx *ctx, struct str text, bool in_subject, struct letter_complaint *all, size_t *n)
{
    struct letter_piece *pieces;
    struct letter_fault *faults;
    size_t n_pieces, n_faults;
    letter_cut(ctx, text, &pieces, &n_pieces, &faults, &n_faults);
    for (size_t i = 0; i < n_faults && *n < COMPLAINTS_MAX; i++) {
        struct str at = str_skip(text, faults[i].at);
        ptrdiff_t end = str_find(at, STR("}}")), line = str_find_char(at, '\n');
        bool is_field = str_starts(at, STR("{{")) && end > 2 && (line < 0 || end < line);
        all[(*n)++] = (struct letter_complaint){
            .in_subject = in_subject,
            .field = is_field ? str_utf8_head(str_trim(str_skip(str_head(at, (size_t)end), 2)), 40) : STR_NONE};
    }
}

static bool has_text(struct ctx *ctx, struct str body)
{
    struct letter_piece *pieces;
    struct letter_fault *faults;
    size_t n, n_faults;
    letter_cut(ctx, body, &pieces, &n, &faults, &n_faults);
    for (size_t i = 0; i < n; i++)
        if (str_is_none(pieces[i].text) && pieces[i].placeholder == PLACEHOLDER_text)
            return true;
    return false;
}

void letter_template_check(struct ctx *ctx, enum letter_kind kind, struct str subject, struct str body,
                           struct letter_complaint **ret, size_t *ret_n)
{
    *ret = ARENA_ARRAY(ctx->arena, struct letter_complaint, COMPLAINTS_MAX + 1);
    *ret_n = 0;
    check_part(ctx, subject, true, *ret, ret_n);
    check_part(ctx, body, false, *ret, ret_n);
    if (letter_needs_text(kind) && !has_text(ctx, body))
        (*ret)[(*ret_n)++] = (struct letter_complaint){.text_missing = true};
}

enum err letter_template_version(struct ctx *ctx, const struct letter_place *place, int64_t *ret)
{
    struct letter_template_newest_row row;
    enum err err = letter_template_newest(ctx, place->routine, letter_kind_code(place->kind), place->lang->code, &row);
    if (err != OK && err != ERR_NOT_FOUND)
        return err;
    *ret = err == OK ? row.version : 0;
    return OK;
}

static enum err expect_version(struct ctx *ctx, const struct letter_place *place, int64_t version)
{
    int64_t newest;
    TRY(letter_template_version(ctx, place, &newest));
    if (newest != version)
        return fail(ctx, ERR_CONFLICT, "there is a version %lld already", (long long)newest);
    return OK;
}

/* Inside the transaction: the next version and its line in the journal. */
static enum err add(struct ctx *ctx, const struct letter_place *place, int64_t version, struct str subject,
                    struct str body, bool withdrawn)
{
    struct str kind = letter_kind_code(place->kind);
    const struct letter_template_add_in in = {.routine = place->routine,
                                              .kind = kind,
                                              .language = place->lang->code,
                                              .version = version,
                                              .subject = subject,
                                              .body = body,
                                              .withdrawn = withdrawn,
                                              .now = ctx_now(ctx),
                                              .who = ctx->who};
    TRY(letter_template_add(ctx, &in));
    struct str data = STEP_DATA(ctx, {"routine", place->routine}, {"kind", kind}, {"language", place->lang->code},
                                {"version", str_fmt(ctx->arena, "%lld", (long long)version)});
    struct event_id event;
    return journal_append(ctx, (struct case_id){0},
                          withdrawn ? STR("letter_template_withdraw") : STR("letter_template_save"), data,
                          (struct document_id){0}, &event);
}

enum err letter_template_save(struct ctx *ctx, const struct letter_place *place, int64_t version, struct str subject,
                              struct str body)
{
    struct letter_complaint *complaints;
    size_t n;
    letter_template_check(ctx, place->kind, subject, body, &complaints, &n);
    if (n > 0 || str_is_empty(str_trim(subject)) || str_is_empty(str_trim(body)) ||
        str_utf8_len(subject) > TEMPLATE_SUBJECT_MAX_CHARS || str_utf8_len(body) > TEMPLATE_BODY_MAX_CHARS)
        return fail(ctx, ERR_INVALID, "the letter has %zu faults, or is empty or too long", n);
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(expect_version(ctx, place, version));
    TRY(add(ctx, place, version + 1, subject, body, /* withdrawn= */ false));
    return tx_commit(&tx);
}

enum err letter_template_withdraw(struct ctx *ctx, const struct letter_place *place, int64_t version)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(expect_version(ctx, place, version));
    struct letter_template_newest_row row;
    TRY(letter_template_newest(ctx, place->routine, letter_kind_code(place->kind), place->lang->code, &row));
    if (row.withdrawn)
        return fail(ctx, ERR_NOT_FOUND, "there is no text of one's own");
    TRY(add(ctx, place, version + 1, STR(""), STR(""), /* withdrawn= */ true));
    return tx_commit(&tx);
}
