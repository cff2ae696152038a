#include "diary_panel_page.h"

#include "dossier.h"
#include "page_parts.h"

struct str diary_days_words(struct ctx *ctx, const struct open_case *c, struct utc_us since, struct utc_us until)
{
    int64_t n = workdays_between(town_days(c->town, c->row.unit), utc_to_date(since), utc_to_date(until));
    return n <= 0 ? msg_text(ctx->lang, MSG_diary_same_day) : WORDS(ctx, amount_working_day, .n = n);
}

struct str diary_role_words(struct ctx *ctx, const struct routine *routine, struct str role)
{
    return str_is_empty(role) ? STR_NONE : role_word(ctx, routine, role);
}

static struct str closed_words(struct ctx *ctx, const struct open_case *c, const struct diary_of_case_row *row)
{
    if (utc_is_none(row->closed))
        return msg_text(ctx->lang, MSG_diary_is_open);
    const struct staff *who = row->closed_by.v ? town_staff(c->town, row->closed_by) : NULL;
    struct when_text when = when_date(ctx->arena, ctx->lang, utc_to_date(row->closed), utc_to_date(ctx_now(ctx)));
    return WORDS(ctx, diary_is_closed, .when = when,
                 .who = who ? who->name : msg_text(ctx->lang, MSG_diary_other_system));
}

static struct facts_view panel_facts(struct ctx *ctx, const struct open_case *c, const struct diary_of_case_row *row)
{
    enum { FACTS_MAX = 3 };
    struct fact_view *facts = ARENA_ARRAY(ctx->arena, struct fact_view, FACTS_MAX);
    size_t n = 0;
    if (str_is_none(c->row.diary_number))
        return (struct facts_view){facts, 0};
    struct when_text when = when_date(ctx->arena, ctx->lang, utc_to_date(c->row.registered), utc_to_date(ctx_now(ctx)));
    facts[n++] = (struct fact_view){msg_text(ctx->lang, MSG_diary_number), c->row.diary_number};
    facts[n++] = (struct fact_view){msg_text(ctx->lang, MSG_diary_registered),
                                    WORDS(ctx, diary_registered_after, .when = when,
                                          .waited = diary_days_words(ctx, c, c->row.received, c->row.registered))};
    facts[n++] = (struct fact_view){msg_text(ctx->lang, MSG_diary_status), closed_words(ctx, c, row)};
    return (struct facts_view){facts, n};
}

/* "Ska föras in i diariet. Har väntat 2 arbetsdagar. Görs av registrator." */
static struct str wait_words(struct ctx *ctx, const struct open_case *c, const struct diary_waiting *w)
{
    if (w->wait == DIARY_WAIT_none)
        return STR_NONE;
    struct str what = msg_of_code(ctx->lang, MSG_PREFIX("diary_waits_"), diary_wait_code(w->wait));
    struct str waited = diary_days_words(ctx, c, w->since, ctx_now(ctx));
    struct str by = diary_role_words(ctx, c->routine, w->by);
    return WORDS(ctx, diary_waits, .what = what, .waited = waited, .who = by);
}

enum err diary_panel_fill(struct ctx *ctx, const struct open_case *c, const struct facts *facts, struct str csrf,
                          int64_t usual_days, struct diary_panel_view *ret)
{
    struct diary_state state;
    struct diary_of_case_row row;
    TRY(diary_of_case(ctx, c->row.id, &row));
    TRY(diary_state(ctx, c, facts, &state));
    const struct url none = {STR_NONE};
    bool in_diary = state.facts.in_diary, waits_for_entry = state.waiting.wait == DIARY_WAIT_register;
    *ret = (struct diary_panel_view){
        .csrf = csrf,
        .version = c->row.version,
        .facts = panel_facts(ctx, c, &row),
        .waits = wait_words(ctx, c, &state.waiting),
        .dossier = URL_PATH(ctx->arena, "/arende/%/akt", c->row.number),
        .add = case_may(c, STEP_add_paper) ? URL_PATH(ctx->arena, "/arende/%/ny-handling", c->row.number) : none,
        .enter = waits_for_entry && (case_may(c, STEP_register) || case_may(c, STEP_register_later))
                     ? URL_PATH(ctx->arena, "/arende/%/registrera", c->row.number)
                     : none,
        .post = URL_PATH(ctx->arena, "/arende/%/diarium", c->row.number),
        .stamp = in_diary ? URL_PATH(ctx->arena, "/arende/%/handling/1/stampel", c->row.number) : none,
        .may_enter_reply = state.waiting.wait == DIARY_WAIT_reply && case_may(c, STEP_enter_reply),
        .may_close = diary_may_close(&state.facts) && case_may(c, STEP_close_diary),
        .may_open = !utc_is_none(state.facts.diary_closed) && case_may(c, STEP_open_diary),
    };
    if (waits_for_entry) {
        struct utc_us due;
        TRY(diary_register_due(ctx, c->routine, town_days(c->town, c->row.unit), c->row.received, usual_days, &due));
        ret->is_late = utc_cmp(ctx_now(ctx), due) > 0;
    }
    if (ret->may_enter_reply) {
        struct dossier_row reply;
        enum err err = dossier_reply(ctx, c->row.id, 0, &reply);
        if (err != ERR_INVALID)
            TRY(err);
        if (err == OK)
            ret->event_number = diary_event_number(ctx, c->row.diary_number, reply.number);
    }
    return OK;
}
