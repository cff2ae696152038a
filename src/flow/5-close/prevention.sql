-- Preventive measures: see prevention.h.

-- name: prevention_insert(case_id case_id, document document_id, is_needed bool, user user_id?, due time_us?, at time_us) :one (id prevention_id)
-- A choice.
INSERT INTO prevention (case_id, document_id, is_needed, user_id, due_us, chosen_us)
VALUES (:case_id, :document, :is_needed, :user, :due, :at) RETURNING id;

-- name: prevention_of_case(case_id case_id) :many(50) (id prevention_id, body sealed_id, is_needed bool, user user_id?, due time_us?, chosen time_us, done time_us?)
-- What was chosen, oldest first.
-- plan: indexed
SELECT p.id, d.sealed_id, p.is_needed, p.user_id, p.due_us, p.chosen_us, p.done_us
FROM prevention p JOIN document d ON d.id = p.document_id WHERE p.case_id = :case_id ORDER BY p.id LIMIT 50;

-- name: prevention_tick(id prevention_id, case_id case_id, at time_us, who user_id) :changed
-- It is in place; once.
UPDATE prevention SET done_us = :at, done_by = :who
WHERE id = :id AND case_id = :case_id AND is_needed AND done_us IS NULL;

-- name: todo_prevention(viewer user_id, n int) :many(100) (key int, what text, number text, title text?, type text, routine routine_id, seen bool, due time_us?)
-- Preventive measures the viewer sees to.
-- plan: indexed
SELECT p.id, 'prevention', c.number, c.title, c.type, c.routine_id, @visible(c), p.due_us
FROM prevention p JOIN cases c ON c.id = p.case_id
WHERE p.user_id = :viewer AND p.done_us IS NULL
ORDER BY p.due_us, p.id LIMIT :n;
