/* What: asking those concerned about a draft, as the templates read it: the manager's page, the part of the case page,
 * the page of somebody asked. Flow: consult_page.c, consult_panel_page.c and consult_read_page.c fill them. Memory: as
 * long as ctx. Source: mock-ups 05, 05b; S0.33-S0.37. */
#ifndef GAVA_CONSULT_VIEW_H
#define GAVA_CONSULT_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

/* Something one of them said. */
struct consult_said_view {
    struct str head; /* "skrev torsdag 17 december kl. 13.40", "Amir Haddad skrev ner vad som sades 16 december" */
    struct when_text at;
    struct str text;
};

struct consult_person_view {
    int64_t id;
    struct str name, title;
    struct when_text asked;
    struct tag_view state; /* "Läser till kl. 13.00", "Har läst, inget att tillägga" */
    struct str opened;     /* "Öppnade det 17 december kl. 08.30", "Har inte öppnat det"; empty: only talked with */
    struct str away;       /* may be empty */
    struct str question, story_reason; /* may be empty */
    const struct consult_said_view *said;
    size_t n_said;
    bool is_unconsidered;
    struct str said_us;    /* the moment of the latest words, for the tick */
    struct str considered; /* "Amir Haddad har tagit hänsyn till det 17 december."; may be empty */
};

struct consult_people_view {
    const struct consult_person_view *people;
    size_t n_people;
    struct url action;
    struct str csrf;
    bool may_act;     /* tick, end */
    bool is_at_check; /* the tick leads back to the page before the reply goes */
};

/* ---- the manager's page ---- */

struct consult_candidate_view {
    struct str value, name, title, unit;
    struct str away; /* may be empty */
    bool is_chosen;
};

struct consult_view {
    struct frame_view frame;
    struct str csrf;
    struct url action, back, edit, check;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    struct str heading; /* of the case */
    struct str wish;    /* what the routine wants, as a sentence */
    struct str quote, clause;
    struct notice_view fits; /* until when it must be shown, or that the time no longer fits */
    struct consult_people_view people;
    bool has_draft, is_changed; /* since it was shown */
    int64_t draft_version;
    struct str draft, story;
    struct when_text shared_at; /* none: not shown yet */
    const struct consult_candidate_view *candidates;
    size_t n_candidates;
    struct str unit; /* whose people they are */
    struct field_view search, question, story_reason, person;
    bool with_story;
    const struct option_view *everybody; /* to talk with */
    size_t n_everybody;
    struct field_view who, day, text;
    bool talk_open;
};

/* ---- on the case page ---- */

struct consult_panel_view {
    bool is_shown;
    struct str wish;
    struct url url;
    bool may_share, has_draft;
    bool wants; /* the routine wants somebody asked, and nobody was */
    struct notice_view fits;
    struct consult_people_view people;
    bool has_bar; /* how much of the time has passed */
    int64_t hours_gone, hours;
    struct notice_view plan; /* the reply will go by itself */
    struct url stop_url;
    bool may_stop;
    struct str csrf;
};

/* ---- somebody asked ---- */

struct consult_read_view {
    struct frame_view frame;
    struct str csrf;
    struct url action, keep_action;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct faults_view faults;
    struct str intro; /* who asked, and about which case */
    struct str until; /* as a sentence; may be empty */
    struct str question, draft, story, guidance;
    bool is_over, is_heard;
    struct when_text over_at;
    struct field_view text;
    bool is_kept;
    const struct consult_said_view *said;
    size_t n_said;
};

#endif
