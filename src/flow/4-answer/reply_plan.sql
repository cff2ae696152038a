-- Replies that go by themselves: see reply_plan.h.

-- name: reply_plan_waiting(case_id case_id) :one (id reply_plan_id, by user_id, made time_us, send time_us, draft_version int)
-- The one that waits.
-- plan: indexed
SELECT p.id, p.by_id, p.made_us, p.send_us, p.draft_version FROM reply_plan p WHERE p.case_id = :case_id AND p.ended_us IS NULL;

-- name: reply_plan_get(id reply_plan_id) :one (by user_id, send time_us, draft_version int, owner user_id?, unit unit_id, ended time_us?)
-- What it was made for.
SELECT p.by_id, p.send_us, p.draft_version, p.owner_id, p.unit_id, p.ended_us FROM reply_plan p WHERE p.id = :id;

-- name: reply_plan_add(case_id case_id, by user_id, made time_us, send time_us, draft_version int, owner user_id?, unit unit_id) :exec
-- A new one.
INSERT INTO reply_plan (case_id, by_id, made_us, send_us, draft_version, owner_id, unit_id)
VALUES (:case_id, :by, :made, :send, :draft_version, :owner, :unit);

-- name: reply_plan_end(case_id case_id, at time_us, how text) :changed
-- The one that waits does so no longer: of two who end it one changes something.
UPDATE reply_plan SET ended_us = :at, how = :how WHERE case_id = :case_id AND ended_us IS NULL;

-- name: reply_plan_ready(now time_us, n int) :many(50) (id reply_plan_id, case_id case_id)
-- Whose moment has come, and those whose case or draft is not as it was.
-- plan: indexed
SELECT p.id, p.case_id FROM reply_plan p JOIN cases c ON c.id = p.case_id
WHERE p.ended_us IS NULL
  AND (p.send_us <= :now OR c.unit_id <> p.unit_id OR COALESCE(c.owner_id, 0) <> COALESCE(p.owner_id, 0)
       OR c.status NOT IN ('received', 'registered', 'assigned', 'investigating', 'replied')
       OR NOT EXISTS (SELECT 1 FROM draft d WHERE d.case_id = p.case_id AND d.version = p.draft_version))
ORDER BY p.send_us, p.id LIMIT :n;
