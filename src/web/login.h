/* What: is this the right password of this person? Slowed down for whoever guesses, and silent on which names exist.
 * Flow: login_page.c asks, then starts a session. Owns: app_user.failures and blocked_until_us.
 * Invariants: (1) an unknown name, a wrong password, a person who has left and one who is blocked give the same error
 * after the same work; (2) after LOGIN_FREE_FAILURES wrong passwords in a row the account takes none for a minute, then
 * two, up to a quarter of an hour; (3) beside that, each address and each name may be tried so many times an hour
 * (rate.h). Source: OWASP authentication; NIST SP 800-63B 5.2.2. */
#ifndef GAVA_LOGIN_H
#define GAVA_LOGIN_H

#include "web.h"

enum { LOGIN_FREE_FAILURES = 5, LOGIN_BLOCK_MAX_S = 15 * 60 };

/* name as typed. ERR_INVALID: not these two. ERR_TOO_MANY: tried too often from this address or for this name. */
MUST_USE enum err login_check(struct ctx *ctx, struct request *req, struct str name, struct str password,
                              struct user_id *ret);

#endif
