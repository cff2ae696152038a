/* What: whom and what an administrator may change: units at or below those where he or she holds the role admin, and
 * people whose every role lies there. The role opens no case, and nobody gives a role to himself or herself. Flow:
 * admin_page.c, admin_unit_page.c, admin_person_page.c ask here, then change through town.h, which writes every change
 * into the journal. Not here: the changes (town_setup.c), the same as commands (setup_cmd.c). Source: S0.43, S1.38,
 * S3.41; design.md 3.10. */
#ifndef GAVA_ADMIN_H
#define GAVA_ADMIN_H

#include "town.h"

bool admin_reaches_unit(const struct ctx *ctx, const struct town *town, struct unit_id unit);
/* Somebody who holds no role yet is within everybody's reach. */
bool admin_reaches_person(const struct ctx *ctx, const struct town *town, const struct staff *staff);
/* May ctx->who give or take this person's roles: within reach, and not oneself. */
bool admin_may_give(const struct ctx *ctx, const struct town *town, const struct staff *staff);
/* The person meant by a log-in name, or by a whole name that only one has; NULL: nobody, or several. */
const struct staff *admin_find(struct ctx *ctx, const struct town *town, struct str text);

#endif
