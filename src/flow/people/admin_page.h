/* What: what the administrator's pages share. Source: admin.h. */
#ifndef GAVA_ADMIN_PAGE_H
#define GAVA_ADMIN_PAGE_H

#include "admin.h"
#include "admin_view.h"
#include "faults.h"
#include "web.h"

/* "Administration > Enheter > Hemtjänst norr". last_url .s none: the list itself is the last. */
struct crumbs_view admin_crumbs(struct ctx *ctx, enum msg list, struct url list_url, struct str last,
                                struct url last_url);
/* What ?klart= says was done, or no notice. */
struct notice_view admin_done_notice(struct ctx *ctx, const struct request *req);
/* The same fault as summary and beside the field. */
void admin_fault(struct ctx *ctx, struct faults_list *faults, struct str field, enum msg text);
/* The query's words, folded; "" when none. ret_typed: as typed. */
struct str admin_words(struct ctx *ctx, const struct request *req, struct str *ret_typed);
/* Where a page of the list begins, from ?fran=. */
size_t admin_from(const struct request *req);
enum { ADMIN_ROWS = 100 };

#endif
