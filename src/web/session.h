/* What: who is at the other end: rows that a cookie stands for. Staff who logged in (cookie "gava"), and submitters who
 * showed the number and code of one case, or just got them (cookie "gava_folj"). Flow: the dispatcher calls
 * session_load before every handler; login_page.c and the follow-up pages start and end them. Owns: session.
 * Invariants: (1) a cookie is 256 random bits, and only its hash is stored; (2) logging in always makes a new token;
 * (3) a session is over after its kind's idle time or its absolute time, whichever comes first. Memory: a session lives
 * as long as ctx. Not here: passwords (base/password.h), what a role may do (rights.def). Source: OWASP session
 * management; style.md 26. */
#ifndef GAVA_SESSION_H
#define GAVA_SESSION_H

#include "web.h"

enum session_kind {
    SESSION_STAFF,   /* user */
    SESSION_FOLLOW,  /* subject: reads one case */
    SESSION_RECEIPT, /* subject: has just written; sees number and code once */
};

struct session {
    struct session_id id;
    enum session_kind kind;
    struct user_id user;
    struct case_id subject;
    struct str csrf; /* 32 bytes */
    struct utc_us created, seen, expires;
};

/* Reads the cookies; sets req->session and follow, ctx->who, req->user_name and roles. A cookie that stands for nothing
 * is no error. Writes (session_touch) at most once a minute and session: call it before db_read_only. */
MUST_USE enum err session_load(struct ctx *ctx, struct request *req);
/* A new session and its cookie; one of the same cookie that the request came with ends. user or subject is .v 0. */
MUST_USE enum err session_start(struct ctx *ctx, struct request *req, struct response *res, enum session_kind kind,
                                struct user_id user, struct case_id subject);
/* Ends the session behind the kind's cookie, if any, and takes the cookie away. */
MUST_USE enum err session_end(struct ctx *ctx, struct request *req, struct response *res, enum session_kind kind);

#endif
