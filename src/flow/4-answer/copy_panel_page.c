#include "copy_panel_page.h"

#include "case_events.h"
#include "date_words.h"
#include "page_parts.h"

static struct str what_words(struct ctx *ctx, enum copy_kind kind)
{
    return msg_of_code(ctx->lang, MSG_PREFIX("copy_what_"), copy_kind_code(kind));
}

static struct str name_of(const struct open_case *c, struct user_id id)
{
    const struct staff *staff = id.v ? town_staff(c->town, id) : NULL;
    return staff ? staff->name : STR("");
}

/* "Kopia av svaret till kvalitetsenheten: skickad 15 december, mottagen 16 december av ..." */
static struct str line_words(struct ctx *ctx, const struct open_case *c, const struct copy_duty *duty)
{
    struct date today = utc_to_date(ctx_now(ctx));
    struct str what = what_words(ctx, duty->kind);
    const struct case_copy_list_row *sent = duty->sent;
    if (sent && !utc_is_none(sent->taken))
        return WORDS(ctx, copy_is_taken, .what = what,
                     .when = when_date(ctx->arena, ctx->lang, utc_to_date(sent->taken), today),
                     .name = name_of(c, sent->taken_by));
    if (sent)
        return WORDS(ctx, copy_is_sent, .what = what,
                     .when = when_date(ctx->arena, ctx->lang, utc_to_date(sent->sent), today),
                     .name = name_of(c, sent->sent_by));
    if (duty->is_kept)
        return WORDS(ctx, copy_is_kept, .what = what);
    if (duty->is_nobody)
        return WORDS(ctx, copy_is_nobody, .what = what,
                     .role = role_word(ctx, c->routine, role_name(copy_role(duty->kind))));
    if (!date_is_none(duty->last))
        return WORDS(ctx, copy_is_owed_by, .what = what, .when = when_day(ctx->arena, ctx->lang, duty->last, today));
    return duty->can_be_sent ? WORDS(ctx, copy_is_owed, .what = what) : WORDS(ctx, copy_after_reply, .what = what);
}

static enum err document_of(struct ctx *ctx, const struct open_case *c, struct document_id id, struct url *ret)
{
    struct document_list_row *all;
    size_t n;
    TRY(document_list(ctx, c->row.id, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (all[i].id.v == id.v)
            *ret = document_url(ctx, c->row.number, all[i].number);
    return OK;
}

static enum err fill_line(struct ctx *ctx, const struct open_case *c, const struct copy_duty *duty,
                          struct copy_line_view *ret)
{
    struct copy_line_view line = {.words = line_words(ctx, c, duty), .report = {STR_NONE}, .document = {STR_NONE}};
    bool is_owed = duty->sent == NULL && !duty->is_kept && duty->can_be_sent;
    line.warns = is_owed || duty->is_nobody;
    if (duty->kind == COPY_report && duty->sent == NULL && duty->can_be_sent && case_may(c, STEP_report))
        line.report = URL_PATH(ctx->arena, "/arende/%/rapport", c->row.number);
    if (duty->kind != COPY_report && is_owed && case_may(c, STEP_send_copy))
        line.send = copy_kind_code(duty->kind);
    if (duty->sent) {
        TRY(document_of(ctx, c, duty->sent->document, &line.document));
        if (utc_is_none(duty->sent->taken) && roles_has(c->roles, copy_role(duty->kind)) && case_may(c, STEP_take_copy))
            line.arrived = str_fmt(ctx->arena, "%lld", (long long)duty->sent->id.v);
    }
    *ret = line;
    return OK;
}

enum err copy_panel_fill(struct ctx *ctx, const struct open_case *c, struct str csrf, struct copy_panel_view *ret)
{
    struct copy_duties duties;
    TRY(copy_duties(ctx, c, &duties));
    struct copy_line_view *lines = ARENA_ARRAY(ctx->arena, struct copy_line_view, duties.n);
    for (size_t i = 0; i < duties.n; i++)
        TRY(fill_line(ctx, c, &duties.v[i], &lines[i]));
    *ret = (struct copy_panel_view){
        .is_shown = duties.n > 0 || duties.wants_number,
        .csrf = csrf,
        .version = c->row.version,
        .send_url = URL_PATH(ctx->arena, "/arende/%/kopia", c->row.number),
        .arrived_url = URL_PATH(ctx->arena, "/arende/%/kopia/mottagen", c->row.number),
        .lines = lines,
        .n_lines = duties.n,
    };
    if (duties.wants_number || duties.has_number)
        ret->number = msg_text(ctx->lang, duties.has_number ? MSG_copy_number_there : MSG_copy_number_missing);
    return OK;
}
