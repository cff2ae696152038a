#include "consult.h"

#include "answer.h"
#include "case_promise.h"
#include "db.h"
#include "document.h"
#include "handover.h"
#include "mask.h"
#include "msg.h"
#include "reply_plan.h"
#include "staff_notice.h"

/* ---- how far it has come ---- */

enum err consult_state_of(struct ctx *ctx, const struct open_case *c, const struct consult_wish *wish,
                          struct consult_state *ret)
{
    struct consult_moments_row *rows;
    size_t n;
    TRY(consult_moments(ctx, c->row.id, &rows, &n));
    struct consult_person *persons = ARENA_ARRAY(ctx->arena, struct consult_person, n);
    for (size_t i = 0; i < n; i++)
        persons[i] = (struct consult_person){.asked = rows[i].asked,
                                             .until = rows[i].until,
                                             .has_draft = rows[i].has_draft,
                                             .heard = rows[i].heard,
                                             .said = rows[i].said,
                                             .considered = rows[i].considered};
    *ret = consult_state(persons, n, wish->people, ctx_now(ctx));
    return OK;
}

enum err consult_facts(struct ctx *ctx, const struct open_case *c, struct facts *facts)
{
    struct consult_wish wish = consult_wish(ctx, c->routine, facts);
    if (!wish.is_asked_for)
        return OK;
    struct consult_state state;
    TRY(consult_state_of(ctx, c, &wish, &state));
    facts->has_gate_at = EVENT_BIT(EVENT_draft_shared) | EVENT_BIT(EVENT_consulted);
    facts->gate_at[EVENT_draft_shared] = state.shared;
    facts->gate_at[EVENT_consulted] = state.consulted;
    return OK;
}

/* "consulted" when that has come true; STR_NONE: not yet. */
static enum err fact_of(struct ctx *ctx, const struct open_case *c, struct str *ret)
{
    struct facts facts;
    TRY(case_facts(ctx, c, &facts));
    bool is_true =
        facts.has_gate_at & EVENT_BIT(EVENT_consulted) && utc_cmp(facts.gate_at[EVENT_consulted], ctx_now(ctx)) <= 0;
    *ret = is_true ? event_code(EVENT_consulted) : STR_NONE;
    return OK;
}

static enum err take_step(struct ctx *ctx, struct open_case *c, enum step step, struct user_id who)
{
    struct str fact;
    TRY(fact_of(ctx, c, &fact));
    const struct staff *staff = town_staff(c->town, who);
    return case_step(
        ctx, c, step,
        &(struct step_note){.data = STEP_DATA(ctx, {"who", staff ? staff->login : STR_NONE}), .fact = fact});
}

static enum err check_text(struct ctx *ctx, struct str text)
{
    if (str_utf8_len(text) > CONSULT_TEXT_MAX)
        return fail(ctx, ERR_INVALID, "the text is longer than %d characters", CONSULT_TEXT_MAX);
    return OK;
}

static enum err seal_some(struct ctx *ctx, struct case_id id, struct str text, struct sealed_id *ret)
{
    *ret = (struct sealed_id){0};
    if (str_is_empty(str_trim(text)))
        return OK;
    TRY(check_text(ctx, text));
    return vault_seal(ctx, id, STR("consult"), str_trim(text), ret);
}

/* ---- showing the draft ---- */

struct sharing {
    struct open_case c;
    const struct consult_ask *ask;
    struct consult_wish wish;
    struct contact person; /* whose name is taken out of what is shown */
    struct draft_share_id share;
    struct sealed_id story, story_reason, question;
    struct utc_us until;
};

static enum err check_person(struct ctx *ctx, const struct open_case *c, struct user_id who)
{
    const struct staff *staff = town_staff(c->town, who);
    if (staff == NULL || !staff->active || who.v == ctx->who.v)
        return fail(ctx, ERR_INVALID, "this person cannot be asked");
    if (c->row.secret && handover_crosses(c->town, c->row.unit, town_unit_of(c->town, who)))
        return fail(ctx, ERR_INVALID, "secrecy stands between the boards (OSL 8:1)");
    struct consult_may_be_asked_row *row;
    size_t n;
    TRY(consult_may_be_asked(ctx, c->row.id, who, &row, &n));
    return n ? OK : fail(ctx, ERR_INVALID, "the case is restricted, and the person is not in its team");
}

/* The words without the person's name; the reading of the name is written down. */
static enum err seal_masked(struct ctx *ctx, struct sharing *s, struct str text, struct sealed_id *ret)
{
    size_t n;
    struct str shown = mask_person(ctx, text, &s->person, msg_text(ctx->lang, MSG_consult_masked), &n);
    return vault_seal(ctx, s->c.row.id, STR("consult"), shown, ret);
}

static enum err share_draft(struct ctx *ctx, struct sharing *s)
{
    struct draft draft;
    TRY(answer_draft(ctx, s->c.row.id, &draft));
    if (draft.version == 0 || str_is_empty(str_trim(draft.text)))
        return fail(ctx, ERR_INVALID, "there is no draft to show");
    if (draft.version != s->ask->draft_version)
        return fail(ctx, ERR_CONFLICT, "the draft was saved since");
    struct sealed_id body, original;
    TRY(seal_masked(ctx, s, draft.text, &body));
    TRY(vault_seal(ctx, s->c.row.id, STR("consult"), draft.text, &original));
    struct draft_share_add_row row;
    TRY(draft_share_add(ctx, s->c.row.id, ctx->who, ctx_now(ctx), body, original, &row));
    s->share = row.id;
    return OK;
}

static enum err share_story(struct ctx *ctx, struct sharing *s)
{
    TRY(seal_some(ctx, s->c.row.id, s->ask->story_reason, &s->story_reason));
    if (s->story_reason.v == 0)
        return OK;
    struct document_list_row *all;
    size_t n;
    TRY(document_list(ctx, s->c.row.id, &all, &n));
    for (size_t i = 0; i < n; i++) {
        struct str words;
        if (!str_eq(all[i].kind, STR("submission")))
            continue;
        TRY(document_body(ctx, s->c.row.id, all[i].body, PURPOSE_handle_case, &words));
        return seal_masked(ctx, s, words, &s->story);
    }
    return fail(ctx, ERR_INVALID, "nothing was written that could be shown");
}

static enum err ask_people(struct ctx *ctx, struct sharing *s)
{
    for (size_t i = 0; i < s->ask->n_people; i++) {
        struct consult_add_row row;
        TRY(check_person(ctx, &s->c, s->ask->people[i]));
        TRY(consult_add(ctx,
                        &(struct consult_add_in){.case_id = s->c.row.id,
                                                 .user = s->ask->people[i],
                                                 .by = ctx->who,
                                                 .asked = ctx_now(ctx),
                                                 .until = s->until,
                                                 .share = s->share,
                                                 .question = s->question,
                                                 .story = s->story,
                                                 .story_reason = s->story_reason},
                        &row));
        TRY(staff_notice_alone(ctx, s->ask->people[i], NOTICE_draft_to_read, s->c.row.id));
    }
    return OK;
}

/* Whoever was asked before reads the new draft; the time runs as it did, unless all begin anew. */
static enum err ask_again(struct ctx *ctx, struct sharing *s, size_t *ret_n)
{
    struct consult_list_row *rows;
    size_t n;
    TRY(consult_list(ctx, s->c.row.id, &rows, &n));
    *ret_n = n;
    if (s->ask->n_people + n > CONSULT_PEOPLE_MAX)
        return fail(ctx, ERR_INVALID, "more than %d people would be asked", CONSULT_PEOPLE_MAX);
    for (size_t i = 0; i < n; i++)
        TRY(staff_notice_alone(ctx, rows[i].user, NOTICE_draft_shown_again, s->c.row.id));
    if (s->ask->restart)
        TRY(consult_restart(ctx, s->c.row.id, ctx_now(ctx), s->until));
    return consult_show_again(ctx, s->c.row.id, s->share);
}

static struct str logins_of(struct ctx *ctx, const struct sharing *s)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 16 * 1024);
    for (size_t i = 0; i < s->ask->n_people; i++) {
        if (i)
            out_char(&out, ',');
        out_str(&out, town_staff(s->c.town, s->ask->people[i])->login);
    }
    return out_take(&out);
}

/* Who wrote, to be taken out of what is shown; the reading is written down. Before the transaction: that there is
 * nobody would end it. */
static enum err find_person(struct ctx *ctx, struct str number, struct contact *ret)
{
    struct open_case c;
    TRY(case_read(ctx, number, &c));
    if (!case_may(&c, STEP_consult))
        return fail(ctx, right_held(RIGHT_CASE_ANSWER, c.roles) ? ERR_CLOSED : ERR_FORBIDDEN,
                    "nobody can be asked about this case by this person now");
    enum err err = vault_contact_get(ctx, c.row.id, PURPOSE_deidentify, ret);
    return err == ERR_NOT_FOUND ? OK : err;
}

enum err consult_share(struct ctx *ctx, struct str number, const struct consult_ask *ask)
{
    struct sharing s = {.ask = ask, .until = UTC_NONE};
    struct facts facts;
    size_t n_before;
    TRY(find_person(ctx, number, &s.person));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    TRY(case_open(ctx, number, &s.c));
    TRY(case_facts(ctx, &s.c, &facts));
    s.wish = consult_wish(ctx, s.c.routine, &facts);
    if (s.wish.hours > 0)
        s.until = utc_add(ctx_now(ctx), s.wish.hours * HOUR_US);
    TRY(share_draft(ctx, &s));
    TRY(share_story(ctx, &s));
    TRY(seal_some(ctx, s.c.row.id, ask->question, &s.question));
    TRY(ask_again(ctx, &s, &n_before));
    if (n_before + ask->n_people == 0)
        return fail(ctx, ERR_INVALID, "nobody is asked");
    TRY(ask_people(ctx, &s));
    TRY(case_step(ctx, &s.c, STEP_consult,
                  &(struct step_note){.data = STEP_DATA(ctx, {"to", logins_of(ctx, &s)},
                                                        {"story", s.story.v ? STR("yes") : STR("")},
                                                        {"again", n_before ? STR("yes") : STR("")})}));
    return tx_commit(&tx);
}

/* ---- what was said ---- */

/* The first of two in the same moment is before the second, so that a tick is for what was read. */
static struct utc_us after(struct utc_us now, struct utc_us before)
{
    return utc_is_none(before) || utc_cmp(before, now) < 0 ? now : utc_add(before, 1);
}

enum err consult_talk(struct ctx *ctx, struct str number, struct user_id who, struct date day, struct str text)
{
    if (str_is_empty(str_trim(text)) || date_is_none(day) || day.days > utc_to_date(ctx_now(ctx)).days)
        return fail(ctx, ERR_INVALID, "the words or the day are missing");
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    TRY(check_person(ctx, &c, who));
    struct utc_us now = ctx_now(ctx);
    struct consult_find_row row = {.said = UTC_NONE};
    enum err found = consult_find(ctx, c.row.id, who, &row);
    if (found != OK && found != ERR_NOT_FOUND)
        return found;
    if (found == ERR_NOT_FOUND || !utc_is_none(row.ended)) {
        struct consult_add_row added;
        TRY(consult_add(ctx,
                        &(struct consult_add_in){.case_id = c.row.id,
                                                 .user = who,
                                                 .by = ctx->who,
                                                 .asked = now,
                                                 .until = UTC_NONE,
                                                 .share = {0},
                                                 .question = {0},
                                                 .story = {0},
                                                 .story_reason = {0}},
                        &added));
        row.id = added.id;
    }
    struct sealed_id words;
    TRY(seal_some(ctx, c.row.id, text, &words));
    TRY(consult_view_add(ctx, row.id, now, ctx->who, STR("talked"), day, words));
    /* Whoever writes it down has heard it: it counts as considered. */
    struct utc_us said = after(now, row.said);
    TRY(consult_heard(ctx, row.id, now, /* nothing= */ false, said));
    int64_t n;
    TRY(consult_set_considered(ctx, row.id, said, ctx->who, said, &n));
    TRY(take_step(ctx, &c, STEP_consult_talk, who));
    return tx_commit(&tx);
}

/* The row of this case, or ERR_NOT_FOUND. */
static enum err find_row(struct ctx *ctx, const struct open_case *c, struct consult_id id, struct consult_list_row *ret)
{
    struct consult_list_row *rows;
    size_t n;
    TRY(consult_list(ctx, c->row.id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].id.v == id.v) {
            *ret = rows[i];
            return OK;
        }
    return fail(ctx, ERR_NOT_FOUND, "nobody is asked by that number");
}

enum err consult_consider(struct ctx *ctx, struct str number, struct consult_id id, struct utc_us said)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    struct consult_list_row row;
    int64_t n;
    TRY(case_open(ctx, number, &c));
    TRY(find_row(ctx, &c, id, &row));
    TRY(consult_set_considered(ctx, id, after(ctx_now(ctx), utc_add(said, -1)), ctx->who, said, &n));
    if (n != 1)
        return fail(ctx, ERR_CONFLICT, "more was said since");
    TRY(take_step(ctx, &c, STEP_consult_consider, row.user));
    return tx_commit(&tx);
}

enum err consult_end(struct ctx *ctx, struct str number, struct consult_id id)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    struct consult_list_row row;
    int64_t n;
    TRY(case_open(ctx, number, &c));
    TRY(find_row(ctx, &c, id, &row));
    TRY(consult_set_ended(ctx, id, ctx_now(ctx), &n));
    if (n != 1)
        return fail(ctx, ERR_CLOSED, "the person is not asked any more");
    TRY(take_step(ctx, &c, STEP_consult_end, row.user));
    return tx_commit(&tx);
}

/* ---- somebody asked ---- */

static enum err open_some(struct ctx *ctx, struct case_id id, struct sealed_id words, struct str *ret)
{
    *ret = STR("");
    return words.v ? vault_unseal(ctx, id, words, PURPOSE_consult, ret) : OK;
}

enum err consult_read(struct ctx *ctx, struct consult_id id, struct consult_letter *ret)
{
    struct consult_letter letter = {.draft = STR(""), .question = STR(""), .story = STR(""), .kept = STR("")};
    TRY(consult_for(ctx, id, ctx->who, &letter.row));
    letter.is_over = !utc_is_none(letter.row.sent);
    if (!letter.is_over) {
        TRY(open_some(ctx, letter.row.case_id, letter.row.body, &letter.draft));
        TRY(open_some(ctx, letter.row.case_id, letter.row.story, &letter.story));
        TRY(open_some(ctx, letter.row.case_id, letter.row.kept, &letter.kept));
    }
    TRY(open_some(ctx, letter.row.case_id, letter.row.question, &letter.question));
    *ret = letter;
    return OK;
}

/* Locked, and still to be said something of. */
static enum err open_asked(struct ctx *ctx, struct consult_id id, struct consult_for_row *ret, struct open_case *c)
{
    TRY(consult_for(ctx, id, ctx->who, ret));
    TRY(case_open_by_id(ctx, ret->case_id, c));
    TRY(consult_for(ctx, id, ctx->who, ret)); /* as it is now that nobody else can change it */
    return utc_is_none(ret->sent) ? OK : fail(ctx, ERR_CLOSED, "the reply has gone");
}

static enum err drop_kept(struct ctx *ctx, const struct consult_for_row *row)
{
    return row->kept.v ? vault_remove(ctx, row->case_id, row->kept) : OK;
}

/* Who asked, and who answers for the case now, if that is another. */
static enum err tell_manager(struct ctx *ctx, const struct open_case *c, struct user_id by)
{
    TRY(staff_notice(ctx, by, NOTICE_view_to_consider, c->row.id));
    if (c->row.owner.v == 0 || c->row.owner.v == by.v)
        return OK;
    return staff_notice(ctx, c->row.owner, NOTICE_view_to_consider, c->row.id);
}

enum err consult_say(struct ctx *ctx, struct consult_id id, struct str text, bool nothing)
{
    text = str_trim(text);
    if (str_is_empty(text) && !nothing)
        return fail(ctx, ERR_INVALID, "nothing was said");
    TRY(check_text(ctx, text));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct consult_for_row row;
    struct open_case c;
    TRY(open_asked(ctx, id, &row, &c));
    struct consult_find_row now_is;
    TRY(consult_find(ctx, c.row.id, ctx->who, &now_is));
    struct utc_us now = ctx_now(ctx), said = UTC_NONE;
    if (!str_is_empty(text)) {
        struct sealed_id words;
        said = after(now, now_is.said);
        TRY(seal_some(ctx, c.row.id, text, &words));
        TRY(consult_view_add(ctx, id, now, ctx->who, STR("written"), DATE_NONE, words));
        TRY(tell_manager(ctx, &c, row.by));
        TRY(reply_plan_drop(ctx, &c, STR("views")));
    }
    TRY(drop_kept(ctx, &row));
    TRY(consult_heard(ctx, id, now, str_is_empty(text), said));
    TRY(take_step(ctx, &c, STEP_consult_say, ctx->who));
    return tx_commit(&tx);
}

enum err consult_keep(struct ctx *ctx, struct consult_id id, struct str text)
{
    TRY(check_text(ctx, text));
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct consult_for_row row;
    struct open_case c;
    struct sealed_id words;
    TRY(open_asked(ctx, id, &row, &c));
    TRY(drop_kept(ctx, &row));
    TRY(seal_some(ctx, c.row.id, text, &words));
    TRY(consult_set_kept(ctx, id, words));
    return tx_commit(&tx);
}

/* ---- the end ---- */

enum err consult_over(struct ctx *ctx, struct open_case *c, struct user_id who)
{
    return take_step(ctx, c, STEP_consult_over, who);
}

enum err consult_sent(struct ctx *ctx, const struct open_case *c)
{
    struct consult_list_row *rows;
    size_t n;
    TRY(consult_list(ctx, c->row.id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (!utc_is_none(rows[i].until) && utc_cmp(rows[i].until, ctx_now(ctx)) > 0)
            TRY(staff_notice_alone(ctx, rows[i].user, NOTICE_sent_early, c->row.id));
    return consult_set_sent(ctx, c->row.id, ctx_now(ctx));
}
