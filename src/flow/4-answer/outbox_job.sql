-- The outbox as the job that empties it sees it: see outbox_job.c.

-- name: outbox_next(now time_us, real_now time_us) :one (id outbox_id)
-- The row that has waited longest of those that are due and nobody sends now.
-- plan: indexed
SELECT o.id FROM outbox o
WHERE o.status IN ('queued', 'leased') AND o.due_us <= :now AND (o.lease_us IS NULL OR o.lease_us < :real_now)
ORDER BY o.due_us, o.id LIMIT 1;

-- name: outbox_claim(id outbox_id, real_now time_us, lease time_us) :changed
-- It is ours until the lease ends; 0: somebody else was first.
UPDATE outbox SET status = 'leased', lease_us = :lease, attempts = attempts + 1
WHERE id = :id AND status IN ('queued', 'leased') AND (lease_us IS NULL OR lease_us < :real_now);

-- name: outbox_put_off(id outbox_id, due time_us, last_error text) :exec
-- It could not be sent now.
UPDATE outbox SET status = 'queued', lease_us = NULL, due_us = :due, last_error = :last_error WHERE id = :id;

-- name: outbox_words(id document_id, case_id case_id) :one (body sealed_id, kind text)
-- Where the words of a document lie, and which letter it is.
SELECT d.sealed_id, d.kind FROM document d WHERE d.id = :id AND d.case_id = :case_id;
