-- What staff have begun to take in: see take_in_draft.h.

-- name: intake_draft_put(token_hash blob, user user_id, now time_us, body blob) :changed
-- The draft as it is now. Nothing changes when it is somebody else's.
INSERT INTO intake_draft (token_hash, user_id, saved_us, body) VALUES (:token_hash, :user, :now, :body)
ON CONFLICT (token_hash) DO UPDATE SET saved_us = excluded.saved_us, body = excluded.body WHERE intake_draft.user_id = :user;

-- name: intake_draft_list(user user_id) :many(20) (id intake_draft_id, saved time_us, body blob)
-- What somebody has begun, the latest first.
-- plan: indexed
SELECT d.id, d.saved_us, d.body FROM intake_draft d WHERE d.user_id = :user ORDER BY d.saved_us DESC, d.id DESC LIMIT 20;

-- name: intake_draft_get(id intake_draft_id, user user_id) :one (token_hash blob, saved time_us, body blob)
-- One of them.
-- plan: indexed
SELECT d.token_hash, d.saved_us, d.body FROM intake_draft d WHERE d.id = :id AND d.user_id = :user;

-- name: intake_draft_remove(token_hash blob) :exec
-- It became a case or a line, or was thrown away.
DELETE FROM intake_draft WHERE token_hash = :token_hash;
