/* What: the frame around every page: head, crest, menu, language, who is logged in, foot; and the error page.
 * Flow: frame_fill() (frame.h) prepares it from the request; each page's view holds it as its first member; the page's
 * template says {{wrap frame(&v->frame)}} ... {{end}}. All addresses in views are written from "/": the template puts
 * the municipality's root in front (msg.h, struct lang). Memory: as long as the ctx whose arena the texts lie in.
 * Source: ux/README 2, 7. */
#ifndef GAVA_FRAME_VIEW_H
#define GAVA_FRAME_VIEW_H

#include "html.h"

/* The menu item that is lit. */
enum nav { NAV_NONE, NAV_TODO, NAV_TAKE_IN, NAV_DIARY, NAV_CASES, NAV_STATISTICS, NAV_WATCH, NAV_ROUTINE };

struct frame_view {
    struct str title;          /* of the page alone; the municipality follows by itself */
    bool has_fault;            /* the page tells of faults in a form: "Fel:" stands first in the title */
    struct str municipality;   /* "Ekhamns kommun" */
    struct url theme;          /* the municipality's style sheet */
    struct url other_language; /* this page in the other language; none: no link */
    struct when_text stands;   /* the clock stands still (--clock): then, on every page */
    enum nav nav;
    bool is_staff;       /* logged in: staff menu and a denser page */
    bool may_watch;      /* looks after the whole: a link to what stands still */
    bool writes_letters; /* keeps the municipality's own letters and phrases: a link to those */
    bool is_admin;       /* keeps units and people: a link to those pages */
    bool has_statistics; /* reads some unit: the menu leads to its figures */
    bool has_diary;      /* keeps the diary: the menu leads to its queue */
    struct str user_name, user_title, user_initials;
    struct str csrf; /* for logging out; only when is_staff */
    /* "Frågor? Fråga alltid Sara Lund, 0980-319 209." */
    struct str help_name; /* empty: the municipality's own number */
    struct str help_way;  /* telephone, else e-mail; empty: nothing is known */
    struct url help_url;
};

/* ERR_x as a page. */
struct error_view {
    struct frame_view frame;
    struct str heading, text; /* what happened, and what to do: messages error_<code>, error_<code>_do */
    struct str reference;     /* the request's id, as in the log; empty: none is shown */
    struct url back;          /* where it goes on; none: the front page */
    struct str back_text;
};

#endif
