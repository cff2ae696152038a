-- Statements for db_test.c: every type, both ways, and what may go wrong.

-- name: t_user_add(login text, name text, password text?, blocked time_us?, active bool, failures int) :one (id user_id)
-- A row with most types.
INSERT INTO app_user (login, name, title, email, phone, password_hash, language, active, failures, blocked_until_us)
VALUES (:login, :name, '', '', '', :password, 'sv', :active, :failures, :blocked) RETURNING id;

-- name: t_user_get(login text) :one (id user_id, name text, password text?, blocked time_us?, active bool, failures int)
-- The row with this login.
SELECT id, name, password_hash, blocked_until_us, active, failures FROM app_user WHERE login = :login;

-- name: t_user_list(most int) :many(3) (id user_id, login text)
-- At most three rows.
SELECT id, login FROM app_user ORDER BY login LIMIT :most;

-- name: t_user_block(login text) :changed
-- How many rows changed is told.
UPDATE app_user SET active = FALSE WHERE login = :login AND active;

-- name: t_user_by_role() :one (id user_id)
-- NULL in a column that is declared as never NULL.
SELECT NULL AS id;
-- pg:
SELECT NULL::bigint AS id;

-- name: t_day_add(day date, unit unit_id?) :exec
-- Dates and a reference that may be none.
INSERT INTO local_day (unit_id, day, name, open_part) VALUES (:unit, :day, 'Kanslidag', 'closed');

-- name: t_day_list() :many(9) (day date, unit unit_id?)
-- Dates, in order.
SELECT day, unit_id FROM local_day ORDER BY day LIMIT 9;

-- name: t_routine_add(code text, until date?, body blob) :exec
-- Bytes and a date that may be none.
INSERT INTO routine (code, version, title, valid_from, valid_until, yaml, sha256, added_us)
VALUES (:code, 1, '', 0, :until, '', :body, 1);

-- name: t_routine_get(code text) :one (until date?, body blob)
-- Bytes and a date that may be none.
SELECT valid_until, sha256 FROM routine WHERE code = :code;

-- name: t_event_add(id event_id, at time_us) :exec
-- A journal row that fits nothing.
-- sqlite:
INSERT INTO event (id, at_us, kind, data, previous, hash) VALUES (:id, :at, 'test', '{}', x'00', x'00');
-- pg:
INSERT INTO event (id, at_us, kind, data, previous, hash) VALUES (:id, :at, 'test', '{}', '\x00', '\x00');

-- name: t_event_change() :changed
-- Must be refused: the journal is append-only.
UPDATE event SET kind = 'other';

-- name: t_event_delete() :changed
-- Must be refused: the journal is append-only.
DELETE FROM event;

-- name: t_sealed_add(case_id case_id, body blob) :one (id sealed_id)
-- A row of the vault.
INSERT INTO sealed (case_id, kind, body) VALUES (:case_id, 'document', :body) RETURNING id;

-- name: t_sealed_get(id sealed_id) :one (body blob)
-- Its bytes.
SELECT body FROM sealed WHERE id = :id;

-- name: t_count() :one (users int, sealed int)
-- Rows on both sides.
SELECT (SELECT COUNT(*) FROM app_user) AS users, (SELECT COUNT(*) FROM sealed) AS sealed;

-- name: t_backend_end() :one (ok bool)
-- Ends this very connection, as a restarted server would.
SELECT FALSE AS ok;
-- pg:
SELECT pg_terminate_backend(pg_backend_pid()) AS ok;
