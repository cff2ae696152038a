/* What: a case's journal in words, newest first, and the names of its documents. Flow: case_fill.c reads events and
 * dossier, this turns codes into sentences. Memory: as long as ctx. Not here: what a step means (its slice), the words
 * somebody wrote (case_fill.c unseals them). Source: mock-up 05 "Händelser"; flow.def. */
#ifndef GAVA_CASE_EVENTS_H
#define GAVA_CASE_EVENTS_H

#include "case_events_sql.h"
#include "change.h"
#include "document_sql.h"
#include "parts_view.h"

/* "Lämnade ärendet till ansvarig chef: Amir Haddad". Codes that no catalogue knows stand as they are. */
struct str event_words(struct ctx *ctx, const struct open_case *c, struct str kind, struct str data);
/* One value of an event's data, such as the code of the promise that was let go; STR_NONE: it has none. */
struct str event_value(struct ctx *ctx, struct str data, const char *key);
/* Who did it: a name, "Personen" for the submitter's steps, "Automatiskt" for the program's. */
struct str event_who(struct ctx *ctx, const struct open_case *c, const struct event_list_row *event);
enum icon event_icon(struct str kind);
enum dot event_dot(struct str kind);
/* "Synpunkt", "Tjänsteanteckning", or the name of the file. */
struct str document_kind_words(struct ctx *ctx, const struct document_list_row *document);
struct url document_url(struct ctx *ctx, struct str case_number, int64_t document_number);

#endif
