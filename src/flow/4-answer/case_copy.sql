-- Copies and reports that others are owed: see case_copy.h.

-- name: case_copy_list(case_id case_id) :many(200) (id copy_id, kind text, role text, document document_id, sent time_us, sent_by user_id, taken time_us?, taken_by user_id?)
-- What was sent about a case, oldest first.
-- plan: indexed
SELECT k.id, k.kind, k.role, k.document_id, k.sent_us, k.sent_by, k.taken_us, k.taken_by
FROM case_copy k WHERE k.case_id = :case_id ORDER BY k.id LIMIT 200;

-- name: case_copy_add(case_id case_id, kind text, role text, document document_id, sent time_us, sent_by user_id) :exec
-- It lies in the list of the role from now on.
INSERT INTO case_copy (case_id, kind, role, document_id, sent_us, sent_by) VALUES (:case_id, :kind, :role, :document, :sent, :sent_by);

-- name: case_copy_take(id copy_id, case_id case_id, at time_us, who user_id) :one (kind text, role text, document document_id)
-- It has arrived, once.
UPDATE case_copy SET taken_us = :at, taken_by = :who WHERE id = :id AND case_id = :case_id AND taken_us IS NULL
RETURNING kind, role, document_id;

-- name: case_copy_role_of(id copy_id, case_id case_id) :one (role text)
-- Whom it went to.
-- plan: indexed
SELECT k.role FROM case_copy k WHERE k.id = :id AND k.case_id = :case_id;

-- name: todo_copies(viewer user_id, n int) :many(100) (key int, what text, number text, title text?, type text, routine routine_id, seen bool, due time_us?)
-- Copies to read: sent to a role the viewer holds where the case is, and not received yet; the oldest first.
-- plan: indexed
SELECT k.id, CASE WHEN k.kind = 'handling_report' THEN 'report_read' ELSE 'copy_read' END, c.number, c.title, c.type, c.routine_id, TRUE, CAST(NULL AS bigint)
FROM case_copy k JOIN cases c ON c.id = k.case_id
WHERE k.taken_us IS NULL AND k.role IN ('complaints_officer', 'quality_unit', 'registrar')
  AND EXISTS (SELECT 1 FROM unit_above a JOIN user_role r ON r.unit_id = a.above_id
              WHERE a.unit_id = c.unit_id AND r.user_id = :viewer AND r.role = k.role)
  AND @visible(c)
LIMIT :n;

-- name: todo_delays(viewer user_id, n int) :many(100) (key int, what text, number text, title text?, type text, routine routine_id, seen bool, due time_us?)
-- Own cases whose date one was reminded of, and whose person does not know yet that it will be late.
-- plan: indexed
SELECT c.id, 'delay', c.number, c.title, c.type, c.routine_id, TRUE, p.due_us
FROM cases c JOIN promise p ON p.case_id = c.id
WHERE c.owner_id = :viewer AND c.closed_us IS NULL AND c.reply_preference <> 'none' AND (c.contact_known OR c.reply_preference = 'code')
  AND p.answers AND p.state IN ('running', 'missed') AND p.new_due_us IS NULL AND c.reminded > 0 AND c.reminded_due_us = p.due_us
  AND NOT EXISTS (SELECT 1 FROM delay d WHERE d.case_id = c.id AND d.told_us IS NULL)
ORDER BY c.next_due_us, c.id LIMIT :n;

-- name: todo_copy_back(viewer user_id, n int) :many(100) (key int, what text, number text, title text?, type text, routine routine_id, seen bool, due time_us?)
-- Handed to somebody else, who was asked for a copy of the answer: whoever holds the role that sees to it.
-- plan: indexed
SELECT c.id, 'copy_back', c.number, c.title, c.type, c.routine_id, TRUE, p.due_us
FROM user_role r JOIN unit_above a ON a.above_id = r.unit_id JOIN cases c ON c.unit_id = a.unit_id
JOIN promise p ON p.case_id = c.id AND p.who = r.role
WHERE r.user_id = :viewer AND c.closed_us IS NULL AND c.status = 'awaiting_copy' AND p.code = c.next_promise
  AND p.state IN ('running', 'missed') AND c.restricted = FALSE
LIMIT :n;
