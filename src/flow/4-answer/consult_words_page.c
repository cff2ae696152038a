#include "consult_words_page.h"

#include "handover_words.h"
#include "page_parts.h"
#include "vault.h"

static struct str name_of(const struct open_case *c, struct user_id id)
{
    const struct staff *staff = town_staff(c->town, id);
    return staff ? staff->name : STR("");
}

static bool is_waiting(const struct ctx *ctx, const struct consult_list_row *row)
{
    return utc_is_none(row->heard) && !utc_is_none(row->until) && utc_cmp(row->until, ctx_now(ctx)) > 0;
}

/* "till kl. 13.00" today, else "till fredag 18 december kl. 13.00". */
static struct when_text until_when(struct ctx *ctx, struct utc_us until)
{
    struct date today = utc_to_date(ctx_now(ctx));
    if (utc_to_date(until).days != today.days)
        return when_moment(ctx->arena, ctx->lang, until, today);
    return when_time(ctx->arena, ctx->lang, until);
}

static struct tag_view state_tag(struct ctx *ctx, const struct consult_list_row *row)
{
    bool has_spoken = !utc_is_none(row->said), has_time = is_waiting(ctx, row);
    if (has_spoken && (utc_is_none(row->considered) || utc_cmp(row->considered, row->said) < 0))
        return (struct tag_view){msg_text(ctx->lang, MSG_consult_state_said), TONE_WARNING, ICON_SPEECH};
    if (has_spoken && !row->nothing)
        return (struct tag_view){msg_text(ctx->lang, MSG_consult_state_considered), TONE_SUCCESS, ICON_TICK};
    if (row->nothing)
        return (struct tag_view){msg_text(ctx->lang, MSG_consult_state_nothing), TONE_SUCCESS, ICON_TICK};
    if (has_time)
        return (struct tag_view){WORDS(ctx, consult_state_until, .when = until_when(ctx, row->until)), TONE_INFO,
                                 ICON_CLOCK};
    if (utc_is_none(row->until))
        return (struct tag_view){msg_text(ctx->lang, MSG_consult_state_waits), TONE_INFO, ICON_CLOCK};
    return (struct tag_view){msg_text(ctx->lang, MSG_consult_state_over), TONE_OUTLINE, ICON_CLOCK};
}

static struct str opened_words(struct ctx *ctx, const struct consult_list_row *row)
{
    if (row->share.v == 0)
        return STR_NONE;
    if (utc_is_none(row->opened))
        return msg_text(ctx->lang, MSG_consult_not_opened);
    return WORDS(ctx, consult_opened,
                 .when = when_moment(ctx->arena, ctx->lang, row->opened, utc_to_date(ctx_now(ctx))));
}

static struct str considered_words(struct ctx *ctx, const struct open_case *c, const struct consult_list_row *row)
{
    if (utc_is_none(row->said) || utc_is_none(row->considered) || utc_cmp(row->considered, row->said) < 0)
        return STR_NONE;
    return WORDS(ctx, consult_considered, .who = name_of(c, row->considered_by),
                 .when = when_date(ctx->arena, ctx->lang, utc_to_date(row->considered), utc_to_date(ctx_now(ctx))));
}

static enum err said_view(struct ctx *ctx, const struct open_case *c, const struct consult_views_row *row,
                          struct consult_said_view *ret)
{
    struct date today = utc_to_date(ctx_now(ctx));
    struct str who = name_of(c, row->by);
    bool was_talked = str_eq(row->how, STR("talked"));
    ret->at = was_talked ? when_day(ctx->arena, ctx->lang, row->day, today)
                         : when_moment(ctx->arena, ctx->lang, row->at, today);
    ret->head = was_talked ? WORDS(ctx, consult_said_talked, .who = who, .when = ret->at)
                           : WORDS(ctx, consult_said_written, .who = who, .when = ret->at);
    return vault_unseal(ctx, c->row.id, row->body, PURPOSE_handle_case, &ret->text);
}

static enum err open_some(struct ctx *ctx, const struct open_case *c, struct sealed_id words, struct str *ret)
{
    *ret = STR("");
    return words.v ? vault_unseal(ctx, c->row.id, words, PURPOSE_handle_case, ret) : OK;
}

static enum err person_view(struct ctx *ctx, const struct open_case *c, const struct consult_list_row *row,
                            struct consult_person_view *ret)
{
    const struct staff *staff = town_staff(c->town, row->user);
    *ret = (struct consult_person_view){
        .id = row->id.v,
        .name = name_of(c, row->user),
        .title = staff ? staff->title : STR(""),
        .asked = when_moment(ctx->arena, ctx->lang, row->asked, utc_to_date(ctx_now(ctx))),
        .state = state_tag(ctx, row),
        .opened = opened_words(ctx, row),
        .is_unconsidered =
            !utc_is_none(row->said) && (utc_is_none(row->considered) || utc_cmp(row->considered, row->said) < 0),
        .said_us = str_fmt(ctx->arena, "%lld", utc_is_none(row->said) ? 0LL : (long long)row->said.v),
        .considered = considered_words(ctx, c, row),
    };
    if (utc_is_none(row->heard))
        TRY(away_words(ctx, c->town, row->user, &ret->away));
    TRY(open_some(ctx, c, row->question, &ret->question));
    return row->story ? open_some(ctx, c, row->story_reason, &ret->story_reason) : OK;
}

enum err consult_people_fill(struct ctx *ctx, const struct open_case *c, struct str csrf,
                             struct consult_people_view *ret)
{
    struct consult_list_row *rows;
    struct consult_views_row *said;
    size_t n, n_said, at = 0;
    TRY(consult_list(ctx, c->row.id, &rows, &n));
    TRY(consult_views(ctx, c->row.id, &said, &n_said));
    struct consult_person_view *people = ARENA_ARRAY(ctx->arena, struct consult_person_view, n);
    struct consult_said_view *views = ARENA_ARRAY(ctx->arena, struct consult_said_view, n_said);
    for (size_t i = 0; i < n; i++) { /* both are in the order of those asked */
        TRY(person_view(ctx, c, &rows[i], &people[i]));
        people[i].said = &views[at];
        for (; at < n_said && said[at].consult.v == rows[i].id.v; at++, people[i].n_said++)
            TRY(said_view(ctx, c, &said[at], &views[at]));
    }
    *ret = (struct consult_people_view){.people = people,
                                        .n_people = n,
                                        .action = URL_PATH(ctx->arena, "/arende/%/samrad", c->row.number),
                                        .csrf = csrf,
                                        .may_act = !str_is_none(csrf) && case_may(c, STEP_consult_consider)};
    return OK;
}

struct str consult_wish_words(struct ctx *ctx, const struct consult_wish *wish)
{
    if (!wish->is_asked_for)
        return STR("");
    return wish->hours > 0 ? WORDS(ctx, consult_wish_hours, .n = wish->people, .n_hours = wish->hours)
                           : WORDS(ctx, consult_wish, .n = wish->people);
}

enum err consult_fits(struct ctx *ctx, const struct open_case *c, const struct consult_wish *wish,
                      const struct consult_state *state, struct notice_view *ret)
{
    struct promise *promises;
    size_t n;
    *ret = (struct notice_view){.tone = TONE_NEUTRAL};
    if (wish->cooling == NULL || !utc_is_none(state->shared))
        return OK;
    TRY(case_promises(ctx, c, &promises, &n));
    struct utc_us now = ctx_now(ctx);
    struct date today = utc_to_date(now);
    for (size_t i = 0; i < n; i++) {
        const struct promise *p = &promises[i];
        bool is_open = p->state == PROMISE_running || p->state == PROMISE_missed;
        if (!is_open || utc_is_none(p->fits_until))
            continue;
        struct when_text due = when_day(ctx->arena, ctx->lang, utc_to_date(p->due), today);
        bool is_late = utc_cmp(p->fits_until, now) < 0;
        bool is_near = utc_to_date(p->due).days - wish->cooling->warn_days <= today.days;
        *ret = (struct notice_view){.tone = is_late || is_near ? TONE_WARNING : TONE_INFO};
        if (is_late) {
            ret->heading = msg_text(ctx->lang, MSG_consult_fits_no_more);
            ret->text = WORDS(ctx, consult_fits_no_more_text, .n_hours = wish->hours, .when = due);
        } else {
            struct when_text until = when_moment(ctx->arena, ctx->lang, p->fits_until, today);
            ret->heading = WORDS(ctx, consult_fits_until, .when = until);
            ret->text = WORDS(ctx, consult_fits_until_text, .n_hours = wish->hours, .when = due);
        }
        return OK;
    }
    return OK;
}

struct str consult_waiting_names(struct ctx *ctx, const struct open_case *c, const struct consult_list_row *rows,
                                 size_t n)
{
    struct out out = out_init(ctx->arena, WORDS_MAX_BYTES);
    size_t n_left = 0;
    for (size_t i = 0; i < n; i++)
        n_left += is_waiting(ctx, &rows[i]);
    for (size_t i = 0; i < n; i++) {
        if (!is_waiting(ctx, &rows[i]))
            continue;
        n_left--;
        if (out.n)
            out_str(&out, n_left ? STR(", ") : msg_text(ctx->lang, MSG_consult_and));
        out_str(&out, name_of(c, rows[i].user));
    }
    return out_take(&out);
}
