#include "external_body.h"

#include "db.h"
#include "email_address.h"
#include "fold.h"
#include "journal.h"
#include "json_out.h"

enum { CODE_MAX = 60 };

static const struct body_seed {
    struct str code, name, handles, web, letter_sv, letter_en;
} seeds[] = {
#define BODY(code, name, handles, web, sv, en)                                                                         \
    {STR_INIT(code), STR_INIT(name), STR_INIT(handles), STR_INIT(web), STR_INIT(sv), STR_INIT(en)},
#include "external_bodies.def"
#undef BODY
};

static enum err insert(struct ctx *ctx, struct str code, const struct body_spec *s, int64_t position)
{
    int64_t n_changed;
    TRY(body_add(ctx,
                 &(struct body_add_in){.code = code,
                                       .name = s->name,
                                       .handles = s->handles,
                                       .phone = s->phone,
                                       .email = s->email,
                                       .address = s->address,
                                       .web = s->web,
                                       .letter_sv = s->letter_sv,
                                       .letter_en = s->letter_en,
                                       .position = position},
                 &n_changed));
    if (n_changed != 1)
        return fail(ctx, ERR_CONFLICT, "there is a body with the code \"%.*s\" already", STR_ARG(code));
    return OK;
}

enum err external_bodies_seed(struct ctx *ctx)
{
    for (size_t i = 0; i < ARRAY_LEN(seeds); i++)
        TRY(insert(ctx, seeds[i].code,
                   &(struct body_spec){.name = seeds[i].name,
                                       .handles = seeds[i].handles,
                                       .phone = STR(""),
                                       .email = STR(""),
                                       .address = STR(""),
                                       .web = seeds[i].web,
                                       .letter_sv = seeds[i].letter_sv,
                                       .letter_en = seeds[i].letter_en},
                   (int64_t)i + 1));
    return OK;
}

enum err external_bodies(struct ctx *ctx, bool retired, struct body_list_row **ret, size_t *ret_n)
{
    return body_list(ctx, retired, ret, ret_n);
}

enum err external_body_find(struct ctx *ctx, struct str code, struct body_get_row *ret)
{
    return body_get(ctx, code, ret);
}

bool body_email_is_good(struct ctx *ctx, struct str email)
{
    struct str ascii;
    return str_is_empty(email) || email_address_parse(ctx->arena, email, &ascii);
}

bool body_web_is_good(struct str web)
{
    return str_is_empty(web) || (str_starts(web, STR("https://")) && web.n > 10 && str_find_char(web, ' ') < 0);
}

static enum err check(struct ctx *ctx, const struct body_spec *spec)
{
    if (str_is_empty(str_trim(spec->name)))
        return fail(ctx, ERR_INVALID, "the body has no name");
    if (!body_email_is_good(ctx, spec->email))
        return fail(ctx, ERR_INVALID, "\"%.*s\" is no address a mail server takes", STR_ARG(spec->email));
    if (!body_web_is_good(spec->web))
        return fail(ctx, ERR_INVALID, "\"%.*s\" is no https address", STR_ARG(spec->web));
    return OK;
}

/* "Försäkringskassan Väst" gives "forsakringskassan-vast": what is no letter of a code becomes a hyphen. */
static struct str code_from(struct ctx *ctx, struct str name)
{
    static const struct {
        struct str letter;
        char plain;
    } letters[] = {{STR_INIT("å"), 'a'}, {STR_INIT("ä"), 'a'}, {STR_INIT("ö"), 'o'}, {STR_INIT("é"), 'e'}};
    struct str rest = fold_case(ctx, name);
    struct out out = out_init(ctx->arena, rest.n + 1);
    while (rest.n && out.n < CODE_MAX) {
        char c = rest.p[0];
        size_t n = 1;
        for (size_t i = 0; i < ARRAY_LEN(letters); i++)
            if (str_starts(rest, letters[i].letter)) {
                c = letters[i].plain;
                n = letters[i].letter.n;
            }
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (is_plain)
            out_char(&out, c);
        else if (out.n && out.p[out.n - 1] != '-')
            out_char(&out, '-');
        rest = str_skip(rest, n);
    }
    struct str code = out_take(&out);
    return str_ends(code, STR("-")) ? str_head(code, code.n - 1) : code;
}

/* What was done to the directory stands in the municipality's own journal. */
static enum err note_down(struct ctx *ctx, struct str code, const char *what)
{
    struct out data = out_init(ctx->arena, /* max_bytes= */ 400);
    out_lit(&data, "{\"code\":");
    out_json_str(&data, code);
    out_lit(&data, ",\"what\":");
    out_json_str(&data, str_from(what));
    out_char(&data, '}');
    struct event_id event;
    return journal_append(ctx, (struct case_id){0}, STR("external_body"), out_take(&data), (struct document_id){0},
                          &event);
}

enum err external_body_add(struct ctx *ctx, const struct body_spec *spec, struct str *ret_code)
{
    TRY(check(ctx, spec));
    struct str code = code_from(ctx, str_trim(spec->name));
    if (str_is_empty(code) || str_eq(code, STR("ny")))
        return fail(ctx, ERR_INVALID, "\"%.*s\" is no name of a body", STR_ARG(spec->name));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct body_last_position_row last;
    TRY(body_last_position(ctx, &last));
    TRY(insert(ctx, code, spec, last.position + 1));
    TRY(note_down(ctx, code, "added"));
    TRY(tx_commit(&tx));
    *ret_code = code;
    return OK;
}

enum err external_body_change(struct ctx *ctx, struct str code, const struct body_spec *s)
{
    TRY(check(ctx, s));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    int64_t n_changed;
    TRY(body_change(ctx,
                    &(struct body_change_in){.code = code,
                                             .name = s->name,
                                             .handles = s->handles,
                                             .phone = s->phone,
                                             .email = s->email,
                                             .address = s->address,
                                             .web = s->web,
                                             .letter_sv = s->letter_sv,
                                             .letter_en = s->letter_en},
                    &n_changed));
    if (n_changed != 1)
        return fail(ctx, ERR_NOT_FOUND, "there is no body \"%.*s\"", STR_ARG(code));
    TRY(note_down(ctx, code, "changed"));
    return tx_commit(&tx);
}

enum err external_body_retire(struct ctx *ctx, struct str code, bool retired)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    int64_t n_changed;
    TRY(body_retire(ctx, code, retired ? ctx_now(ctx) : UTC_NONE, &n_changed));
    if (n_changed != 1)
        return fail(ctx, ERR_NOT_FOUND, "there is no body \"%.*s\"", STR_ARG(code));
    TRY(note_down(ctx, code, retired ? "retired" : "offered"));
    return tx_commit(&tx);
}
