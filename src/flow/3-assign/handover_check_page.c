/* The look at a hand-over before it is done: what the other unit will see, which routine counts there, which dates
 * change and why, and the letter to the person. */
#include "case_page.h"
#include "frame.h"
#include "handover_notice.h"
#include "handover_page.h"
#include "handover_page_html.h"
#include "handover_words.h"
#include "page_parts.h"

/* ---- dates ---- */

static struct str state_words(struct ctx *ctx, const struct promise *p)
{
    struct date today = utc_to_date(ctx_now(ctx));
    if (p == NULL)
        return msg_text(ctx->lang, MSG_handover_no_promise);
    if (p->state == PROMISE_met || p->state == PROMISE_met_late)
        return WORDS(ctx, handover_kept, .when = when_date(ctx->arena, ctx->lang, utc_to_date(p->met_at), today));
    if (utc_is_none(p->due))
        return msg_text(ctx->lang, MSG_promised_no_date);
    struct when_text due = when_day(ctx->arena, ctx->lang, utc_to_date(p->due), today);
    return p->state == PROMISE_missed ? WORDS(ctx, handover_missed, .when = due) : WORDS(ctx, handover_by, .when = due);
}

static struct str limit_words(struct ctx *ctx, const struct promise *p)
{
    const struct limit *within = &p->obligation->within;
    return within->at.line ? amount_words(ctx, within) : msg_text(ctx->lang, MSG_handover_no_limit);
}

static bool is_settled(const struct promise *p)
{
    return p->state == PROMISE_met || p->state == PROMISE_met_late || p->state == PROMISE_missed;
}

static struct date_change_view change(struct ctx *ctx, const struct promise_reader *reader,
                                      const struct promise *before, const struct promise *after)
{
    const struct promise *any = after ? after : before;
    struct date_change_view view = {
        .name = promise_name(ctx, any->obligation),
        .before = state_words(ctx, before),
        .after = state_words(ctx, after),
    };
    view.is_changed = !str_eq(view.before, view.after);
    if (before && is_settled(before))
        view.why = msg_text(ctx->lang, MSG_handover_stays);
    else if (after && before == NULL)
        view.why = msg_text(ctx->lang, MSG_handover_new_promise);
    else if (after == NULL)
        view.why = msg_text(ctx->lang, MSG_handover_gone_promise);
    else if (view.is_changed)
        view.why = WORDS(ctx, handover_limits, .before = limit_words(ctx, before), .after = limit_words(ctx, after));
    if (after && view.is_changed && !utc_is_none(after->due) && !after->is_before)
        view.explain = promise_view(ctx, reader, after, false).explain;
    return view;
}

static enum err fill_dates(struct ctx *ctx, const struct open_case *c, const struct unit *unit,
                           const struct routine *routine, struct handover_check_view *view)
{
    struct promise *here, *there;
    size_t n_here, n_there, n = 0;
    TRY(case_promises(ctx, c, &here, &n_here));
    TRY(case_promises_elsewhere(ctx, c, unit, routine, &there, &n_there));
    struct promise_reader reader = {.routine = routine,
                                    .local = &town_days(c->town, unit->id)->local,
                                    .today = utc_to_date(ctx_now(ctx)),
                                    .is_staff = true,
                                    .with_explanations = true};
    struct date_change_view *changes = ARENA_ARRAY(ctx->arena, struct date_change_view, n_here + n_there);
    for (size_t i = 0; i < n_there; i++)
        changes[n++] = change(ctx, &reader, promise_find(here, n_here, there[i].obligation->id), &there[i]);
    for (size_t i = 0; i < n_here; i++)
        if (promise_find(there, n_there, here[i].obligation->id) == NULL)
            changes[n++] = change(ctx, &reader, &here[i], NULL);
    view->changes = changes;
    view->n_changes = n;
    return OK;
}

/* ---- the other unit ---- */

static struct str mask_words(struct ctx *ctx, uint64_t masks)
{
    static const struct {
        enum mask_group mask;
        enum msg words;
    } all[] = {{MASK_description, MSG_mask_description}, {MASK_place, MSG_mask_place},
               {MASK_submitter, MSG_mask_submitter},     {MASK_notes, MSG_mask_notes},
               {MASK_events, MSG_mask_events},           {MASK_communication, MSG_mask_communication}};
    struct out out = out_init(ctx->arena, WORDS_MAX_BYTES);
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        if (masks & 1u << all[i].mask) {
            if (out.n)
                out_lit(&out, ", ");
            out_str(&out, msg_text(ctx->lang, all[i].words));
        }
    return out_take(&out);
}

static void put_sentence(struct out *out, struct str sentence)
{
    if (out->n)
        out_char(out, ' ');
    out_str(out, sentence);
}

static struct str sees_words(struct ctx *ctx, const struct open_case *c, const struct unit *unit,
                             const struct routine *routine)
{
    struct out out = out_init(ctx->arena, WORDS_MAX_BYTES);
    put_sentence(&out, WORDS(ctx, handover_sees_all, .unit = unit->name));
    if (c->row.secret)
        put_sentence(&out, WORDS(ctx, handover_sees_secret, .provision = c->row.secrecy_provision));
    else if (!str_is_none(unit->secrecy_provision))
        put_sentence(&out, WORDS(ctx, handover_becomes_secret, .provision = unit->secrecy_provision));
    struct str masks = mask_words(ctx, routine->visibility.masks);
    if (!str_is_empty(masks))
        put_sentence(&out, WORDS(ctx, handover_masks, .groups = masks));
    return out_take(&out);
}

static enum err fill_other_unit(struct ctx *ctx, const struct open_case *c, const struct handover_form *form,
                                const struct unit *unit, struct handover_check_view *view)
{
    struct routine_id id;
    const struct routine *routine;
    TRY(town_routine_at(ctx, c->town, unit->id, utc_to_date(c->row.received), &id));
    TRY(town_routine(ctx, id, &routine));
    view->is_other_unit = true;
    view->is_other_routine = id.v != c->row.routine.v;
    view->sees = sees_words(ctx, c, unit, routine);
    view->routine = view->is_other_routine ? WORDS(ctx, handover_other_routine, .unit = unit->name,
                                                   .routine = routine->document.title, .n = routine->version)
                                           : WORDS(ctx, handover_same_routine, .routine = routine->document.title);
    view->asks_ground = handover_crosses(c->town, c->row.unit, unit->id);
    const struct option_view *grounds;
    size_t n;
    TRY(ground_options(ctx, form->ground.text, &grounds, &n));
    for (size_t i = 0; view->asks_ground && i < n; i++)
        if (grounds[i].is_selected)
            view->ground = grounds[i].label;
    return fill_dates(ctx, c, unit, routine, view);
}

static enum err fill_letter(struct ctx *ctx, const struct open_case *c, const struct handover_form *form,
                            const struct staff *to, struct handover_check_view *view)
{
    if (!handover_owes_notice(c))
        return OK;
    if (str_eq(form->tell.text, STR("later"))) {
        view->silence = form->silence.text;
        return OK;
    }
    view->way = msg_of_code(ctx->lang, MSG_PREFIX("case_message_way_"), c->row.reply_preference);
    return handover_notice_words(ctx, c, to, &view->letter);
}

enum err handover_check(struct ctx *ctx, struct request *req, struct response *res, const struct open_case *c,
                        const struct handover_form *form, const struct staff *to, const struct unit *unit)
{
    struct handover_past past;
    TRY(handover_read(ctx, c->row.id, &past));
    struct handover_check_view view = {
        .form = handover_form_view_of(ctx, req, c, form, unit, &(struct faults_list){.n = 0}, &past),
        .name = to->name,
        .title = to->title,
        .unit = unit->name,
        .warning = warning_words(ctx, c->routine, &past),
        .returns =
            handover_returns(&past, c->row.unit, unit->id) ? WORDS(ctx, handover_returns, .unit = unit->name) : STR(""),
    };
    TRY(away_words(ctx, c->town, to->id, &view.away));
    if (unit->id.v != c->row.unit.v)
        TRY(fill_other_unit(ctx, c, form, unit, &view));
    TRY(fill_letter(ctx, c, form, to, &view));
    struct str title = msg_text(ctx->lang, MSG_handover_title);
    view.crumbs = case_crumbs(ctx, c->row.number, title, view.form.action);
    frame_fill(ctx, req, c->town, NAV_TODO, str_fmt(ctx->arena, "%.*s %.*s", STR_ARG(title), STR_ARG(c->row.number)),
               /* has_fault= */ false, &view.frame);
    html_handover_check(&res->body, ctx->lang, &view);
    return OK;
}
