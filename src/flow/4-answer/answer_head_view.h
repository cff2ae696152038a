/* What: the head of both pages of the reply. Memory: as long as ctx. Source: mock-up 05b. */
#ifndef GAVA_ANSWER_HEAD_VIEW_H
#define GAVA_ANSWER_HEAD_VIEW_H

#include "parts_view.h"

struct answer_head_view {
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    struct str h1, heading; /* heading: of the case; empty when h1 tells it */
    struct when_text due;   /* of the reply; none: no such promise runs */
    bool is_late;
    int64_t days_left;
};

#endif
