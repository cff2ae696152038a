/* What: how somebody gets a password nobody else knows: a code that an administrator makes and says over the telephone,
 * good for one choice of password within a day.
 * Flow: admin_person_page.c -> password_code_make; the person goes to /losenord -> password_code_use -> logs in.
 * Owns: password_code. Invariants: (1) one code a person, the newest; (2) only its hash is kept, and it is of 99 random
 * bits, so a plain hash gives nothing away; (3) whoever cannot log in any more cannot use one; (4) a new password ends
 * every session of the person and wrong attempts counted.
 * Not here: slowing down guesses (web/rate.h, by the page), checking a password (web/login.h).
 * Source: S3.41; NIST SP 800-63B 5.1.2; docs/decisions/0032. */
#ifndef GAVA_PASSWORD_CODE_H
#define GAVA_PASSWORD_CODE_H

#include "ctx.h"

enum { PASSWORD_CODE_HOURS = 24 };

/* Inside a transaction: a code as it is read out, "k7wm2-...", in place of one made before. Written into the journal.
 * ERR_NOT_FOUND: nobody. */
MUST_USE enum err password_code_make(struct ctx *ctx, struct user_id user, struct str *ret);
/* Its own transaction: choose the password. login and code as typed (spaces, dashes and capitals do not matter).
 * ERR_NOT_FOUND: no such pair, or too old. ERR_INVALID: the password is too short or too long (password.h). */
MUST_USE enum err password_code_use(struct ctx *ctx, struct str login, struct str code, struct str password);

#endif
