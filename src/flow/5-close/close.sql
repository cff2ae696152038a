-- Closing and opening again: see close.h.

-- name: case_set_closed(id case_id, outcome text, measure_kind text?, at time_us) :exec
-- Closed, with outcome and measure.
UPDATE cases SET outcome = :outcome, measure_kind = COALESCE(:measure_kind, measure_kind), closed_us = :at, to_close = '' WHERE id = :id;

-- name: case_set_ready(id case_id, outcome text, measure_kind text?, role text) :exec
-- The same, but it waits for the role that closes it.
UPDATE cases SET outcome = :outcome, measure_kind = COALESCE(:measure_kind, measure_kind), to_close = :role WHERE id = :id;

-- name: case_to_close(id case_id) :one (role text)
-- The role that was asked to close it; '': nobody was.
SELECT c.to_close FROM cases c WHERE c.id = :id;

-- name: todo_to_close(viewer user_id, n int) :many(100) (key int, what text, number text, title text?, type text, routine routine_id, seen bool, due time_us?)
-- Cases that wait for the viewer to close them.
-- plan: indexed
SELECT c.id, 'close', c.number, c.title, c.type, c.routine_id, TRUE, c.closed_us
FROM cases c
WHERE c.to_close <> '' AND @visible(c)
  AND EXISTS (SELECT 1 FROM unit_above a JOIN user_role r ON r.unit_id = a.above_id
              WHERE a.unit_id = c.unit_id AND r.user_id = :viewer AND r.role = c.to_close)
ORDER BY c.next_due_us, c.id LIMIT :n;

-- name: todo_after_closing(viewer user_id, n int) :many(100) (key int, what text, number text, title text?, type text, routine routine_id, seen bool, due time_us?)
-- What runs on in closed cases of the viewer: to follow up, to consider what the person wrote, to talk through.
-- plan: indexed
SELECT c.id, c.after_what, c.number, c.title, c.type, c.routine_id, TRUE, c.after_us
FROM cases c
WHERE c.owner_id = :viewer AND c.after_us IS NOT NULL
ORDER BY c.after_us, c.id LIMIT :n;

-- name: case_set_end(id case_id, what text, due time_us?, meeting_waits bool) :exec
-- For lists: what is still to be done in a closed case, first of all; whether it waits to be talked through.
UPDATE cases SET after_what = :what, after_us = :due, meeting_waits = :meeting_waits WHERE id = :id;

-- name: case_count_no_further(id case_id) :exec
-- What came after closing was regarded as answered, once more.
UPDATE cases SET no_further = no_further + 1 WHERE id = :id;
