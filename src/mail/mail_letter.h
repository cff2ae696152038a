/* What: the words of a mail to the person who wrote: what it is about, what staff wrote, what is promised, where to go
 * on. Flow: outbox_job.c says what there is to tell (struct mail_letter) -> mail_letter_write() -> struct mail ->
 * message.h. Invariants: (1) a letter of kind MAIL_NEWS carries nothing of the case: no words, no promise, no unit; it
 * says that there is news and where to read it; (2) text and HTML say the same; (3) the submitter's code is in no mail.
 * Memory: as long as ctx. Not here: who gets it, when, and whether it may carry the words (flow/4-answer/outbox_job.c);
 * the routine's own letters (routine.h), whose filled-in text comes here as words. Source: S0.27, S0.32, S2.24;
 * design.md 3.10; ux/README 5. */
#ifndef GAVA_MAIL_LETTER_H
#define GAVA_MAIL_LETTER_H

#include "message.h"
#include "msg.h"

enum mail_kind {
    MAIL_ACKNOWLEDGEMENT, /* we have it, and this is what we promise */
    MAIL_REPLY,           /* the answer */
    MAIL_MESSAGE,         /* something staff wrote meanwhile */
    MAIL_NEWS,            /* there is something to read; nothing of it here */
};

struct mail_promise {
    struct str text;     /* "Du får svar." */
    struct when_text by; /* "fredag 8 januari"; none: no date */
};

struct mail_letter {
    enum mail_kind kind;
    struct str municipality; /* "Ekhamns kommun" */
    struct str phone;        /* the contact centre's; empty: there is none, or words say it */
    struct str number;       /* the case's */
    struct url follow;  /* whole address of the page where number and code are given: url_foreign(); .s STR_NONE: words
                           say it */
    struct str subject; /* the routine's own; STR_NONE: the catalogue's */
    struct str words;   /* reply, message; acknowledgement: the routine's own text or STR_NONE for the catalogue's */
    struct url action;  /* something to do there, by a link of its own; .s STR_NONE: nothing */
    struct str action_text;              /* what it does */
    const struct mail_promise *promises; /* acknowledgement only; may be none */
    size_t n_promises;
};

/* Sets subject, text, html, origin and language of ret_mail; leaves the rest as it is. */
void mail_letter_write(struct ctx *ctx, const struct lang *lang, const struct mail_letter *letter,
                       struct mail *ret_mail);

#endif
