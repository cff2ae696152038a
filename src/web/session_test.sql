-- Statements for session_test.c.

-- name: ts_user_add(login text, name text, password text) :one (id user_id)
-- Somebody with a password.
INSERT INTO app_user (login, name, title, email, phone, password_hash, language, active, failures)
VALUES (:login, :name, '', '', '', :password, 'sv', TRUE, 0) RETURNING id;

-- name: ts_unit_add(code text) :one (id unit_id)
-- A unit.
INSERT INTO unit (code, name, level, public, intake, position) VALUES (:code, '', 'unit', TRUE, FALSE, 1) RETURNING id;

-- name: ts_role_add(user user_id, role text, unit unit_id) :exec
-- A role.
INSERT INTO user_role (user_id, role, unit_id) VALUES (:user, :role, :unit);

-- name: ts_user_leave(user user_id) :exec
-- The person leaves.
UPDATE app_user SET active = FALSE WHERE id = :user;

-- name: ts_session() :one (token blob)
-- What is stored of the only session.
SELECT token_hash FROM session;
