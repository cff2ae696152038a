/* What: the parts that pages share: promises with their explanation, faults of a form, tags, documents, messages,
 * icons. Flow: a page's view holds them; its template says {{import parts_page}} and {{use promises(&v->promises)}}.
 * Memory: as long as the ctx whose arena the texts lie in. Source: ux/README 3; design.md 1 (explanation). */
#ifndef GAVA_PARTS_VIEW_H
#define GAVA_PARTS_VIEW_H

#include "html.h"

/* What an icon takes: nothing. {{use icon_lock(NULL)}} */
struct no_view;

/* == Promises =======================================================================================================
 */

enum promise_mark {
    MARK_LATER,   /* empty ring */
    MARK_NEXT,    /* ring with a dot: the one that is due first */
    MARK_KEPT,    /* tick; kept_late says that it was after its date */
    MARK_LATE,    /* "!": the date has passed */
    MARK_LET_GO,  /* waived; note says why and by whom */
    MARK_AT_ONCE, /* ring with a dot: happens when the form is sent (only on the form) */
};

struct explain_day {
    struct when_text day;
    struct str reason; /* "julafton", "söndag", "trettondedag jul" */
};
/* "Så räknas datumet". */
struct explain_view {
    struct str id;         /* unique on the page: the promise's code */
    bool in_hours;         /* elapsed hours: no day is skipped, and from and due are moments */
    struct str from_event; /* what it counts from, as a sentence's end: "det du skrev kom in" */
    struct when_text from; /* that day; it is day 0 */
    struct str amount;     /* "10 arbetsdagar", "24 timmar" */
    const struct explain_day *skipped;
    size_t n_skipped;
    struct str roll; /* a sentence when the last day was moved on; else empty */
    struct when_text due;
    struct str clause;         /* "punkt 5" of the routine; may be empty */
    struct str quote;          /* the routine's own sentence; may be empty */
    struct str interpretation; /* how an unclear sentence is read; may be empty */
};

struct promise_view {
    enum promise_mark mark;
    struct str label;         /* what is promised, for this reader: "Svara dig", "Svara" */
    struct str note;          /* one more sentence; may be empty */
    struct str who;           /* who answers for it; may be empty */
    struct when_text due;     /* none: no date */
    struct when_text new_due; /* the date the person was told instead; none: none was */
    struct when_text kept;    /* MARK_KEPT, MARK_LET_GO: when */
    bool kept_late;
    bool kept_same_day; /* on the day it began: "genast" */
    bool has_days_left;
    int64_t days_left;                  /* working days; 0: today. Of MARK_LATE: how many days late */
    const struct explain_view *explain; /* NULL: none is shown */
};
struct promises_view {
    const struct promise_view *promises;
    size_t n_promises;
};
/* Some promise has an explanation to show. */
static inline bool promises_have_reasons(const struct promises_view *v)
{
    for (size_t i = 0; i < v->n_promises; i++)
        if (v->promises[i].explain != NULL)
            return true;
    return false;
}

/* == Forms ==========================================================================================================
 */

/* One field as it is shown: what was written, and what is wrong with it. */
struct field_view {
    struct str name; /* as in the form; also the element's id */
    struct str value;
    struct str fault; /* how to put it right; empty: nothing is wrong */
};
struct option_view {
    struct str value, label;
    bool is_selected;
};
/* The fault summary at the top: links to the fields. */
struct fault_view {
    struct str field; /* id of the element */
    struct str text;  /* what to do, as an instruction */
};
struct faults_view {
    const struct fault_view *faults;
    size_t n_faults;
};
/* A file that an earlier try of the form has left with us. */
struct kept_file_view {
    struct str name, size; /* "1,2 MB" */
};

/* == Words and papers ===============================================================================================
 */

enum tone { TONE_NEUTRAL, TONE_OUTLINE, TONE_INFO, TONE_WARNING, TONE_DANGER, TONE_SUCCESS };
enum icon {
    ICON_NONE,
    ICON_LOCK,
    ICON_EYE,
    ICON_CLOCK,
    ICON_WARNING,
    ICON_IN,  /* something came in */
    ICON_OUT, /* a letter or mail went out */
    ICON_PHONE,
    ICON_PEN,
    ICON_SPEECH,
    ICON_ARROW, /* handed on */
    ICON_TICK,
    ICON_FOLDER,
    ICON_CLIP,
    ICON_PERSON,
};
struct tag_view {
    struct str text;
    enum tone tone;
    enum icon icon;
};
struct tags_view {
    const struct tag_view *tags;
    size_t n_tags;
};

struct document_view {
    int64_t number;  /* in the dossier; 0: an attachment without a number of its own */
    struct str name; /* "Synpunkt", "matlada.jpg" */
    struct str more; /* "PDF, 1,2 MB"; may be empty */
    struct url url;
};
struct documents_view {
    const struct document_view *documents;
    size_t n_documents;
};

/* A message between the person and the municipality. */
struct message_view {
    bool is_mine;     /* the reader wrote it */
    struct str who;   /* "Du", "Amir Haddad", "Ekhamns kommun" */
    struct str title; /* "enhetschef"; may be empty */
    struct when_text at;
    struct str text; /* line ends as written */
    struct documents_view documents;
};
struct messages_view {
    const struct message_view *messages;
    size_t n_messages;
};

/* What happened, newest first. */
enum dot { DOT_PLAIN, DOT_OUT, DOT_SECRET }; /* to the person; secrecy and identity */
struct happening_view {
    enum dot dot;
    enum icon icon;
    struct when_text at;
    struct str who;  /* "Amir Haddad", "Automatiskt"; may be empty */
    struct str text; /* a sentence */
    struct str said; /* what was written, line ends kept; may be empty */
    struct documents_view documents;
};
struct timeline_view {
    const struct happening_view *happenings;
    size_t n_happenings;
};

/* Name and value, side by side. */
struct fact_view {
    struct str name, value;
};
struct facts_view {
    const struct fact_view *facts;
    size_t n_facts;
};

/* Where one is: the last crumb is this page. */
struct crumb_view {
    struct str text;
    struct url url;
};
struct crumbs_view {
    const struct crumb_view *crumbs;
    size_t n_crumbs;
};

/* A note at the top of a page after something was done, or that something needs care. */
struct notice_view {
    enum tone tone; /* TONE_NEUTRAL: no notice */
    struct str heading, text;
    struct url link; /* none: no link */
    struct str link_text;
};

#endif
