#include "letter_paper.h"

#include "case_letter.h"
#include "document.h"
#include "letter_page_html.h"
#include "page_parts.h"
#include "posting_sql.h"

bool letter_may_print(const struct open_case *c)
{
    return case_may(c, STEP_tick) && case_may(c, STEP_show_contact);
}

bool letter_is_one(struct str direction, struct str media_type, struct sealed_id name)
{
    return str_eq(direction, STR("out")) && str_eq(media_type, STR("text/plain")) && name.v == 0;
}

/* ── the address ── */

size_t letter_address_lines(struct arena *arena, struct str name, struct str address, struct str *ret)
{
    enum { LINE_MAX_BYTES = 400 };
    size_t n = 0;
    struct str rest = address, line;
    if (!str_is_empty(str_trim(name)))
        ret[n++] = str_trim(name);
    while (str_split(&rest, '\n', &line)) {
        line = str_trim(line);
        if (str_is_empty(line) || (n == 1 && str_eq(line, ret[0])))
            continue;
        if (n < LETTER_LINES_MAX)
            ret[n++] = line;
        else
            ret[n - 1] =
                str_utf8_head(str_fmt(arena, "%.*s, %.*s", STR_ARG(ret[n - 1]), STR_ARG(line)), LINE_MAX_BYTES);
    }
    return n;
}

/* Written on one line, as people do: "Storgatan 1, 123 45 Ekhamn". */
static struct str broken_at_commas(struct ctx *ctx, struct str address)
{
    if (str_find_char(str_trim(address), '\n') >= 0)
        return address;
    struct out out = out_init(ctx->arena, address.n + 1);
    for (size_t i = 0; i < address.n; i++)
        out_char(&out, address.p[i] == ',' ? '\n' : address.p[i]);
    return out_take(&out);
}

static enum err find_address(struct ctx *ctx, const struct open_case *c, bool is_outside, struct str *ret_name,
                             struct str *ret_address)
{
    *ret_name = *ret_address = STR("");
    if (is_outside) {
        struct posting_body_row body;
        enum err err = posting_body(ctx, c->row.id, &body);
        if (err == OK) {
            *ret_name = body.name;
            *ret_address = body.address;
        }
        return err == ERR_NOT_FOUND ? OK : err;
    }
    if (!c->row.contact_known)
        return OK;
    struct contact contact;
    TRY(vault_contact_get(ctx, c->row.id, PURPOSE_send_reply, &contact));
    *ret_name = contact.name;
    *ret_address = contact.address;
    return OK;
}

static enum err fill_address(struct ctx *ctx, const struct open_case *c, bool is_outside,
                             struct letter_paper_view *view)
{
    struct str name, address;
    TRY(find_address(ctx, c, is_outside, &name, &address));
    if (str_is_empty(str_trim(address)))
        return OK;
    struct str *lines = ARENA_ARRAY(ctx->arena, struct str, LETTER_LINES_MAX);
    view->n_address = letter_address_lines(ctx->arena, name, broken_at_commas(ctx, address), lines);
    view->address = lines;
    size_t rows = 0;
    for (size_t i = 0; i < view->n_address; i++)
        rows += 1 + str_utf8_len(lines[i]) / (LETTER_LINE_CHARS + 1);
    view->is_address_long = rows > LETTER_LINES_MAX;
    return OK;
}

/* ── the rest ── */

/* As its template or routine says it; what has none of its own is called by the program. */
static enum err find_subject(struct ctx *ctx, const struct lang *lang, const struct open_case *c, struct str kind,
                             struct str *ret)
{
    enum letter_kind letter_kind;
    struct case_letter letter = {.subject = STR("")};
    if (letter_kind_find(kind, &letter_kind))
        TRY(case_letter(ctx, lang, c, letter_kind, &(struct letter_fill){.text = STR_NONE}, (struct url){STR_NONE},
                        &letter));
    *ret = str_is_empty(letter.subject) ? msg_text(lang, MSG_letter_subject) : letter.subject;
    return OK;
}

/* Who wrote it, unless the words end with the name already. */
static void fill_writer(const struct open_case *c, struct user_id user, struct str text, struct letter_paper_view *view)
{
    enum { END_BYTES = 400 };
    const struct staff *writer = user.v ? town_staff(c->town, user) : NULL;
    struct str end = text.n > END_BYTES ? str_skip(text, text.n - END_BYTES) : text;
    if (writer == NULL || str_find(end, writer->name) >= 0)
        return;
    view->writer = writer->name;
    view->writer_title = writer->title;
}

static struct str on_one_line(struct ctx *ctx, struct str address)
{
    struct out out = out_init(ctx->arena, address.n * 2 + 1);
    struct str rest = str_trim(address), line;
    while (str_split(&rest, '\n', &line)) {
        if (out.n)
            out_lit(&out, ", ");
        out_str(&out, str_trim(line));
    }
    return out_take(&out);
}

enum err letter_compose(struct ctx *ctx, const struct open_case *c, const struct document_get_row *document,
                        struct letter_paper_view *ret)
{
    if (!letter_is_one(document->direction, document->media_type, document->name))
        return fail(ctx, ERR_NOT_FOUND, "document %lld is no letter", (long long)document->number);
    bool is_outside = str_eq(document->kind, STR("handed_on"));
    const struct lang *lang = is_outside ? lang_find(STR("sv")) : case_language(c);
    const struct unit *unit = c->unit;
    const struct date long_ago = {0}; /* the year is always told */
    struct str text;
    *ret = (struct letter_paper_view){
        .language = lang->code,
        .municipality = c->town->name,
        .unit = unit->name,
        .date = when_date(ctx->arena, lang, utc_to_date(document->at), long_ago),
        .number = c->row.number,
        .diary_number = str_is_none(c->row.diary_number) ? STR("") : c->row.diary_number,
        .writer = STR(""),
        .writer_title = STR(""),
        .place = on_one_line(ctx, str_is_empty(unit->visiting_address) ? c->town->address : unit->visiting_address),
        .phone = str_is_empty(unit->phone) ? c->town->phone : unit->phone,
        .email = unit->email,
        .may_write_back = !is_outside,
    };
    TRY(find_subject(ctx, lang, c, document->kind, &ret->subject));
    TRY(fill_address(ctx, c, is_outside, ret));
    TRY(document_body(ctx, c->row.id, document->body, PURPOSE_send_reply, &text));
    ret->n_blocks = text_blocks(ctx->arena, text, &ret->blocks);
    fill_writer(c, document->user, text, ret);
    ret->title = str_fmt(ctx->arena, "%.*s – %.*s", STR_ARG(ret->subject), STR_ARG(c->row.number));
    return OK;
}

struct str letter_document(struct ctx *ctx, const struct letter_paper_view *paper)
{
    enum { LETTER_MAX_BYTES = 4 << 20 };
    struct out out = out_init(ctx->arena, LETTER_MAX_BYTES);
    html_letter_document(&out, lang_find(paper->language), paper);
    return out_take(&out);
}
