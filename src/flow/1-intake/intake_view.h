/* What: the public form (/synpunkter) and its receipt (/synpunkter/tack).
 * Flow: intake_page.c fills them; intake_page.html shows them.
 * The form is posted to /synpunkter as multipart/form-data with the contract's fields: type, story, unit, reply, name,
 * email, phone, address, files; hidden csrf and form_token; "kept" once for each file of an earlier try that shall go
 * along (its position, 0 ...); "recount" when only the dates shall be worked out again (then nothing is checked, status
 * 200). With script the dates come from GET /synpunkter?unit=..&type=..&reply=.., of which the element with id "lovar"
 * is taken. Memory: as long as the ctx whose arena the texts lie in. Source: ux 01, 01b, 02a; ux/README 1, 5, 6. */
#ifndef GAVA_INTAKE_VIEW_H
#define GAVA_INTAKE_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

struct intake_form_view {
    struct frame_view frame;
    struct faults_view faults;
    struct str csrf, form_token;
    struct promises_view promises; /* as if it were sent now; MARK_AT_ONCE or MARK_LATER */
    struct when_text today;
    struct str unit_name;            /* whose promises they are; empty: the municipality's */
    const struct option_view *types; /* complaint, suggestion, praise with form_type_<code> as label */
    size_t n_types;
    struct field_view story;
    const struct option_view *units; /* the first is "Vet inte - hjälp mig" with value "" */
    size_t n_units;
    struct field_view unit;
    struct field_view files;
    struct str accept; /* for accept="...": attach_accept() */
    const struct kept_file_view *kept;
    size_t n_kept;
    struct str reply; /* email, phone, letter, code or none: which is chosen */
    bool reply_email, reply_phone, reply_letter, reply_code, reply_none; /* the same, one of them true */
    struct field_view name, email, phone, address;
    struct str call; /* the municipality's telephone; empty: none is shown */
    struct url call_url;
    struct url paper; /* the same form as a PDF to print */
};

struct receipt_view {
    struct frame_view frame;
    struct str number;
    struct str code; /* in groups of four */
    bool is_praise;  /* other words of thanks */
    bool mail_sent;  /* an acknowledgement is on its way by e-mail */
    struct promises_view promises;
    struct str
        free_days; /* "Julafton, juldagen och nyårsafton": days that were not counted; empty: none but weekends */
    struct str call;
    struct url call_url;
};

#endif
