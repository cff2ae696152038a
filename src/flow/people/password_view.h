/* What: choosing a password with a code: /losenord. Memory: as long as the ctx. Source: password_code.h. */
#ifndef GAVA_PASSWORD_VIEW_H
#define GAVA_PASSWORD_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct password_view {
    struct frame_view frame;
    struct str csrf;
    struct faults_view faults;
    struct field_view user, code, password;
    int64_t n_min; /* characters a password has at least */
};

#endif
