-- A password chosen with a code: see password_code.h.

-- name: password_code_put(user user_id, code_hash blob, expires time_us) :exec
-- The person's one code.
INSERT INTO password_code (user_id, code_hash, expires_us) VALUES (:user, :code_hash, :expires)
ON CONFLICT (user_id) DO UPDATE SET code_hash = :code_hash, expires_us = :expires;

-- name: password_code_find(login text, code_hash blob, now time_us) :one (user user_id)
-- Whose code that is, while it is good.
SELECT u.id FROM app_user u JOIN password_code c ON c.user_id = u.id
WHERE u.login = :login AND u.active AND c.code_hash = :code_hash AND c.expires_us > :now;

-- name: password_code_take(user user_id) :changed
-- It was used.
DELETE FROM password_code WHERE user_id = :user;

-- name: user_set_password(id user_id, password_hash text) :exec
-- A new password; wrong attempts are forgotten.
UPDATE app_user SET password_hash = :password_hash, failures = 0, blocked_until_us = NULL WHERE id = :id;

-- name: user_sessions_end(user user_id) :exec
-- Wherever the person is logged in.
DELETE FROM session WHERE user_id = :user;
