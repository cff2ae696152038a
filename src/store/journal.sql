-- name: journal_head_take(zero blob) :one (event event_id, n_events int, hash blob)
-- The journal's end, locked until the transaction ends; made when missing. zero: the hash before the first row.
INSERT INTO journal_head (one, event_id, n_events, hash) VALUES (1, 0, 0, :zero)
ON CONFLICT (one) DO UPDATE SET n_events = journal_head.n_events RETURNING event_id, n_events, hash;

-- name: journal_head_set(event event_id, hash blob) :exec
-- One row more.
UPDATE journal_head SET event_id = :event, n_events = n_events + 1, hash = :hash WHERE one = 1;

-- name: journal_head_get() :one (event event_id, n_events int, hash blob)
-- The journal's end; no row before the first event.
SELECT event_id, n_events, hash FROM journal_head WHERE one = 1;

-- name: journal_document(id document_id) :one (sha256 blob)
-- What a document's row says its bytes hash to.
SELECT sha256 FROM document WHERE id = :id;

-- name: journal_add(id event_id, case_id case_id?, at time_us, who user_id?, kind text, data text, document document_id?,
--     document_sha256 blob?, previous blob, hash blob) :exec
-- One row of the journal.
INSERT INTO event (id, case_id, at_us, user_id, kind, data, document_id, document_sha256, previous, hash)
VALUES (:id, :case_id, :at, :who, :kind, :data, :document, :document_sha256, :previous, :hash);

-- name: journal_list(after event_id) :many(500) (id event_id, case_id case_id?, at time_us, who user_id?, kind text, data text,
--     document document_id?, document_sha256 blob?, previous blob, hash blob, stored_sha256 blob?)
-- The journal in its order, 500 rows at a time, with what each document's row says now.
-- plan: indexed
SELECT e.id, e.case_id, e.at_us, e.user_id, e.kind, e.data, e.document_id, e.document_sha256, e.previous, e.hash, d.sha256
FROM event e LEFT JOIN document d ON d.id = e.document_id WHERE e.id > :after ORDER BY e.id LIMIT 500;
