/* What: the contact directory: /kontakt. The public sees functions that units have marked for it; staff also see who
 * holds which part, and who is away. Memory: as long as the ctx. Source: S2.44, S0.43; directory_page.c. */
#ifndef GAVA_DIRECTORY_VIEW_H
#define GAVA_DIRECTORY_VIEW_H

#include "frame_view.h"
#include "parts_view.h"

/* Any text may be empty. */
struct directory_person_view {
    struct str name, title;
    struct str roles; /* "Ansvarig chef, registrator" */
    struct str email, phone, mobile;
    struct url email_url, phone_url, mobile_url;
    struct str stand_in; /* who acts for the person now; empty: the person is here */
};
struct directory_unit_view {
    struct str name;
    bool is_area;                /* the area itself, whose name is the heading above */
    struct str contact_function; /* "Reception" */
    struct str phone, email, address, hours;
    struct url phone_url, email_url;
    bool has_contact;     /* one of them says something */
    struct url checklist; /* the unit's own routine; none: for the public */
    const struct directory_person_view *people;
    size_t n_people;
};
struct directory_area_view {
    struct str id, name;
    const struct directory_unit_view *units;
    size_t n_units;
};

struct directory_view {
    struct frame_view frame;
    struct str words; /* searched for; may be empty */
    const struct option_view *areas_to_choose;
    size_t n_areas_to_choose;
    bool is_filtered;
    struct str call, address; /* the municipality's own; may be empty */
    struct url call_url;
    const struct directory_area_view *areas;
    size_t n_areas;
    struct url next; /* more of them; none: this is all */
};

#endif
