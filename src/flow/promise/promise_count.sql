-- What became of promises, counted by unit and day: see promise_count.h.

-- name: promise_counted(case_id case_id) :many(100) (code text, unit unit_id, day date, outcome text, notice text)
-- How the promises of a case are counted now.
-- plan: indexed
SELECT p.code, COALESCE(p.counted_unit, 0), COALESCE(p.counted_day, 0), p.outcome, p.notice FROM promise p
WHERE p.case_id = :case_id AND p.counted_day IS NOT NULL LIMIT 100;

-- name: promise_case_restricted(id case_id) :one (restricted bool)
-- Only named people see it: then it is in no figure.
-- plan: indexed
SELECT c.restricted FROM cases c WHERE c.id = :id;

-- name: promise_day_add(unit unit_id, day date, code text, outcome text, notice text, n int) :exec
-- One more, or one less.
INSERT INTO promise_day (unit_id, day, code, outcome, notice, n, folded) VALUES (:unit, :day, :code, :outcome, :notice, :n, FALSE);

-- name: promise_day_loose(n int) :many(1000) (id int, unit unit_id, day date, code text, outcome text, notice text, n int)
-- What is not folded yet, oldest first.
-- plan: indexed
SELECT d.id, d.unit_id, d.day, d.code, d.outcome, d.notice, d.n FROM promise_day d WHERE NOT d.folded ORDER BY d.id LIMIT :n;

-- name: promise_day_fold(unit unit_id, day date, code text, outcome text, notice text, n int) :exec
-- Into the one row of its kind.
INSERT INTO promise_day (unit_id, day, code, outcome, notice, n, folded) VALUES (:unit, :day, :code, :outcome, :notice, :n, TRUE)
ON CONFLICT (unit_id, day, code, outcome, notice) WHERE folded DO UPDATE SET n = promise_day.n + :n;

-- name: promise_day_drop(id int) :changed
-- It is folded; 0: somebody else did that meanwhile.
DELETE FROM promise_day WHERE id = :id AND NOT folded;
