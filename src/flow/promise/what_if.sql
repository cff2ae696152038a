-- What a routine's text would have meant for last year's cases: see what_if.h. A walk by version, arrival and case number, which
-- is an index of cases.

-- name: what_if_count(code text, since time_us, until time_us) :one (n int)
-- How many cases there are to try.
SELECT COUNT(*) FROM routine r JOIN cases c ON c.routine_id = r.id WHERE r.code = :code AND c.received_us >= :since AND c.received_us <= :until;

-- name: what_if_add(code text, yaml text, parent routine_id?, who user_id?, now time_us, since time_us, n_all int, routine routine_id, done time_us?) :one (id what_if_id)
-- Asked for.
INSERT INTO what_if (code, yaml, parent_id, asked_by, asked_us, since_us, n_all, n_done, at_routine_id, at_us, at_case_id, done_us)
VALUES (:code, :yaml, :parent, :who, :now, :since, :n_all, 0, :routine, :since, 0, :done) RETURNING id;

-- name: what_if_stop(code text, now time_us) :exec
-- Nobody goes on with earlier tryings of the routine: only the newest is of use. Whoever is at a batch ends it first.
UPDATE what_if SET done_us = COALESCE(done_us, :now) WHERE code = :code;

-- name: what_if_forget_promises(code text) :exec
-- Their figures.
DELETE FROM what_if_promise WHERE what_if_id IN (SELECT w.id FROM what_if w WHERE w.code = :code);

-- name: what_if_forget(code text) :exec
-- The tryings themselves.
DELETE FROM what_if WHERE code = :code;

-- name: what_if_latest(code text) :one (id what_if_id, yaml text, who user_id?, asked time_us, since time_us, n_all int, n_done int, done time_us?)
-- The newest one.
-- plan: indexed
SELECT w.id, w.yaml, w.asked_by, w.asked_us, w.since_us, w.n_all, w.n_done, w.done_us FROM what_if w WHERE w.code = :code ORDER BY w.id DESC LIMIT 1;

-- name: what_if_waiting() :one (id what_if_id, code text, yaml text, parent routine_id?, asked time_us, since time_us, n_done int, routine routine_id, at time_us, at_case case_id)
-- The oldest that is not done, and where its walk stands.
-- plan: indexed
SELECT w.id, w.code, w.yaml, w.parent_id, w.asked_us, w.since_us, w.n_done, w.at_routine_id, w.at_us, w.at_case_id FROM what_if w
WHERE w.done_us IS NULL ORDER BY w.id LIMIT 1;

-- name: what_if_cases(routine routine_id, at time_us, at_case case_id, until time_us, n int) :many(1000) (id case_id, unit unit_id, type text, channel text, contact_known bool, reply_preference text, received time_us, exit text?)
-- The next cases of a version, in the walk's order.
-- plan: indexed
SELECT c.id, c.unit_id, c.type, c.channel, c.contact_known, c.reply_preference, c.received_us,
       (SELECT x.code FROM case_exit x WHERE x.case_id = c.id AND x.undone_us IS NULL AND x.action <> 'move')
FROM cases c WHERE c.routine_id = :routine AND (c.received_us, c.id) > (:at, :at_case) AND c.received_us <= :until
ORDER BY c.received_us, c.id LIMIT :n;

-- name: what_if_facts(routine routine_id, at time_us, at_case case_id, to_us time_us, to_case case_id) :many(20000) (id case_id, code text, at time_us)
-- What happened to them.
SELECT f.case_id, f.code, f.at_us FROM cases c JOIN fact f ON f.case_id = c.id
WHERE c.routine_id = :routine AND (c.received_us, c.id) > (:at, :at_case) AND (c.received_us, c.id) <= (:to_us, :to_case)
ORDER BY f.case_id, f.at_us, f.code LIMIT 20000;

-- name: what_if_waivers(routine routine_id, at time_us, at_case case_id, to_us time_us, to_case case_id) :many(20000) (id case_id, code text, at time_us)
-- What was let go in them.
SELECT w.case_id, w.code, w.at_us FROM cases c JOIN waiver w ON w.case_id = c.id
WHERE c.routine_id = :routine AND (c.received_us, c.id) > (:at, :at_case) AND (c.received_us, c.id) <= (:to_us, :to_case)
ORDER BY w.case_id, w.at_us, w.code LIMIT 20000;

-- name: what_if_befores(routine routine_id, at time_us, at_case case_id, to_us time_us, to_case case_id) :many(20000) (id case_id, code text, due time_us?, met time_us?)
-- What was kept or late in them under another routine, before they moved.
SELECT b.case_id, b.code, b.due_us, b.met_us FROM cases c JOIN promise_before b ON b.case_id = c.id
WHERE c.routine_id = :routine AND (c.received_us, c.id) > (:at, :at_case) AND (c.received_us, c.id) <= (:to_us, :to_case)
ORDER BY b.case_id, b.code LIMIT 20000;

-- name: what_if_walk(id what_if_id, seen int, from_routine routine_id, n_done int, routine routine_id, at time_us, at_case case_id, done time_us?) :changed
-- A batch is counted, unless another host was first.
UPDATE what_if SET n_done = :n_done, at_routine_id = :routine, at_us = :at, at_case_id = :at_case, done_us = :done
WHERE id = :id AND n_done = :seen AND at_routine_id = :from_routine AND done_us IS NULL;

-- name: what_if_promise_add(id what_if_id, code text, kept int, late int, new_kept int, new_late int, turned_late int) :exec
-- More of a promise's figures.
INSERT INTO what_if_promise (what_if_id, code, kept, late, new_kept, new_late, turned_late)
VALUES (:id, :code, :kept, :late, :new_kept, :new_late, :turned_late)
ON CONFLICT (what_if_id, code) DO UPDATE SET kept = what_if_promise.kept + :kept, late = what_if_promise.late + :late,
    new_kept = what_if_promise.new_kept + :new_kept, new_late = what_if_promise.new_late + :new_late,
    turned_late = what_if_promise.turned_late + :turned_late;

-- name: what_if_promises(id what_if_id) :many(200) (code text, kept int, late int, new_kept int, new_late int, turned_late int)
-- Its figures.
SELECT p.code, p.kept, p.late, p.new_kept, p.new_late, p.turned_late FROM what_if_promise p WHERE p.what_if_id = :id ORDER BY p.code LIMIT 200;
