/* What: the page where staff log in (/logga-in). Posts user, password, csrf and next.
 * Flow: login_page.c fills it. Memory: as long as the ctx. Source: design.md contract; ux/README 6 (same answer for
 * all). */
#ifndef GAVA_LOGIN_VIEW_H
#define GAVA_LOGIN_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct login_view {
    struct frame_view frame;
    struct str csrf;
    struct faults_view faults; /* one fault, of the field "user": messages login_wrong, login_too_many */
    struct str user;           /* as written; the password is never shown again */
    struct str next;           /* the path to go on to; may be empty */
    struct notice_view notice; /* "Du är utloggad", "Logga in för att gå vidare" */
};

#endif
