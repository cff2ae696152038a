-- Statements of job_test.c only.

-- name: test_session_add(token blob, expires time_us) :exec
-- A session that ends then.
INSERT INTO session (token_hash, kind, csrf, created_us, seen_us, expires_us)
VALUES (:token, 'staff', :token, :expires, :expires, :expires);

-- name: test_sessions() :many(10) (token blob)
-- All there are.
SELECT token_hash FROM session ORDER BY id LIMIT 10;

-- name: test_form_file_add(token blob, at time_us) :exec
-- A file kept since then.
INSERT INTO form_file (token_hash, position, at_us, body) VALUES (:token, 0, :at, :token);

-- name: test_form_files() :many(10) (token blob)
-- All there are.
SELECT token_hash FROM form_file ORDER BY at_us LIMIT 10;

-- name: test_draft_add(token blob, user user_id, at time_us) :exec
-- Something begun, last saved then.
INSERT INTO intake_draft (token_hash, user_id, saved_us, body) VALUES (:token, :user, :at, :token);

-- name: test_drafts() :many(10) (token blob)
-- All there are.
SELECT token_hash FROM intake_draft ORDER BY saved_us LIMIT 10;
