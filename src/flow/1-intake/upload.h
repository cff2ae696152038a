/* What: the files of a form as a page handles them: those sent now, those kept from an earlier try, those that cannot
 * be taken. Flow: intake_page.c and follow_page.c. Not here: what may be taken in and where it is kept (attach.h).
 * Source: ux/README 6. */
#ifndef GAVA_UPLOAD_H
#define GAVA_UPLOAD_H

#include "attach.h"
#include "faults.h"

/* Files that go along: the kept ones that are still ticked, then the new ones, at most ATTACH_MAX_FILES. A file that
 * cannot be taken becomes a fault of the field "files", which names it. */
MUST_USE enum err upload_collect(struct ctx *ctx, struct str form_token, const struct form_value *files,
                                 const struct form_value *kept, struct faults_list *faults, struct attached **ret,
                                 size_t *ret_n);
/* What is kept, for showing. */
MUST_USE enum err upload_kept_views(struct ctx *ctx, struct str form_token, const struct kept_file_view **ret,
                                    size_t *ret_n);
/* A token for a form: nobody can guess it, and it is of letters a field can carry. */
struct str upload_form_token(struct ctx *ctx);

#endif
