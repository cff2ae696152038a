-- Measures: see measure.h.

-- name: measure_insert(case_id case_id, document document_id, by user_id, who user_id?, created time_us, due time_us?, done date?) :exec
-- One more.
INSERT INTO measure (case_id, document_id, by_id, who_id, created_us, due_us, done)
VALUES (:case_id, :document, :by, :who, :created, :due, :done);

-- name: measures_of_case(case_id case_id) :many(200) (id measure_id, document document_id, by user_id, who user_id?, created time_us, due time_us?, done date?, dropped time_us?, reason sealed_id?)
-- All of a case, oldest first.
-- plan: indexed
SELECT m.id, m.document_id, m.by_id, m.who_id, m.created_us, m.due_us, m.done, m.dropped_us, m.reason_id
FROM measure m WHERE m.case_id = :case_id ORDER BY m.id LIMIT 200;

-- name: measure_set_done(id measure_id, case_id case_id, done date) :changed
-- It was done, once.
UPDATE measure SET done = :done WHERE id = :id AND case_id = :case_id AND done IS NULL AND dropped_us IS NULL;

-- name: measure_set_dropped(id measure_id, case_id case_id, now time_us, reason sealed_id) :changed
-- It will not be done.
UPDATE measure SET dropped_us = :now, reason_id = :reason
WHERE id = :id AND case_id = :case_id AND done IS NULL AND dropped_us IS NULL;

-- name: case_set_corrected(id case_id) :exec
-- The day the last measure was done, while none is left to do.
UPDATE cases SET corrected = CASE
    WHEN EXISTS (SELECT 1 FROM measure o WHERE o.case_id = :id AND o.done IS NULL AND o.dropped_us IS NULL) THEN NULL
    ELSE (SELECT MAX(m.done) FROM measure m WHERE m.case_id = :id) END
WHERE id = :id;

-- name: case_corrected(id case_id) :one (corrected date?)
-- When what was wrong was put right.
SELECT c.corrected FROM cases c WHERE c.id = :id;

-- name: todo_measures(viewer user_id, n int) :many(100) (key int, what text, number text, title text?, type text, routine routine_id, seen bool, due time_us?)
-- Measures the viewer is to do, also when the case is closed.
-- plan: indexed
SELECT m.id, 'measure', c.number, c.title, c.type, c.routine_id, @visible(c), m.due_us
FROM measure m JOIN cases c ON c.id = m.case_id
WHERE m.who_id = :viewer AND m.done IS NULL AND m.dropped_us IS NULL
ORDER BY m.id LIMIT :n;
