#include "dossier_words.h"

#include "diary_rules.h"
#include "msg.h"
#include "vault.h"

struct str direction_words(struct ctx *ctx, struct str direction)
{
    return msg_of_code(ctx->lang, MSG_PREFIX("direction_"), direction);
}

struct str party_words(struct ctx *ctx, struct str party)
{
    return str_is_empty(party) ? STR("") : msg_of_code(ctx->lang, MSG_PREFIX("party_"), party);
}

struct str day_words(struct ctx *ctx, struct utc_us at)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 16);
    out_date(&out, utc_to_date(at));
    return out_take(&out);
}

struct str hidden_words(struct ctx *ctx, bool hide_party, bool hide_brief)
{
    if (hide_party && hide_brief)
        return msg_text(ctx->lang, MSG_dossier_hidden_both);
    if (hide_party)
        return msg_text(ctx->lang, MSG_dossier_hidden_party);
    return hide_brief ? msg_text(ctx->lang, MSG_dossier_hidden_brief) : STR("");
}

const struct option_view *party_options(struct ctx *ctx, struct str chosen, size_t *ret_n)
{
    const struct str *codes;
    size_t n = party_codes(&codes);
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, n);
    for (size_t i = 0; i < n; i++)
        options[i] = (struct option_view){codes[i], party_words(ctx, codes[i]), str_eq(codes[i], chosen)};
    *ret_n = n;
    return options;
}

struct str paper_kind_words(struct ctx *ctx, const struct dossier_row *row)
{
    return msg_of_code(ctx->lang, MSG_PREFIX("document_"), row->kind);
}

enum err paper_file_name(struct ctx *ctx, struct case_id id, const struct dossier_row *row, struct str *ret)
{
    *ret = STR("");
    return row->name.v ? vault_unseal(ctx, id, row->name, PURPOSE_handle_case, ret) : OK;
}

static struct str hex(struct ctx *ctx, struct str bytes)
{
    struct out out = out_init(ctx->arena, 2 * bytes.n);
    out_hex(&out, bytes.p, bytes.n);
    return out_take(&out);
}

struct facts_view paper_facts(struct ctx *ctx, const struct dossier_row *row, struct str name)
{
    const struct {
        enum msg name;
        struct str value;
    } all[] = {
        {MSG_dossier_date, day_words(ctx, row->at)},
        {MSG_dossier_direction, direction_words(ctx, row->direction)},
        {MSG_paper_kind, paper_kind_words(ctx, row)},
        {MSG_paper_file, name},
        {MSG_paper_size, str_fmt(ctx->arena, "%lld byte, %.*s", (long long)row->size_bytes, STR_ARG(row->media_type))},
        {MSG_paper_checksum, hex(ctx, row->sha256)},
    };
    struct fact_view *facts = ARENA_ARRAY(ctx->arena, struct fact_view, ARRAY_LEN(all));
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        if (!str_is_empty(all[i].value))
            facts[n++] = (struct fact_view){msg_text(ctx->lang, all[i].name), all[i].value};
    return (struct facts_view){facts, n};
}
