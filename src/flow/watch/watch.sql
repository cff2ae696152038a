-- What stands still: see watch.h. Every statement gives at most as many rows as asked for, the oldest first; cases through @visible,
-- unless everything is asked for by the program itself.

-- name: watch_unregistered(viewer user_id, everything bool, before time_us, n int) :many(200) (ref case_id, since time_us, number text, unit unit_id, who user_id?, code text?)
-- Came in before that, open, not registered; what left by an exit only when it must be registered all the same.
-- plan: indexed
SELECT c.id, c.received_us, c.number, c.unit_id, c.receiver_id, c.type FROM cases c
WHERE c.registered_us IS NULL AND c.closed_us IS NULL AND c.received_us < :before
  AND (c.diary_wait = 'register' OR NOT EXISTS (SELECT 1 FROM case_exit e WHERE e.case_id = c.id AND e.undone_us IS NULL AND e.action <> 'move'))
  AND (:everything OR @visible(c))
ORDER BY c.received_us, c.id LIMIT :n;

-- name: watch_unassigned(viewer user_id, everything bool, before time_us, n int) :many(200) (ref case_id, since time_us, number text, unit unit_id, who user_id?, code text?)
-- Came in before that, open, nobody's, and nobody was asked since to take it. SQLite, without statistics, would take the index of owners, and sort.
-- plan: indexed
SELECT c.id, c.received_us, c.number, c.unit_id, c.owner_id, c.type FROM cases c
WHERE c.owner_id IS NULL AND c.closed_us IS NULL AND c.received_us < :before
  AND NOT EXISTS (SELECT 1 FROM handover h WHERE h.case_id = c.id AND h.answer IS NULL AND h.to_id IS NOT NULL AND h.asked_us >= :before)
  AND (:everything OR @visible(c))
ORDER BY c.received_us, c.id LIMIT :n;
-- sqlite:
SELECT c.id, c.received_us, c.number, c.unit_id, c.owner_id, c.type FROM cases c INDEXED BY cases_unowned
WHERE c.owner_id IS NULL AND c.closed_us IS NULL AND c.received_us < :before
  AND NOT EXISTS (SELECT 1 FROM handover h WHERE h.case_id = c.id AND h.answer IS NULL AND h.to_id IS NOT NULL AND h.asked_us >= :before)
  AND (:everything OR @visible(c))
ORDER BY c.received_us, c.id LIMIT :n;

-- name: watch_owner_gone(viewer user_id, everything bool, today date, n int) :many(200) (ref case_id, since time_us, number text, unit unit_id, who user_id, code text?)
-- Open, and the one who answers has left, or is away and nobody stands in.
SELECT c.id, c.received_us, c.number, c.unit_id, u.id, c.type FROM app_user u JOIN cases c ON c.owner_id = u.id
WHERE c.closed_us IS NULL AND (:everything OR @visible(c))
  AND (NOT u.active OR (EXISTS (SELECT 1 FROM absence a WHERE a.user_id = u.id AND a.ended_us IS NULL AND a.first_day <= :today
                                AND (a.last_day IS NULL OR a.last_day >= :today))
                        AND NOT EXISTS (SELECT 1 FROM stand_in s WHERE s.user_id = u.id)))
ORDER BY c.received_us, c.id LIMIT :n;

-- name: watch_undelivered(viewer user_id, everything bool, before time_us, n int) :many(200) (ref outbox_id, since time_us, number text, unit unit_id, kind text, code text?)
-- Waiting since before that, or given up by the mail server's word, and no other way chosen.
-- plan: indexed
SELECT o.id, o.created_us, c.number, c.unit_id, o.kind, o.last_error FROM outbox o JOIN cases c ON c.id = o.case_id
WHERE o.status IN ('queued', 'leased', 'failed') AND (o.status = 'failed' OR o.created_us < :before) AND (:everything OR @visible(c))
ORDER BY o.created_us, o.id LIMIT :n;

-- name: watch_by_hand(viewer user_id, everything bool, now time_us, before time_us, n int) :many(200) (ref task_id, since time_us, number text, unit unit_id, who user_id?, code text)
-- A letter or a call whose time has passed, or that has none and waits since before that.
-- plan: indexed
SELECT t.id, t.created_us, c.number, c.unit_id, t.user_id, t.kind FROM task t JOIN cases c ON c.id = t.case_id
WHERE t.done_us IS NULL AND (t.due_us < :now OR (t.due_us IS NULL AND t.created_us < :before)) AND (:everything OR @visible(c))
ORDER BY t.created_us, t.id LIMIT :n;

-- name: watch_untold(viewer user_id, everything bool, from_due time_us, before time_us, n int) :many(200) (ref case_id, since time_us, number text, unit unit_id, who user_id?, code text)
-- A promise of an open case whose date passed before that, and no reminder of that date is out.
-- plan: indexed
SELECT c.id, p.due_us, c.number, c.unit_id, c.owner_id, p.code FROM promise p JOIN cases c ON c.id = p.case_id
WHERE p.state IN ('running', 'missed') AND p.due_us IS NOT NULL AND p.due_us >= :from_due AND p.due_us < :before AND c.closed_us IS NULL
  AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.case_id = p.case_id AND r.code = p.code AND r.due_us = p.due_us)
  AND (:everything OR @visible(c))
ORDER BY p.due_us, p.case_id, p.code LIMIT :n;

-- name: watch_words_missing(viewer user_id, everything bool, n int) :many(200) (ref case_id, since time_us, number text, unit unit_id, who user_id?, code text?)
-- Among the newest cases: open ones whose key is not in the vault.
SELECT c.id, c.received_us, c.number, c.unit_id, c.owner_id, c.type FROM cases c
WHERE c.id > (SELECT MAX(m.id) FROM cases m) - 2000 AND c.closed_us IS NULL
  AND NOT EXISTS (SELECT 1 FROM case_key k WHERE k.case_id = c.id) AND (:everything OR @visible(c))
ORDER BY c.received_us, c.id LIMIT :n;

-- name: watch_words_alone(n int) :many(200) (ref case_id)
-- Among the newest keys of the vault: those of no case in the register.
SELECT k.case_id FROM case_key k
WHERE k.case_id > (SELECT MAX(m.case_id) FROM case_key m) - 2000 AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.id = k.case_id)
ORDER BY k.case_id LIMIT :n;

-- name: watch_staff_mail(since time_us, before time_us, n int) :many(200) (ref notice_id, at time_us, who user_id, kind text, code text?)
-- Waiting since before that, or given up, not too long ago to matter.
-- plan: indexed
SELECT s.id, s.created_us, s.user_id, s.kind, s.last_error FROM staff_notice s
WHERE s.status IN ('queued', 'leased', 'failed') AND s.created_us >= :since AND (s.status = 'failed' OR s.created_us < :before)
ORDER BY s.created_us, s.id LIMIT :n;

-- name: watch_mail_waits() :many(1) (since time_us)
-- The mail that has waited longest.
-- plan: indexed
SELECT o.created_us FROM outbox o WHERE o.status IN ('queued', 'leased', 'failed') AND o.status <> 'failed'
ORDER BY o.created_us, o.id LIMIT 1;

-- name: watch_jobs() :many(100) (code text, last time_us?, failures int, late time_us?)
-- Every job that ever ran here.
SELECT j.code, j.last_us, j.failures, j.late_us FROM job_run j ORDER BY j.code LIMIT 100;

-- name: watch_idle_units(viewer user_id, everything bool, since time_us) :many(500) (unit unit_id)
-- Units the public may choose, where nothing has come in since then: is the form used, is everything entered? (S1.13)
SELECT u.id FROM unit u
WHERE u.public AND (:everything OR EXISTS (SELECT 1 FROM unit_reader r WHERE r.user_id = :viewer AND r.unit_id = u.id))
  AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.unit_id = u.id AND c.closed_us IS NULL)
  AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.unit_id = u.id AND c.closed_us >= :since)
ORDER BY u.position, u.name, u.id LIMIT 500;

-- name: watch_told_get(kind text, ref int) :many(1) (day date)
-- When it was last told.
-- plan: indexed
SELECT t.day FROM watch_told t WHERE t.kind = :kind AND t.ref = :ref LIMIT 1;

-- name: watch_told_put(kind text, ref int, day date, seen time_us) :exec
-- It is told now, or was and is seen again.
INSERT INTO watch_told (kind, ref, day, seen_us) VALUES (:kind, :ref, :day, :seen)
ON CONFLICT (kind, ref) DO UPDATE SET day = :day, seen_us = :seen;

-- name: watch_told_sweep(seen time_us) :exec
-- What moves again.
DELETE FROM watch_told WHERE seen_us < :seen;

-- name: watch_state_put(kind text, n int, oldest time_us?, at time_us) :exec
-- What the watchdog found.
INSERT INTO watch_state (kind, n, oldest_us, at_us) VALUES (:kind, :n, :oldest, :at)
ON CONFLICT (kind) DO UPDATE SET n = :n, oldest_us = :oldest, at_us = :at;

-- name: watch_restricted(number text) :one (id case_id, restricted bool)
-- Only its team may be told of it.
SELECT c.id, c.restricted FROM cases c WHERE c.number = :number;
