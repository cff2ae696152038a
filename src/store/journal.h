/* What: the journal: one row for everything that happened, append-only, each bound to the row before by its hash.
 * Flow: case_step() (flow/) appends in the transaction that changes the state; gava verify reads it all.
 * Owns: tables event and journal_head. Invariants: (1) event ids are 1, 2, 3 ... without gaps; (2) event.previous is
 * the hash of the row before, 32 zero bytes for the first; (3) journal_head is the last row; (4) a document's SHA-256
 * is bound in, so a changed document breaks the chain. The hash: BLAKE2b-256 over previous (32 bytes), id, case, at,
 * user, document (8 bytes each, little-endian, 0 for none), then kind, data, document_sha256, each as its length (8
 * bytes, little-endian) and its bytes. Source: design.md 3.3; RFC 7693. */
#ifndef GAVA_JOURNAL_H
#define GAVA_JOURNAL_H

#include "db.h"

enum { JOURNAL_HASH_BYTES = 32, JOURNAL_DATA_MAX = 16 * 1024 };

/* Append what just happened, at ctx_now, by ctx->who. Only inside a transaction (a BUG otherwise), as late in it as can
 * be: PostgreSQL lets others wait from here on. case_id: .v 0 for what concerns the municipality. kind: a word of
 * flow.def. data: JSON of codes and numbers, never a name or a word of a submitter; at most JOURNAL_DATA_MAX bytes.
 * document_id: .v 0 for none; its SHA-256 is read from its row. */
MUST_USE enum err journal_append(struct ctx *ctx, struct case_id case_id, struct str kind, struct str data,
                                 struct document_id document_id, struct event_id *ret);

struct findings; /* findings.h */
/* Recompute the whole chain. Findings are added; the error code is for failing to read only. O(events). */
MUST_USE enum err journal_verify(struct ctx *ctx, struct findings *findings);

#endif
