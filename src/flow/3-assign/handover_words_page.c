/* Sentences about handing over: who answers for it, who is away, what to think of before. */
#include "handover_words.h"

#include "page_parts.h"

struct str staff_words(struct ctx *ctx, const struct staff *staff)
{
    if (staff == NULL)
        return STR("");
    return str_is_empty(staff->title) ? staff->name
                                      : str_fmt(ctx->arena, "%.*s, %.*s", STR_ARG(staff->name), STR_ARG(staff->title));
}

enum err away_words(struct ctx *ctx, const struct town *town, struct user_id who, struct str *ret)
{
    struct away away;
    TRY(absence_look(ctx, who, ctx_now(ctx), &away));
    *ret = STR("");
    if (!away.is_away)
        return OK;
    const struct staff *deputy = away.stand_in.v ? town_staff(town, away.stand_in) : NULL;
    struct date today = utc_to_date(ctx_now(ctx));
    struct out out = out_init(ctx->arena, WORDS_MAX_BYTES);
    if (away.has_left)
        out_str(&out, msg_text(ctx->lang, MSG_away_left));
    else if (date_is_none(away.until))
        out_str(&out, msg_text(ctx->lang, MSG_away_open));
    else
        out_str(&out, WORDS(ctx, away_until, .when = when_date(ctx->arena, ctx->lang, away.until, today)));
    if (deputy) {
        out_char(&out, ' ');
        out_str(&out, WORDS(ctx, away_stand_in, .name = deputy->name));
    }
    *ret = out_take(&out);
    return OK;
}

enum err ground_options(struct ctx *ctx, struct str chosen, const struct option_view **ret, size_t *ret_n)
{
    struct legal_ground_list_row *rows;
    size_t n, n_active = 0;
    TRY(legal_ground_list(ctx, &rows, &n));
    struct option_view *options = ARENA_ARRAY(ctx->arena, struct option_view, n);
    for (size_t i = 0; i < n; i++)
        if (rows[i].active)
            options[n_active++] = (struct option_view){
                rows[i].code, str_fmt(ctx->arena, "%.*s (%.*s)", STR_ARG(rows[i].words), STR_ARG(rows[i].provision)),
                str_eq(rows[i].code, chosen)};
    *ret = options;
    *ret_n = n_active;
    return OK;
}

enum err responsible_words(struct ctx *ctx, const struct open_case *c, struct responsible_words *ret)
{
    struct responsible found;
    TRY(handover_responsible(ctx, c, &found));
    const struct staff *staff = found.user.v ? town_staff(c->town, found.user) : NULL;
    struct str role = with_capital(ctx, role_word(ctx, c->routine, role_name(found.role)));
    *ret =
        (struct responsible_words){.name = staff ? staff->name : role, .title = staff ? staff->title : c->unit->name};
    if (found.user.v)
        TRY(away_words(ctx, c->town, found.user, &ret->stand_in));
    switch (found.why) {
    case RESPONSIBLE_owner: {
        struct date today = utc_to_date(ctx_now(ctx));
        if (!utc_is_none(c->row.accepted))
            ret->why = WORDS(ctx, case_owner_since,
                             .when = when_date(ctx->arena, ctx->lang, utc_to_date(c->row.accepted), today));
        return OK;
    }
    case RESPONSIBLE_receiver:
        ret->why = msg_text(ctx->lang, MSG_handover_why_receiver);
        return OK;
    case RESPONSIBLE_role:
        ret->why = WORDS(ctx, handover_why_role, .role = role);
        return OK;
    }
    BUG("no such reason");
}

struct str warning_words(struct ctx *ctx, const struct routine *routine, const struct handover_past *past)
{
    if (!handover_warns(routine, past))
        return STR("");
    return WORDS(ctx, handover_warning, .n = past->n_counted + 1);
}
