/* What: what is wrong in a form, for the summary at the top and beside each field.
 * Flow: a handler adds faults while it checks; its view takes faults_view() and field_view().
 * Memory: texts as the caller's (catalogue or arena). At most FAULTS_MAX; more are dropped, the first ones matter.
 * Source: ux/README 6 "Error in form"; WCAG 3.3.1, 3.3.3. */
#ifndef GAVA_FAULTS_H
#define GAVA_FAULTS_H

#include "form.h"
#include "msg.h"
#include "parts_view.h"

enum { FAULTS_MAX = 24 };

struct fault {
    struct str field; /* name and id of the element */
    struct str brief; /* for the summary's link: what to do */
    struct str text;  /* beside the field: how */
};
struct faults_list {
    struct fault v[FAULTS_MAX];
    size_t n;
};

/* One fault a field: the first stays. */
void fault_add(struct faults_list *faults, struct str field, struct str brief, struct str text);
/* What form_read found in the value: too long and bad characters in the common words, anything else in the slice's own.
 */
void fault_add_common(struct ctx *ctx, struct faults_list *faults, struct str field, const struct form_value *value,
                      enum msg brief, enum msg text);
struct str fault_text(const struct faults_list *faults, struct str field); /* "" when nothing is wrong */
struct field_view field_view(const struct faults_list *faults, struct str field, struct str value);
struct faults_view faults_view(struct ctx *ctx, const struct faults_list *faults);

#endif
