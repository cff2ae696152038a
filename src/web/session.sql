-- Sessions: what a browser's cookie stands for. Only a hash of the cookie is stored.

-- name: session_by_token(token blob, now time_us) :one (id session_id, kind text, user user_id?, subject case_id?, csrf blob, created time_us, seen time_us, expires time_us)
-- The session a cookie stands for, unless it is over.
SELECT id, kind, user_id, case_id, csrf, created_us, seen_us, expires_us FROM session
 WHERE token_hash = :token AND expires_us > :now;

-- name: session_add(token blob, kind text, user user_id?, subject case_id?, csrf blob, now time_us, expires time_us) :one (id session_id)
-- A new session.
INSERT INTO session (token_hash, kind, user_id, case_id, csrf, created_us, seen_us, expires_us)
VALUES (:token, :kind, :user, :subject, :csrf, :now, :now, :expires) RETURNING id;

-- name: session_touch(id session_id, now time_us) :exec
-- It was used again.
UPDATE session SET seen_us = :now WHERE id = :id;

-- name: session_delete(id session_id) :exec
-- It is over.
DELETE FROM session WHERE id = :id;

-- name: session_delete_of_user(user user_id) :changed
-- All sessions of a person: after a new password, or when the person leaves.
DELETE FROM session WHERE user_id = :user;

-- name: session_user(id user_id) :one (name text, language text)
-- Who is logged in, while that person may be.
SELECT name, language FROM app_user WHERE id = :id AND active;

-- name: session_roles(user user_id) :many(64) (role text)
-- The roles a person has in some unit, and those of whom he or she stands in for today.
SELECT r.role FROM user_role r WHERE r.user_id = :user
UNION
SELECT r.role FROM stand_in s JOIN user_role r ON r.user_id = s.user_id WHERE s.deputy_id = :user
ORDER BY 1 LIMIT 64;

-- name: login_find(login text) :one (id user_id, password_hash text?, active bool, failures int, blocked_until time_us?)
-- The account with this folded name.
SELECT id, password_hash, active, failures, blocked_until_us FROM app_user WHERE login = :login;

-- name: login_failed(id user_id, blocked_until time_us?) :exec
-- One more wrong password.
UPDATE app_user SET failures = failures + 1, blocked_until_us = :blocked_until WHERE id = :id;

-- name: login_succeeded(id user_id) :exec
-- The right password: the count begins again.
UPDATE app_user SET failures = 0, blocked_until_us = NULL WHERE id = :id AND failures > 0;

-- name: health_write(now int) :exec
-- A write that changes nothing, for the watchdog: takes the write lock and goes through to the disk.
UPDATE municipality SET changed = changed WHERE :now > 0;

-- name: municipality_title() :one (name text)
-- The municipality's name, for the choice between several.
SELECT name FROM municipality;
