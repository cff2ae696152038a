-- Files kept over a form's faults: see attach.h.

-- name: form_file_put(token_hash blob, position int, at time_us, body blob) :exec
-- One file of a form that came back.
INSERT INTO form_file (token_hash, position, at_us, body) VALUES (:token_hash, :position, :at, :body)
ON CONFLICT (token_hash, position) DO UPDATE SET at_us = :at, body = :body;

-- name: form_file_list(token_hash blob) :many(5) (position int, body blob)
-- What was kept for a form.
SELECT f.position, f.body FROM form_file f WHERE f.token_hash = :token_hash ORDER BY f.position LIMIT 5;

-- name: form_file_forget(token_hash blob) :exec
-- The form was sent, or its files were taken away.
DELETE FROM form_file WHERE token_hash = :token_hash;
