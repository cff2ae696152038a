/* What: writing the reply. Flow: answer_page.c, answer_fill_page.c. Memory: as long as ctx. Source: mock-up 05b. */
#ifndef GAVA_ANSWER_VIEW_H
#define GAVA_ANSWER_VIEW_H

#include "answer_advice_view.h"
#include "answer_head_view.h"
#include "consult_view.h"
#include "frame_view.h"

struct asked_view {
    int64_t id;
    struct str words;
    bool is_answered;
};
/* A sentence of the story that may be a question: pressed, it is listed. */
struct asked_guess_view {
    int64_t number;
    struct str words;
};
struct phrase_option_view {
    int64_t id;
    struct str name, words;
};
/* A line of a text, and whether the other text has it too. */
struct diff_view {
    struct str text;
    bool differs;
};

struct answer_view {
    struct frame_view frame;
    struct answer_head_view head;
    struct str csrf;
    int64_t draft_version;
    struct url action, back, save, advise, versions, phrases_admin;
    struct field_view text, measure_kind, measure_done, measure_later, corrected, ask;
    bool is_done, is_later, is_none, apology;
    struct str before, after; /* what stands around the text in the letter; each may be empty */
    struct str saved;         /* "Sparat fredag ... av Amir Haddad"; empty: nothing is */
    bool has_versions;

    /* somebody else saved meanwhile: both texts, what differs marked */
    bool has_other;
    const struct diff_view *own, *other;
    size_t n_own, n_other;
    struct str other_by;
    struct when_text other_at;

    const struct asked_view *asked;
    size_t n_asked;
    const struct asked_guess_view *guesses;
    size_t n_guesses;
    const struct phrase_option_view *phrases;
    size_t n_phrases;
    struct advice_view advice;
    struct consult_people_view people; /* who was asked about the draft, and what they said */
    struct str story, way, guidance;
};

#endif
