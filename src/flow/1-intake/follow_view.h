/* What: how a submitter comes to the own case (/folj: number and code by POST) and the case as that person sees it
 * (/folj/arende): where it stands, the promises, the messages, a field to write in.
 * Flow: follow_page.c fills them; follow_page.html shows them. The log-in posts number, code, csrf to /folj; the page
 * posts message, files, csrf, form_token to /folj/arende (multipart) and csrf to /folj/lamna ("lock"). Memory: as long
 * as the ctx whose arena the texts lie in. Source: ux 02b, 02c; design.md contract. */
#ifndef GAVA_FOLLOW_VIEW_H
#define GAVA_FOLLOW_VIEW_H

#include "closed_told_view.h"
#include "delay_panel_view.h"
#include "exit_panel_view.h"
#include "frame_view.h"
#include "parts_view.h"

struct follow_login_view {
    struct frame_view frame;
    struct str csrf;
    struct faults_view faults; /* wrong number and wrong code give the same one: follow_wrong */
    struct str number;         /* as written; the code is never shown again */
    bool has_left;             /* the person just locked the case */
    struct str call;
    struct url call_url;
};

struct follow_view {
    struct frame_view frame;
    struct str csrf, form_token;
    struct notice_view notice; /* "Tack, vi har tagit emot det" after a message */
    struct faults_view faults;
    struct str number;
    struct when_text received;
    struct str heading;            /* where it stands, as a sentence: messages follow_status_<status> */
    struct when_text reply_by;     /* "Du får svar senast ..."; none: no such promise is running */
    struct str responsible;        /* "Amir Haddad, enhetschef"; empty: nobody yet */
    bool is_closed, is_considered; /* what is written now opens it again; or somebody deals with it */
    struct closed_told_view closed;
    struct delay_told_view delay; /* it takes longer, and the new date */
    struct exit_told_view exit;   /* it is not handled here: why, and who has it */
    struct promises_view promises;
    struct messages_view messages;
    struct field_view message, files;
    struct str accept;
    const struct kept_file_view *kept;
    size_t n_kept;
    struct str reply_way; /* how answers come, as a sentence: messages follow_way_<preference> */
    struct str call;
    struct url call_url;
};

#endif
