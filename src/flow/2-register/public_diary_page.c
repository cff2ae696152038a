/* GET /diarium/offentligt?fran=…&till=…: what anybody may read of the diary, as a page or (&format=csv) a file. Drawn
 * up by a registrar; nothing publishes it by itself: that needs an assessment of its own (TF 2 kap., GDPR; decision
 * 0023). Flow: public_diary_read (through @visible) -> public_row() -> here. Not here: which part of a row is shown
 * (diary_rules.h). Source: OSL 5:2. */
#include "db.h"
#include "diary_rules.h"
#include "dossier_words.h"
#include "faults.h"
#include "frame.h"
#include "page_parts.h"
#include "public_diary_page_html.h"
#include "public_diary_view.h"
#include "town.h"
#include "web.h"

enum { PUBLIC_PAGE_ROWS = 1000, PUBLIC_BATCH = 500, PUBLIC_MAX_DAYS = 366, PUBLIC_FILE_ROWS = 20000 };

struct span {
    struct date since, until;
    struct str since_text, until_text;
};

static void read_day(struct ctx *ctx, const struct request *req, struct str name, struct date usual,
                     struct faults_list *faults, struct date *ret, struct str *ret_text)
{
    struct str text = request_query(req, name);
    *ret = usual;
    *ret_text = text;
    if (str_is_empty(text))
        *ret_text = day_words(ctx, date_start(usual));
    else if (!date_parse(text, ret))
        fault_add(faults, name, msg_text(ctx->lang, MSG_public_diary_day), msg_text(ctx->lang, MSG_public_diary_day));
}

/* The latest seven days unless said otherwise. */
static struct span read_span(struct ctx *ctx, const struct request *req, struct faults_list *faults)
{
    enum { USUAL_DAYS = 6 };
    struct span span;
    struct date today = utc_to_date(ctx_now(ctx));
    read_day(ctx, req, STR("fran"), date_add(today, -USUAL_DAYS), faults, &span.since, &span.since_text);
    read_day(ctx, req, STR("till"), today, faults, &span.until, &span.until_text);
    if (faults->n == 0 && (span.until.days < span.since.days || span.until.days - span.since.days > PUBLIC_MAX_DAYS))
        fault_add(faults, STR("till"), msg_text(ctx->lang, MSG_public_diary_span),
                  msg_text(ctx->lang, MSG_public_diary_span));
    return span;
}

static struct str or_empty(struct str s)
{
    return str_is_none(s) ? STR("") : s;
}

/* false: no row of the public diary. */
static bool row_view(struct ctx *ctx, const struct town *town, const struct public_diary_read_row *row,
                     struct public_row_view *ret)
{
    struct public_row_rule rule = public_row(row->direction, row->secret, row->hide_party, row->hide_brief);
    if (!rule.shown)
        return false;
    const struct unit *unit = town_unit(town, row->unit);
    struct str party = str_is_none(row->party) ? dossier_usual_party(row->direction) : row->party;
    struct str own = str_is_empty(row->brief) && str_eq(row->kind, STR("submission")) ? row->title : row->brief;
    struct str kind = msg_of_code(ctx->lang, MSG_PREFIX("document_"), row->kind);
    *ret = (struct public_row_view){
        .at = day_words(ctx, row->at),
        .diary_number = row->diary_number,
        .unit = row->secret || unit == NULL ? STR("") : unit->name,
        .number = row->number,
        .direction = direction_words(ctx, row->direction),
        .party = rule.party ? party_words(ctx, party) : STR(""),
        .brief = rule.brief ? (str_is_empty(own) ? kind : own) : STR(""),
        .event_number = or_empty(row->event_number),
    };
    return true;
}

/* At most max rows of the span, in order of date. ret_cut: there are more. */
static enum err read_rows(struct ctx *ctx, const struct town *town, const struct span *span, size_t max,
                          struct public_row_view **ret, size_t *ret_n, bool *ret_cut)
{
    struct public_row_view *views = ARENA_ARRAY(ctx->arena, struct public_row_view, max);
    struct utc_us until = date_start(date_add(span->until, 1)), after = {0};
    struct document_id after_id = {0};
    size_t n_views = 0, n;
    *ret_cut = false;
    do {
        struct public_diary_read_row *rows;
        TRY(public_diary_read(ctx, ctx->who, date_start(span->since), until, after, after_id, PUBLIC_BATCH, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            struct public_row_view view;
            if (!row_view(ctx, town, &rows[i], &view))
                continue;
            if (n_views == max) {
                *ret_cut = true;
                break;
            }
            views[n_views++] = view;
        }
        if (n) {
            after = rows[n - 1].at;
            after_id = rows[n - 1].id;
        }
    } while (n == PUBLIC_BATCH && !*ret_cut);
    *ret = views;
    *ret_n = n_views;
    return OK;
}

/* A field of RFC 4180; what a spreadsheet would take for a formula is kept from being one. */
static void out_field(struct out *out, struct str s, bool is_last)
{
    bool is_formula = s.n && strchr("=+-@\t", s.p[0]) != NULL;
    out_char(out, '"');
    if (is_formula)
        out_char(out, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            out_char(out, '"');
        out_char(out, s.p[i]);
    }
    out_lit(out, "\"");
    if (is_last)
        out_lit(out, "\r\n");
    else
        out_char(out, ',');
}

static void out_row(struct out *out, const struct str *fields, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out_field(out, fields[i], i + 1 == n);
}

static enum err answer_csv(struct ctx *ctx, struct response *res, const struct town *town, const struct span *span)
{
    struct public_row_view *rows;
    size_t n;
    bool is_cut;
    TRY(read_rows(ctx, town, span, PUBLIC_FILE_ROWS, &rows, &n, &is_cut));
    if (is_cut)
        return fail(ctx, ERR_TOO_LARGE, "more than %d rows: choose a shorter time", PUBLIC_FILE_ROWS);
    struct out out = out_init(ctx->arena, RESPONSE_MAX);
    out_lit(&out, "\xef\xbb\xbf"); /* spreadsheets read UTF-8 only when told */
    const struct str head[] = {msg_text(ctx->lang, MSG_dossier_date),       msg_text(ctx->lang, MSG_diary_number),
                               msg_text(ctx->lang, MSG_dossier_nr),         msg_text(ctx->lang, MSG_dossier_direction),
                               msg_text(ctx->lang, MSG_dossier_party),      msg_text(ctx->lang, MSG_dossier_what),
                               msg_text(ctx->lang, MSG_paper_event_number), msg_text(ctx->lang, MSG_fact_unit)};
    out_row(&out, head, ARRAY_LEN(head));
    for (size_t i = 0; i < n; i++) {
        const struct str fields[] = {
            rows[i].at,           rows[i].diary_number, str_fmt(ctx->arena, "%lld", (long long)rows[i].number),
            rows[i].direction,    rows[i].party,        rows[i].brief,
            rows[i].event_number, rows[i].unit};
        out_row(&out, fields, ARRAY_LEN(fields));
    }
    struct str name = str_fmt(ctx->arena, "diarium-%.*s-%.*s.csv", STR_ARG(day_words(ctx, date_start(span->since))),
                              STR_ARG(day_words(ctx, date_start(span->until))));
    response_download(ctx, res, name, STR("text/csv"), out_take(&out));
    return OK;
}

enum err public_diary_page(struct ctx *ctx, struct request *req, struct response *res)
{
    const struct town *town;
    TRY(town_get(ctx, &town));
    struct faults_list faults = {.n = 0};
    struct span span = read_span(ctx, req, &faults);
    if (faults.n == 0 && str_eq(request_query(req, STR("format")), STR("csv")))
        return answer_csv(ctx, res, town, &span);
    struct public_diary_view view = {
        .faults = faults_view(ctx, &faults),
        .since = field_view(&faults, STR("fran"), span.since_text),
        .until = field_view(&faults, STR("till"), span.until_text),
        .csv = URL_PATH(ctx->arena, "/diarium/offentligt?fran=%&till=%&format=csv", span.since_text, span.until_text),
    };
    if (faults.n == 0) {
        struct public_row_view *rows;
        TRY(read_rows(ctx, town, &span, PUBLIC_PAGE_ROWS, &rows, &view.n_rows, &view.is_cut));
        view.rows = rows;
    }
    frame_fill(ctx, req, town, NAV_DIARY, msg_text(ctx->lang, MSG_public_diary_title), faults.n > 0, &view.frame);
    html_public_diary(&res->body, ctx->lang, &view);
    if (faults.n)
        res->status = err_http_status(ERR_INVALID);
    return OK;
}
