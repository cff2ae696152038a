#include "meeting.h"

#include "db.h"

enum err meeting_of(struct ctx *ctx, struct case_id id, struct meeting *ret)
{
    struct meeting_get_row *row;
    size_t n;
    TRY(meeting_get(ctx, id, &row, &n));
    *ret = n ? (struct meeting){row[0].planned, row[0].held} : (struct meeting){DATE_NONE, DATE_NONE};
    return OK;
}

bool meeting_is_wanted(const struct routine *routine)
{
    uint64_t asked = 0;
    for (size_t i = 0; i < routine->n_obligations; i++)
        asked |= routine->obligations[i].met_by;
    for (size_t i = 0; i < routine->n_gates; i++)
        asked |= routine->gates[i].needs;
    return asked & EVENT_BIT(EVENT_unit_meeting_held);
}

static struct str day_code(struct ctx *ctx, struct date day)
{
    struct out out = out_init(ctx->arena, /* max_bytes= */ 16);
    out_date(&out, day);
    return out_take(&out);
}

enum err meeting_set(struct ctx *ctx, struct str number, struct date day, bool is_held)
{
    struct date today = utc_to_date(ctx_now(ctx));
    if (date_is_none(day) || (is_held ? day.days > today.days : day.days < today.days))
        return fail(ctx, ERR_INVALID, "a meeting is held today or before, and planned for today or later");
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    struct step_note note = {.data = STEP_DATA(ctx, {"day", day_code(ctx, day)})};
    if (is_held && day.days < today.days)
        note.fact_at = date_end(day);
    TRY(is_held ? meeting_hold(ctx, c.row.id, day) : meeting_plan(ctx, c.row.id, day));
    TRY(case_step(ctx, &c, is_held ? STEP_hold_meeting : STEP_plan_meeting, &note));
    return tx_commit(&tx);
}
