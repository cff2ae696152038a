#include "posting.h"

#include "db.h"
#include "deliver.h"
#include "document_sql.h"
#include "letter_paper.h"
#include "msg.h"
#include "pdf.h"

struct str posting_ref_words(struct ctx *ctx, struct posting_ref ref)
{
    return str_fmt(ctx->arena, "%lld-%lld", (long long)ref.task.v, (long long)ref.document);
}

bool posting_ref_parse(struct str words, struct posting_ref *ret)
{
    struct str rest = words, task;
    return str_split(&rest, '-', &task) && str_to_i64(task, &ret->task.v) && str_to_i64(rest, &ret->document) &&
           ret->task.v > 0 && ret->document >= 0;
}

struct str posting_kind_words(const struct ctx *ctx, struct str document_kind, struct str purpose)
{
    return str_is_empty(document_kind) ? msg_of_code(ctx->lang, MSG_PREFIX("sent_"), purpose)
                                       : msg_of_code(ctx->lang, MSG_PREFIX("document_"), document_kind);
}

/* Still waiting, and with the words the page showed. ret_fits false: somebody was first, or it was written anew. */
static enum err find_letter(struct ctx *ctx, struct posting_ref ref, struct posting_get_row *ret, bool *ret_fits)
{
    *ret = (struct posting_get_row){.number = STR("")};
    enum err err = posting_get(ctx, ctx->who, ref.task, ret);
    *ret_fits = err == OK && utc_is_none(ret->done) && ret->document_number == ref.document;
    return err == ERR_NOT_FOUND ? OK : err;
}

/* ── printing ── */

static enum err compose_one(struct ctx *ctx, struct posting_ref ref, struct str number, struct out *html,
                            bool *ret_has_address)
{
    struct open_case c;
    struct document_get_row document;
    struct letter_paper_view paper;
    TRY(case_read(ctx, number, &c));
    if (!letter_may_print(&c))
        return fail(ctx, ERR_FORBIDDEN, "whoever prints a letter may open the person's address");
    TRY(document_get(ctx, c.row.id, ref.document, &document));
    TRY(letter_compose(ctx, &c, &document, &paper));
    *ret_has_address = paper.n_address > 0;
    struct str letter = letter_document(ctx, &paper);
    if (html->n + letter.n + 1 > PDF_HTML_MAX)
        return fail(ctx, ERR_TOO_LARGE, "that is too much text for one file");
    if (html->n)
        out_char(html, '\0');
    out_str(html, letter);
    return OK;
}

enum err posting_print(struct ctx *ctx, const struct posting_ref *refs, size_t n, struct posting_batch *ret)
{
    if (n > POSTING_AT_ONCE)
        return fail(ctx, ERR_TOO_LARGE, "at most %d letters are printed at once", POSTING_AT_ONCE);
    struct out html = out_init(ctx->arena, PDF_HTML_MAX);
    *ret = (struct posting_batch){.html = STR(""), .refusals = ARENA_ARRAY(ctx->arena, struct posting_refusal, n)};
    for (size_t i = 0; i < n; i++) {
        struct posting_get_row row;
        bool fits, has_address = false;
        TRY(find_letter(ctx, refs[i], &row, &fits));
        if (fits)
            TRY(compose_one(ctx, refs[i], row.number, &html, &has_address));
        if (!fits || !has_address)
            ret->refusals[ret->n_refusals++] = (struct posting_refusal){.number = row.number, .no_address = fits};
    }
    if (ret->n_refusals == 0)
        ret->html = out_take(&html);
    return OK;
}

enum err posting_set_printed(struct ctx *ctx, const struct posting_ref *refs, size_t n)
{
    bool before = db_read_only(ctx, false); /* the request that fetches the file writes this down */
    enum err err = OK;
    for (size_t i = 0; i < n && err == OK; i++)
        err = posting_printed(ctx, refs[i].task, ctx->who, ctx_now(ctx));
    db_read_only(ctx, before);
    return err;
}

/* ── posted ── */

/* Which of them were written after the day; none is marked then. */
static enum err count_before(struct ctx *ctx, const struct posting_ref *refs, size_t n, struct date day, size_t *ret)
{
    *ret = 0;
    for (size_t i = 0; i < n; i++) {
        struct posting_get_row row;
        struct utc_us moment;
        bool fits;
        TRY(find_letter(ctx, refs[i], &row, &fits));
        *ret += fits && !deliver_day_moment(day, row.created, ctx_now(ctx), &moment);
    }
    return OK;
}

enum err posting_mark(struct ctx *ctx, const struct posting_ref *refs, size_t n, struct date day,
                      struct posting_result *ret)
{
    if (day.days > utc_to_date(ctx_now(ctx)).days)
        return fail(ctx, ERR_INVALID, "a letter is not posted on a day that has not come");
    *ret = (struct posting_result){.refusals = ARENA_ARRAY(ctx->arena, struct posting_refusal, n)};
    TRY(count_before(ctx, refs, n, day, &ret->n_before));
    for (size_t i = 0; i < n && ret->n_before == 0; i++) {
        struct posting_get_row row;
        bool fits;
        TRY(find_letter(ctx, refs[i], &row, &fits));
        enum err err = fits ? deliver_task_done(ctx, row.number, refs[i].task, day) : ERR_CONFLICT;
        if (err == OK)
            ret->n_marked++;
        else if (err == ERR_CONFLICT || err == ERR_NOT_FOUND)
            ret->refusals[ret->n_refusals++] = (struct posting_refusal){.number = row.number};
        else
            return err;
    }
    return OK;
}
