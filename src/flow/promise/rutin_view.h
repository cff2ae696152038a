/* What: a routine to read (/rutin, /rutin/VERSION): each promise in plain words, beside the sentence of the routine
 * that it comes from and, for staff, beside the lines of the file the program reads; and a date to try. Flow:
 * rutin_page.c fills it. The form "prova" is a GET to the same page with ?inkom=2026-12-14. Memory: as long as the ctx.
 * Source: ux 07; design.md 1. */
#ifndef GAVA_RUTIN_VIEW_H
#define GAVA_RUTIN_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

/* A line of YAML cut for colouring: indent and dash, key with colon, value, comment. Any may be empty. */
struct yaml_line_view {
    struct str indent, key, value, comment;
};
struct yaml_view {
    const struct yaml_line_view *lines;
    size_t n_lines;
};

/* A rule of the routine: a promise, a gate, an exit, what closing needs, a report. */
struct rule_view {
    struct str id;                            /* of the heading, unique on the page */
    int64_t number;                           /* of promises; 0: not numbered */
    struct str text;                          /* the rule in plain words */
    struct tag_view amount;                   /* "10 arbetsdagar"; text empty: none */
    struct tag_view who;                      /* "Ansvarig chef"; text empty: none */
    struct str when;                          /* "Gäller om du vill ha svar."; may be empty */
    bool is_target;                           /* should be kept, not must */
    struct str quote, clause, interpretation; /* may be empty */
    struct str origin;                        /* "Från Grundrutin, version 1"; empty: its own */
    struct str interpreted_by;                /* who read an unclear source so; may be empty */
    struct yaml_view yaml;                    /* n_lines 0: not shown (the public page) */
};
struct rule_section_view {
    struct str id, heading, text;
    const struct rule_view *rules;
    size_t n_rules;
};

struct tried_date_view {
    struct str label, amount;
    struct when_text due;
};

struct rutin_link_view {
    struct url url;
    struct str text;
    bool is_current;
};

struct rutin_view {
    struct frame_view frame;
    struct str title; /* of the routine's document */
    int64_t version;
    struct when_text valid_from, valid_until; /* from: none = always; until: none = until further notice */
    struct str decided_by, number;            /* may be empty */
    struct str policy;                        /* what the routine follows; may be empty */
    struct url policy_url;                    /* none: no link */
    struct str units;                         /* whose routine it is: "Hemtjänst norr, Hemtjänst syd" */
    int64_t n_promises_of;                    /* how many promises */
    const struct rutin_link_view *routines;   /* the municipality's other routines */
    size_t n_routines;
    const struct rutin_link_view *versions; /* other versions of this one */
    size_t n_versions;
    struct url self;     /* this page, for the form */
    struct url yaml_url; /* the file; none: not offered */
    struct str tried;    /* 2026-12-14 */
    struct str tried_fault;
    const struct tried_date_view *dates;
    size_t n_dates;
    struct str not_counted;                   /* "24 och 25 december är inte arbetsdagar."; may be empty */
    const struct rule_section_view *sections; /* the first: promises */
    size_t n_sections;
    struct yaml_view head;     /* the file's first lines */
    struct notice_view notice; /* a draft, withdrawn, coming, replaced */
    bool is_draft, has_draft, may_see_all;
    /* For staff; each none when it is not offered. */
    struct str parent; /* "Bygger på Grundrutin, version 1"; may be empty */
    struct url parent_url, changes, draft, edit, withdraw, all;
    struct str changes_text; /* "Ändringar sedan version 1" */
    struct str csrf;
};

#endif
