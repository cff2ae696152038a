/* What: the page where staff take in what a person says (/ta-emot), and the receipt that is given to the person.
 * Flow: take_in_page.c fills them; take_in_page.html shows them. The form is posted to /ta-emot as multipart/form-data:
 * channel, said_on, said_at, story, unit, type, subject, formalised, asked_complaint, informed, write_self, read_back,
 * spot (yes, no), done, satisfied, reply, name, phone, email, address, sms, meeting, call_time, role, on_behalf,
 * spoken, promise, promise_by, promise_who, files, kept; hidden csrf, form_token; "recount" when only what the unit
 * decides shall be worked out again; "then" = next for one more afterwards. The element "fragor" holds the questions of
 * the unit's routine and "stod" the guidance: with script both are fetched again when the unit changes. Memory: as long
 * as the ctx whose arena the texts lie in. Source: ux 03; S0.13-S0.21, S1.26-S1.33, S3.7-S3.22. */
#ifndef GAVA_TAKE_IN_VIEW_H
#define GAVA_TAKE_IN_VIEW_H

#include "channel_view.h"
#include "frame_view.h"
#include "parts_view.h"

/* One of some, as chips. */
struct choices_view {
    struct field_view field; /* .name: of the radio buttons; .fault */
    struct str legend, help; /* help may be empty */
    bool is_optional;
    const struct option_view *options;
    size_t n_options;
};

/* What one says and does while taking something in: one list of the unit's routine. */
struct steps_view {
    struct str id, title;
    bool is_numbered;
    const struct fact_view *items; /* name: what to do; value: what to say, may be empty */
    size_t n_items;
};

/* What leads elsewhere (an exit of the routine). */
struct elsewhere_view {
    struct str name, text;
};

struct take_in_view {
    struct frame_view frame;
    struct notice_view notice;
    struct faults_view faults;
    struct str csrf, form_token;
    struct when_text now;
    const struct begun_view *begun; /* what the reader has begun; none while one of them is open */
    size_t n_begun;
    bool is_begun;          /* this one is open */
    struct when_text saved; /* when it was last saved */

    struct choices_view channel;
    struct channel_view way; /* the fields of each way of coming in */
    struct field_view said_on, said_at;
    bool is_said_open; /* day and hour are shown */
    struct field_view story;
    struct choices_view type;
    const struct option_view *units;
    size_t n_units;
    struct field_view unit;

    /* The unit's routine asks for them. */
    bool asks_formalised, asks_complaint, asks_informed, asks_write_self, asks_read_back, asks_promise, asks_role,
        asks_behalf, asks_language;
    struct choices_view formalised, asked_complaint, write_self;
    struct field_view informed, read_back; /* boxes */
    bool is_informed, is_read_back;
    struct url link_mail, link; /* to the public form, for the person who writes self */
    struct str link_text;       /* its whole address, to read aloud */
    struct url paper;           /* the form to print and hand out: the unit's, or that of the unit all may write to */

    bool is_spot; /* something was done there and then */
    struct field_view done;
    struct choices_view satisfied;
    struct str spot_rule; /* what becomes of it, by the routine */

    struct field_view reply; /* .value: which is chosen; .fault */
    struct field_view name, phone, email, address, sms, meeting, call_time;
    bool reply_phone, reply_email, reply_letter, reply_sms, reply_meeting, reply_code, reply_none;

    struct field_view promise, promise_by;
    struct choices_view promise_who;
    bool is_promise_open;

    struct field_view role, on_behalf, spoken; /* .fault: the routine demands an answer */
    const struct option_view *subjects, *roles, *behalfs, *languages;
    size_t n_subjects, n_roles, n_behalfs, n_languages;
    struct field_view files;
    struct str accept;
    const struct kept_file_view *kept;
    size_t n_kept;
    bool is_more_open;

    /* The support beside it. */
    struct str routine_title;
    struct url routine_url, checklist; /* checklist: the unit's own; none: no link */
    const struct steps_view *steps;
    size_t n_steps;
    struct str definition; /* what the routine calls a complaint; may be empty */
    struct str advice;     /* paragraphs; may be empty */
    struct promises_view promises;
    const struct elsewhere_view *elsewhere;
    size_t n_elsewhere;
};

/* Something begun and not sent. */
struct begun_view {
    struct str unit, words;        /* how it begins; may be empty */
    struct when_text saved, until; /* until: when it is forgotten; none: never */
    bool is_soon;                  /* within three days */
    struct url open, discard;
};

/* Number and code, to give to the person. */
struct take_in_receipt_view {
    struct frame_view frame;
    struct str number, code; /* code empty: it was shown for an hour and is not any more */
    struct str unit, follow_address;
    bool is_praise;
    struct promises_view promises;
    struct url case_url;
    struct str call;
};

#endif
