-- The reply: see answer.h.

-- name: draft_get(case_id case_id) :one (body sealed_id, user user_id, saved time_us, version int)
-- The draft of a case, if there is one.
SELECT d.sealed_id, d.user_id, d.saved_us, d.version FROM draft d WHERE d.case_id = :case_id;

-- name: draft_put(case_id case_id, body sealed_id, user user_id, saved time_us, version int) :changed
-- The draft, if it still has the version the writer saw (0: there was none).
INSERT INTO draft (case_id, sealed_id, user_id, saved_us, version) VALUES (:case_id, :body, :user, :saved, :version + 1)
ON CONFLICT (case_id) DO UPDATE SET sealed_id = :body, user_id = :user, saved_us = :saved, version = :version + 1
WHERE draft.version = :version;

-- name: draft_drop(case_id case_id) :exec
-- It was sent.
DELETE FROM draft WHERE case_id = :case_id;

-- name: case_set_measure(id case_id, measure_kind text) :exec
-- Done, later or none.
UPDATE cases SET measure_kind = :measure_kind WHERE id = :id;

-- name: draft_keep(case_id case_id, version int, body sealed_id, user user_id, saved time_us) :exec
-- An earlier version.
INSERT INTO draft_before (case_id, version, sealed_id, user_id, saved_us) VALUES (:case_id, :version, :body, :user, :saved);

-- name: draft_kept(case_id case_id) :many(60) (version int, body sealed_id, user user_id, saved time_us)
-- Newest first.
-- plan: indexed
SELECT d.version, d.sealed_id, d.user_id, d.saved_us FROM draft_before d
WHERE d.case_id = :case_id ORDER BY d.version DESC LIMIT 60;

-- name: draft_kept_get(case_id case_id, version int) :one (body sealed_id, user user_id, saved time_us)
-- One of them.
SELECT d.sealed_id, d.user_id, d.saved_us FROM draft_before d WHERE d.case_id = :case_id AND d.version = :version;

-- name: draft_kept_drop(case_id case_id, version int) :exec
-- The oldest makes room, or the reply was sent.
DELETE FROM draft_before WHERE case_id = :case_id AND version = :version;

-- name: case_set_amends(id case_id, apology text, corrected date?) :exec
-- Whether the reply says that we are sorry, and when what was wrong was put right.
UPDATE cases SET apology = :apology, corrected_on = :corrected WHERE id = :id;
