/* What: the case page's part on the work itself, as its template reads it: talks and questions to the person, what was
 * found out, working material, measures. Flow: inquiry_panel_page.c fills it, inquiry_panel_page.html shows it. Memory:
 * as long as ctx. Source: mock-up 05; S1.30, S1.50, S2.33, S4.7. */
#ifndef GAVA_INQUIRY_PANEL_VIEW_H
#define GAVA_INQUIRY_PANEL_VIEW_H

#include "parts_view.h"
#include "take_in_view.h"

/* Something written: a paper of the investigation, or a working note. */
struct written_view {
    struct str title; /* "Varför det hände"; empty for a working note */
    struct str who, text;
    struct when_text at;
    struct url paper; /* in the dossier; none */
    struct url post;  /* to keep it or throw it away; none */
    bool may_keep, may_drop;
    const struct option_view *kinds; /* it can be kept as */
    size_t n_kinds;
};

struct measure_view {
    struct str id; /* of its elements */
    struct str text, who;
    struct str state;    /* "Gjort 14 december", "Ska vara gjort senast 20 december", "Blir inte av: ..." */
    struct tag_view tag; /* days left or late; empty text: none */
    struct url post;     /* to tick it off or let it go; none */
    struct field_view done, reason;
    bool may_drop, is_open; /* its forms came back with a fault */
};

struct inquiry_view {
    struct str csrf;
    struct url note_url, talk_url, measure_url, ask_url, go_on_url;

    /* Talks and questions, below the messages. */
    bool may_talk, is_talk_open;
    struct choices_view talk_how, talk_told, told; /* told: of the message above */
    bool asks_told;                                /* the routine promises a first response that is still owed */
    struct field_view talk_day, talk_time, talk_text;
    bool may_ask, is_ask_open, may_go_on;
    struct field_view ask;
    struct str ask_way;       /* how it reaches the person, a sentence */
    struct when_text waiting; /* asked then, and waited for; none: nothing is */
    struct str asked_by;

    /* What was found out. */
    bool may_note;
    struct choices_view kinds;
    struct field_view note;
    struct str missing; /* what the routine wants before closing, a sentence; empty: nothing */
    const struct written_view *papers;
    size_t n_papers;
    const struct written_view *jots;
    size_t n_jots;

    /* What is done about it. */
    bool may_measure, is_measure_open;
    struct field_view measure, measure_day;
    struct choices_view measure_kind;
    const struct option_view *people;
    size_t n_people;
    const struct measure_view *measures;
    size_t n_measures;
    struct str corrected; /* "Rättat 14 december, efter 3 arbetsdagar"; empty: not yet */
};

#endif
