-- What the tests look at in the vault's tables.

-- name: t_reading_list() :many(20) (who user_id?, case_id case_id, sealed_id sealed_id?, kind text, purpose text)
-- The read-log, in order.
SELECT user_id, case_id, sealed_id, kind, purpose FROM reading ORDER BY id LIMIT 20;

-- name: t_sealed_list() :many(20) (id sealed_id, case_id case_id, kind text, body blob)
-- Every sealed body.
SELECT id, case_id, kind, body FROM sealed ORDER BY id LIMIT 20;

-- name: t_sealed_move(id sealed_id, case_id case_id) :exec
-- Somebody hangs a body on another case.
UPDATE sealed SET case_id = :case_id WHERE id = :id;

-- name: t_sealed_damage(id sealed_id, body blob) :exec
-- Somebody changes a body.
UPDATE sealed SET body = :body WHERE id = :id;

-- name: t_reading_delete() :exec
-- Must be refused: the read-log is append-only.
DELETE FROM reading;

-- name: t_case_key_count() :one (n int)
-- How many cases can be read.
SELECT COUNT(*) AS n FROM case_key;
