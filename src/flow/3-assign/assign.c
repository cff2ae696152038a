#include "assign.h"

#include "assign_sql.h"
#include "db.h"
#include "staff_notice.h"

enum err assign_case(struct ctx *ctx, struct str number, int64_t version, struct user_id manager)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    TRY(case_expect_version(ctx, &c, version));
    const struct staff *staff = town_staff(c.town, manager);
    if (staff == NULL || !staff->active ||
        !roles_has(town_roles_at(c.town, manager, c.row.unit), ROLE_responsible_manager))
        return fail(ctx, ERR_INVALID, "the person is no responsible manager of the unit or above");
    TRY(case_set_owner(ctx, c.row.id, manager));
    TRY(case_team_owner_to_participant(ctx, c.row.id));
    TRY(case_team_put(ctx, c.row.id, manager, STR("owner")));
    c.row.owner = manager;
    TRY(case_step(ctx, &c, STEP_assign, &(struct step_note){.data = STEP_DATA(ctx, {"to", staff->login})}));
    TRY(staff_notice(ctx, manager, NOTICE_handed_over, c.row.id));
    return tx_commit(&tx);
}

enum err accept_case(struct ctx *ctx, struct str number, int64_t version)
{
    TX_SCOPE struct tx tx;
    TRY(tx_begin(ctx, &tx));
    struct open_case c;
    TRY(case_open(ctx, number, &c));
    TRY(case_expect_version(ctx, &c, version));
    TRY(case_set_accepted(ctx, c.row.id, ctx_now(ctx)));
    TRY(case_step(ctx, &c, STEP_accept, &(struct step_note){0}));
    return tx_commit(&tx);
}
