/* What: the municipalities to choose between (choose_page.h). Source: style.md rule 38. */
#ifndef GAVA_CHOOSE_VIEW_H
#define GAVA_CHOOSE_VIEW_H

#include "html.h"

struct choice_view {
    struct str name; /* "Ekhamns kommun" */
    struct url to;   /* "/ekhamn/" */
};
struct choose_view {
    struct choice_view *choices;
    size_t n_choices;
};

#endif
