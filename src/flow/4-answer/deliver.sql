-- What leaves the house: see deliver.h.

-- name: outbox_add(case_id case_id?, kind text, document document_id?, now time_us) :one (id outbox_id)
-- Something shall be sent.
INSERT INTO outbox (case_id, kind, document_id, status, created_us, due_us, attempts)
VALUES (:case_id, :kind, :document, 'queued', :now, :now, 0) RETURNING id;

-- name: outbox_of_case(case_id case_id) :many(500) (id outbox_id, kind text, document document_id?, status text, created time_us, due time_us, attempts int, sent time_us?, last_error text?)
-- What went or shall go to the person, oldest first.
-- plan: indexed
SELECT o.id, o.kind, o.document_id, o.status, o.created_us, o.due_us, o.attempts, o.sent_us, o.last_error
FROM outbox o WHERE o.case_id = :case_id ORDER BY o.id LIMIT 500;

-- name: outbox_get(id outbox_id) :one (id outbox_id, case_id case_id?, kind text, document document_id?, status text, created time_us, attempts int)
-- One row, for the job that sends it.
SELECT o.id, o.case_id, o.kind, o.document_id, o.status, o.created_us, o.attempts FROM outbox o WHERE o.id = :id;

-- name: outbox_settle(id outbox_id, status text, sent time_us?, last_error text?) :exec
-- How sending ended.
UPDATE outbox SET status = :status, sent_us = :sent, last_error = :last_error, lease_us = NULL WHERE id = :id;

-- name: outbox_give_up(case_id case_id) :exec
-- Another way was chosen: what failed is no longer waited for.
UPDATE outbox SET status = 'given_up' WHERE case_id = :case_id AND status IN ('failed', 'queued');

-- name: task_add(case_id case_id, kind text, purpose text, document document_id?, now time_us, due time_us?) :exec
-- Somebody shall post a letter or make a call.
INSERT INTO task (case_id, kind, purpose, document_id, created_us, due_us)
VALUES (:case_id, :kind, :purpose, :document, :now, :due);

-- name: task_of_case(case_id case_id) :many(500) (id task_id, kind text, purpose text, document document_id?, user user_id?, created time_us, due time_us?, done time_us?, done_by user_id?)
-- What must be or was done by hand.
SELECT t.id, t.kind, t.purpose, t.document_id, t.user_id, t.created_us, t.due_us, t.done_us, t.done_by
FROM task t WHERE t.case_id = :case_id ORDER BY t.id LIMIT 500;

-- name: task_get(id task_id, case_id case_id) :one (kind text, purpose text, document document_id?, created time_us, done time_us?, posted date?, kept time_us?)
-- One of them.
-- plan: indexed
SELECT t.kind, t.purpose, t.document_id, t.created_us, t.done_us, t.posted, t.kept_us FROM task t
WHERE t.id = :id AND t.case_id = :case_id;

-- name: task_done(id task_id, case_id case_id, who user_id, now time_us, posted date?, kept time_us) :one (kind text, purpose text, document document_id?)
-- Ticks a task off, once.
UPDATE task SET done_us = :now, done_by = :who, posted = :posted, kept_us = :kept
WHERE id = :id AND case_id = :case_id AND done_us IS NULL
RETURNING kind, purpose, document_id;

-- name: task_undo(id task_id) :exec
-- It was ticked off by mistake.
UPDATE task SET done_us = NULL, done_by = NULL, posted = NULL, kept_us = NULL WHERE id = :id;

-- name: task_kept(case_id case_id, purpose text) :one (kept time_us)
-- What else kept the same: the first of them.
SELECT t.kept_us FROM task t WHERE t.case_id = :case_id AND t.purpose = :purpose AND t.kept_us IS NOT NULL
ORDER BY t.kept_us LIMIT 1;

-- name: call_first(case_id case_id) :one (at time_us)
-- When somebody first spoke with the person.
SELECT e.at_us FROM event e WHERE e.case_id = :case_id AND e.kind = 'call' ORDER BY e.id LIMIT 1;

-- name: task_drop_open(case_id case_id) :exec
-- Another way to reach the person was chosen. What was promised aloud stands, and what goes to somebody else.
DELETE FROM task WHERE case_id = :case_id AND done_us IS NULL AND kind NOT IN ('promise', 'letter_outside');

-- name: case_set_reply_preference(id case_id, reply_preference text) :exec
-- How the person is reached from now on.
UPDATE cases SET reply_preference = :reply_preference WHERE id = :id;

-- name: staff_phone(id user_id) :one (phone text)
-- How the person who wrote reaches somebody who works there; may be empty.
SELECT u.phone FROM app_user u WHERE u.id = :id;

-- name: handover_told_by_hand(case_id case_id, now time_us) :exec
-- The letter or call that tells who takes over was made.
UPDATE handover SET told_us = :now WHERE case_id = :case_id AND notice = 'told' AND told_us IS NULL;

-- name: handover_untold_by_hand(case_id case_id, since time_us) :exec
-- The letter that tells who takes over was not posted after all.
UPDATE handover SET told_us = NULL WHERE case_id = :case_id AND notice = 'told' AND told_us >= :since;

-- name: handover_not_told(case_id case_id) :exec
-- The mail that told who takes over came back: the person does not know.
UPDATE handover SET notice = 'owed', told_us = NULL
WHERE case_id = :case_id AND notice = 'told' AND position = (SELECT MAX(l.position) FROM handover l WHERE l.case_id = :case_id);
