/* What: the case page as its template reads it. Flow: case_fill.c fills it from the case, case_page.html shows it.
 * Everything that changes the case is a form of its own; after a fault the same page comes again with that form as it
 * was written (struct case_said). Memory: as long as ctx. Source: mock-up 05; ux/README 6. */
#ifndef GAVA_CASE_VIEW_H
#define GAVA_CASE_VIEW_H

#include "arrival_view.h"
#include "assess_view.h"
#include "close_panel_view.h"
#include "consult_view.h"
#include "copy_panel_view.h"
#include "delay_panel_view.h"
#include "diary_panel_view.h"
#include "exit_panel_view.h"
#include "frame_view.h"
#include "handover_view.h"
#include "inquiry_panel_view.h"
#include "parts_view.h"
#include "posting_view.h"
#include "taken_view.h"
#include "team_view.h"

/* The next step: a sentence, then one button: a link, or a form that posts csrf and version. */
struct next_view {
    struct str title, text;
    struct str promise; /* the promise that is due first; empty: none */
    struct when_text due;
    bool is_late;
    struct url link; /* where the button goes; none: see post */
    struct url post;
    int64_t version;   /* sent with it: the case's; for taking over, how many hand-overs there were */
    struct str button; /* empty: nothing to press */
    struct url second; /* another way on; none */
    struct str second_text;
};

/* A promise with what staff may do about it. */
struct case_promise_view {
    struct promise_view promise;
    struct str code;     /* of the promise */
    struct str event;    /* staff tick this off; empty: a step of its own does */
    struct str happened; /* "ärendet togs upp på arbetsplatsträffen" */
    bool may_waive;
    bool keep_open, waive_open; /* the form came back with a fault */
    struct field_view keep, waive;
};

struct task_view {
    struct url url; /* to post to */
    struct str text, button;
    struct when_text since;
    struct url paper; /* what to print and post; none */
};

/* A form with one text: a message, why it is opened again. */
struct text_form_view {
    struct field_view text;
    bool is_open;
};

struct case_view {
    struct frame_view frame;
    struct str csrf;
    int64_t version;
    struct str number;
    struct url promise_url, note_url, way_url, contact_url; /* where the forms post to */
    struct crumbs_view crumbs;
    struct str title;
    struct tags_view tags;
    struct notice_view notice;  /* what was just done, or why it could not be */
    struct notice_view retried; /* a mail waits for its next try */
    struct notice_view failed;  /* something did not reach the person */
    struct faults_view faults;
    struct next_view next;

    const struct case_promise_view *promises;
    size_t n_promises;

    struct str story; /* what the person wrote */
    struct when_text story_at;
    struct str story_how; /* "webbformulär" */
    int64_t story_number; /* in the dossier */
    struct documents_view story_files;
    struct messages_view messages;
    bool may_write;
    struct text_form_view message;
    struct str message_way; /* how it reaches the person, as a sentence */

    bool has_draft;
    struct str draft;
    struct str draft_by;
    struct when_text draft_at;
    bool may_answer, is_answered;
    struct url answer_url;

    const struct task_view *tasks;
    size_t n_tasks;
    bool may_redirect; /* another way may be chosen, something failed */
    const struct option_view *ways;
    size_t n_ways;
    struct field_view way;

    struct inquiry_view inquiry; /* talks, questions, what was found out, measures */
    struct timeline_view events;

    bool has_contact, may_show_contact;
    bool is_contact_shown;
    struct facts_view contact;
    struct str reply_way; /* how the person wants the answer, as a sentence */
    const struct option_view *reasons;
    size_t n_reasons;
    struct field_view reason;
    int64_t n_shown; /* how often they were shown */
    struct str shown_by;
    struct when_text shown_at;

    bool is_secret;
    struct str provision, secret_by;
    struct when_text secret_at;
    bool may_sort;
    struct url sort_url;
    struct url checklist; /* of the unit; none: no link */

    struct delay_panel_view delay;
    struct copy_panel_view copies;
    struct diary_panel_view diary;
    struct letter_panel_view letters;
    struct documents_view documents;
    struct taken_view taken; /* how staff took it in */
    struct facts_view facts;
    struct arrival_view arrival;
    struct assess_view assess;
    bool may_register; /* it has no diary number yet */
    struct url register_url;
    struct consult_panel_view consult;
    struct handover_panel_view handover; /* who answers for it, who is asked */
    struct team_panel_view team;         /* who takes part */
    struct url accept_url, assign_url;   /* of the next step's button */

    struct exit_panel_view exit;
    struct url close_url;
    struct close_panel_view close;
};

#endif
