/* What: the bodies outside a case may be handed to, or a person told to turn to: name, what for, contact, and what the
 * person is told, in each language. Flow: gava init seeds them (external_bodies.def); /admin/instanser changes them;
 * exit.c names one of them; the contact directory may list them. Owns: external_body. Invariants: (1) a code is never
 * changed; (2) a body is never removed: it is retired, and old exits still name it; (3) an address for mail is one that
 * mail servers take, a web address is https. Memory: as long as ctx. Not here: units of the municipality (town.h).
 * Source: S2.41; S2.38; domain.md 2.2. */
#ifndef GAVA_EXTERNAL_BODY_H
#define GAVA_EXTERNAL_BODY_H

#include "ctx.h"
#include "external_body_sql.h"

enum { BODY_TEXT_MAX = 200, BODY_LETTER_MAX = 2000 };

/* What one may write about a body. None is STR_NONE; empty ones are "". */
struct body_spec {
    struct str name, handles, phone, email, address, web, letter_sv, letter_en;
};

/* Those a new municipality starts with; inside the transaction that makes it. */
MUST_USE enum err external_bodies_seed(struct ctx *ctx);
/* In list order, at most 500. retired: those that are not offered any more too. */
MUST_USE enum err external_bodies(struct ctx *ctx, bool retired, struct body_list_row **ret, size_t *ret_n);
/* ERR_NOT_FOUND: no such code. Retired ones are found. */
MUST_USE enum err external_body_find(struct ctx *ctx, struct str code, struct body_get_row *ret);

/* Each its own transaction, with a row in the municipality's journal. Needs RIGHT_ADMIN, which the route demands.
 * ERR_INVALID: no name, a mail address no server takes, a web address without https. */
/* The code is made from the name: "Försäkringskassan" gives forsakringskassan; ERR_CONFLICT: it is taken. */
MUST_USE enum err external_body_add(struct ctx *ctx, const struct body_spec *spec, struct str *ret_code);
MUST_USE enum err external_body_change(struct ctx *ctx, struct str code, const struct body_spec *spec);
/* Not offered any more, or offered again. */
MUST_USE enum err external_body_retire(struct ctx *ctx, struct str code, bool retired);

/* Whether a field may be saved; the pages say it beside the field. */
bool body_email_is_good(struct ctx *ctx, struct str email);
bool body_web_is_good(struct str web);

#endif
