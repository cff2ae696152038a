/* What: what the HTML part of a letter shows; the text part is written from the same struct.
 * Flow: mail_letter.c fills it, mail_letter_page.html prints it. Memory: as long as ctx. */
#ifndef GAVA_MAIL_LETTER_VIEW_H
#define GAVA_MAIL_LETTER_VIEW_H

#include "mail_letter.h"

/* A paragraph is lines; an empty line parts paragraphs. */
struct mail_paragraph_view {
    const struct str *lines;
    size_t n_lines;
};

struct mail_letter_view {
    struct str subject;
    const struct mail_paragraph_view *paragraphs;
    size_t n_paragraphs;
    const struct mail_promise *promises;
    size_t n_promises;
    struct url action; /* a link of its own; none */
    struct str action_text;
    struct str number;
    struct url follow;
    struct str phone;
    struct url phone_url;
    struct str municipality; /* the signature; empty: words have one */
};

#endif
