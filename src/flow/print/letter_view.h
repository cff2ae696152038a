/* What: a letter on paper, its preview, and what is said when it cannot be made. Flow: letter_paper.c fills the paper,
 * letter_page.c the page around it; letter_page.html shows both, the same letter on the page as in the PDF. Memory: as
 * long as ctx. Source: S0.32, S1.49, S2.24, S4.4. */
#ifndef GAVA_LETTER_VIEW_H
#define GAVA_LETTER_VIEW_H

#include "frame_view.h"
#include "parts_view.h"
#include "text_blocks.h"

struct letter_paper_view {
    struct str language; /* "sv" */
    struct str title;    /* of the document: subject and case number */
    struct str municipality, unit;
    const struct str *address; /* who it is for and where: what the window shows; none: not known */
    size_t n_address;
    bool is_address_long; /* it does not fit: its lines are cut at the window's edge */
    struct when_text date;
    struct str number, diary_number; /* diary_number may be empty */
    struct str subject;
    const struct text_block *blocks;
    size_t n_blocks;
    struct str writer, writer_title; /* empty: the text says who wrote, or the program did */
    struct str place, phone, email;  /* of the unit, else the municipality; each may be empty */
    bool may_write_back;             /* the person's own letter, not one to a body outside */
};

struct letter_page_view {
    struct frame_view frame;
    struct crumbs_view crumbs;
    struct notice_view notice;
    struct html paper; /* in its own language */
    struct str lang;   /* of the paper */
    struct url pdf;    /* none: it cannot be printed */
    struct url other_way, posting;
};

#endif
