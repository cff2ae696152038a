/* What: a person's own choices: the language of the mails, and whether there is one before a date. Flow:
 * staff_setting_page.c. Memory: as long as ctx. */
#ifndef GAVA_STAFF_SETTING_VIEW_H
#define GAVA_STAFF_SETTING_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct staff_setting_view {
    struct frame_view frame;
    struct str csrf;
    struct notice_view notice; /* "Sparat." */
    struct str email;          /* empty: none */
    bool is_english, early_mail;
};

#endif
