#include "verify.h"

#include "invariants.h"
#include "journal.h"
#include "verify_sql.h"

#include <inttypes.h>

/* The largest body, twice, with room for the row. */
enum { DOCUMENT_MAX_BYTES = 256 << 20, STRETCH_MAX_BYTES = 4 << 20 };

struct walk {
    struct findings *findings;
    struct verify_documents_row document; /* the one at work */
    struct document_id last;
    size_t n_latest; /* documents in the latest stretch */
};

/* One document's bytes; an error other than "it is wrong" goes up. */
static enum err check_document(struct ctx *ctx, void *p)
{
    struct walk *walk = p;
    const struct verify_documents_row *row = &walk->document;
    bool same = false;
    enum err err = vault_check(ctx, row->case_id, row->sealed, row->sha256, row->size, &same);
    if (err != OK && err != ERR_NOT_FOUND && err != ERR_CORRUPT)
        return err;
    if (err != OK)
        findings_add(walk->findings, "document %" PRId64 " of case %.*s cannot be opened", row->id.v,
                     STR_ARG(row->number));
    else if (!same)
        findings_add(walk->findings, "document %" PRId64 " of case %.*s is not what it was", row->id.v,
                     STR_ARG(row->number));
    return OK;
}

static enum err check_stretch(struct ctx *ctx, void *p)
{
    struct walk *walk = p;
    struct verify_documents_row *rows;
    TRY(verify_documents(ctx, walk->last, &rows, &walk->n_latest));
    for (size_t i = 0; i < walk->n_latest; i++) {
        walk->document = rows[i];
        TRY(ctx_in_scratch(ctx, DOCUMENT_MAX_BYTES, check_document, walk));
        walk->last = rows[i].id;
    }
    return OK;
}

enum err verify(struct ctx *ctx, struct findings *findings)
{
    struct walk walk = {.findings = findings};
    TRY(journal_verify(ctx, findings));
    TRY(invariants_check(ctx, findings));
    do
        TRY(ctx_in_scratch(ctx, STRETCH_MAX_BYTES, check_stretch, &walk));
    while (walk.n_latest);
    return OK;
}
