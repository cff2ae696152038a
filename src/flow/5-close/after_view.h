/* What: after closing: asking the person whether it has become better; and dealing with what the person wrote then.
 * Flow: after_page.c. The follow-up posts how (call, write), result, text, reopen, letter; the other page version,
 * reason, step (look, send). Memory: as long as ctx. Source: S1.31, S1.32; JO on Nordanstig 2021. */
#ifndef GAVA_AFTER_VIEW_H
#define GAVA_AFTER_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct follow_up_view {
    struct frame_view frame;
    struct str csrf;
    struct crumbs_view crumbs;
    struct faults_view faults;
    struct url action, back;
    struct str heading;
    struct when_text due; /* none: no date */
    bool is_call, is_written;
    const struct option_view *results;
    size_t n_results;
    struct field_view how, result, text, letter;
    bool reopen;
    struct str way;     /* how the letter goes, as a sentence */
    struct str reached; /* how to reach the person, as a sentence */
    struct str story, reply;
};

struct heard_view {
    struct frame_view frame;
    struct str csrf;
    int64_t version;
    struct crumbs_view crumbs;
    struct faults_view faults;
    struct notice_view notice;
    struct url action, back, reopen_url;
    struct str heading;
    struct when_text due;
    struct messages_view messages; /* what the person wrote since closing */
    bool may_reopen, may_answer;
    struct field_view reason;
    bool is_looked_at; /* the letter stands below, and may go */
    struct str letter, way;
    struct str reply; /* the latest answer the person had */
};

#endif
