-- The municipality, its units, people and routines, read whole when they change: see town.h.

-- name: town_row() :one (slug text, name text, phone text, address text, theme text, changed int)
-- The one row.
SELECT m.slug, m.name, m.phone, m.address, m.theme, m.changed FROM municipality m;

-- name: town_changed() :one (changed int)
-- Has anything changed since it was read?
SELECT m.changed FROM municipality m;

-- name: town_touch() :exec
-- Units, people or routines changed: every process reads them again.
UPDATE municipality SET changed = changed + 1;

-- name: town_units() :many(5000) (id unit_id, code text, name text, parent unit_id?, level text, secrecy_provision text?, is_public bool, is_intake bool,
--     contact_function text, phone text, email text, visiting_address text, hours text, in_directory bool, help user_id?, diary text, diary_pattern text)
-- All units in list order.
SELECT u.id, u.code, u.name, u.parent_id, u.level, u.secrecy_provision, u.public, u.intake, u.contact_function, u.phone, u.email,
       u.visiting_address, u.hours, u.in_directory, u.help_user_id, u.diary, u.diary_pattern
FROM unit u ORDER BY u.position, u.name, u.id LIMIT 5000;

-- name: town_unit_routines() :many(20000) (unit unit_id, from_date date, routine routine_id)
-- Which routine each unit follows, from when.
SELECT ur.unit_id, ur.from_date, ur.routine_id FROM unit_routine ur ORDER BY ur.unit_id, ur.from_date LIMIT 20000;

-- name: town_routines() :many(2000) (id routine_id, code text, version int, title text, valid_from date, valid_until date?, parent routine_id?,
--     added time_us, added_by user_id?, withdrawn time_us?)
-- All routine versions, without their text.
SELECT r.id, r.code, r.version, r.title, r.valid_from, r.valid_until, r.parent_id, r.added_us, r.added_by, r.withdrawn_us
FROM routine r ORDER BY r.id LIMIT 2000;

-- name: town_routine_yaml(id routine_id) :one (code text, yaml text, parent routine_id?)
-- One version, text and all.
SELECT r.code, r.yaml, r.parent_id FROM routine r WHERE r.id = :id;

-- name: town_local_days() :many(5000) (unit unit_id?, day date, name text, open_part text)
-- Closed and half days.
SELECT d.unit_id, d.day, d.name, d.open_part FROM local_day d ORDER BY d.day LIMIT 5000;

-- name: town_users() :many(50000) (id user_id, login text, name text, title text, active bool, email text, phone text, mobile text)
-- All people who work there.
SELECT u.id, u.login, u.name, u.title, u.active, u.email, u.phone, u.mobile FROM app_user u ORDER BY u.id LIMIT 50000;

-- name: town_user_roles() :many(200000) (user user_id, role text, unit unit_id)
-- Who holds which role where.
SELECT r.user_id, r.role, r.unit_id FROM user_role r ORDER BY r.user_id, r.unit_id LIMIT 200000;

-- name: town_stand_ins() :many(5000) (deputy user_id, absent user_id)
-- Who stands in for whom today (people/absence.h).
SELECT s.deputy_id, s.user_id FROM stand_in s ORDER BY s.deputy_id, s.user_id LIMIT 5000;

-- name: municipality_add(slug text, name text) :exec
-- The one row of a new municipality.
INSERT INTO municipality (slug, name, phone, address, theme, changed) VALUES (:slug, :name, '', '', 'ekhamn', 1);

-- name: municipality_set(phone text, address text) :exec
-- Where the public may ring or come.
UPDATE municipality SET phone = :phone, address = :address, changed = changed + 1;

-- name: unit_add(code text, name text, parent unit_id?, level text, secrecy_provision text?, is_public bool, is_intake bool, position int) :one (id unit_id)
-- A new unit.
INSERT INTO unit (code, name, parent_id, level, secrecy_provision, public, intake, position)
VALUES (:code, :name, :parent, :level, :secrecy_provision, :is_public, :is_intake, :position) RETURNING id;

-- name: unit_set_diary(id unit_id, diary text, diary_pattern text) :exec
-- Whose diary the unit's cases are in.
UPDATE unit SET diary = :diary, diary_pattern = :diary_pattern WHERE id = :id;

-- name: unit_above_add(id unit_id, parent unit_id?) :exec
-- The new unit itself and all above its parent.
INSERT INTO unit_above (unit_id, above_id)
SELECT :id, a.above_id FROM unit_above a WHERE a.unit_id = :parent
UNION SELECT u.id, u.id FROM unit u WHERE u.id = :id;

-- name: routine_add(code text, version int, title text, valid_from date, valid_until date?, parent routine_id?, yaml text, sha256 blob, added time_us,
--     added_by user_id?) :one (id routine_id)
-- A new version of a routine.
INSERT INTO routine (code, version, title, valid_from, valid_until, parent_id, yaml, sha256, added_us, added_by)
VALUES (:code, :version, :title, :valid_from, :valid_until, :parent, :yaml, :sha256, :added, :added_by) RETURNING id;

-- name: unit_routine_add(unit unit_id, from_date date, routine routine_id) :exec
-- From that day on the unit follows that routine.
INSERT INTO unit_routine (unit_id, from_date, routine_id) VALUES (:unit, :from_date, :routine)
ON CONFLICT (unit_id, from_date) DO UPDATE SET routine_id = :routine;

-- name: unit_code(id unit_id) :one (code text)
-- What the journal calls a unit.
SELECT code FROM unit WHERE id = :id;

-- name: unit_set(id unit_id, name text, secrecy_provision text?, is_public bool, contact_function text, phone text, email text,
--     visiting_address text, hours text, in_directory bool, help user_id?) :changed
-- What an administrator may change.
UPDATE unit SET name = :name, secrecy_provision = :secrecy_provision, public = :is_public, contact_function = :contact_function,
       phone = :phone, email = :email, visiting_address = :visiting_address, hours = :hours, in_directory = :in_directory,
       help_user_id = :help
WHERE id = :id;

-- name: unit_days(unit unit_id, from_date date) :many(400) (number int, day date, name text, open_part text)
-- A unit's own closed and half days from a day on.
SELECT d.id, d.day, d.name, d.open_part FROM local_day d WHERE d.unit_id = :unit AND d.day >= :from_date
ORDER BY d.day, d.id LIMIT 400;

-- name: unit_day_add(unit unit_id, day date, name text, open_part text) :exec
-- One more.
INSERT INTO local_day (unit_id, day, name, open_part) VALUES (:unit, :day, :name, :open_part);

-- name: unit_day_remove(unit unit_id, number int) :changed
-- One less.
DELETE FROM local_day WHERE id = :number AND unit_id = :unit;

-- name: user_add(login text, name text, title text, email text, phone text, mobile text, password_hash text?, language text) :one (id user_id)
-- A new person.
INSERT INTO app_user (login, name, title, email, phone, mobile, password_hash, language, active, failures)
VALUES (:login, :name, :title, :email, :phone, :mobile, :password_hash, :language, TRUE, 0) RETURNING id;

-- name: user_login(id user_id) :one (login text)
-- What the journal calls a person.
SELECT login FROM app_user WHERE id = :id;

-- name: user_set(id user_id, name text, title text, email text, phone text, mobile text) :exec
-- What stands in the directory.
UPDATE app_user SET name = :name, title = :title, email = :email, phone = :phone, mobile = :mobile WHERE id = :id;

-- name: user_set_active(id user_id, active bool) :exec
-- Left, or back again.
UPDATE app_user SET active = :active WHERE id = :id;

-- name: user_role_remove(user user_id, role text, unit unit_id) :changed
-- The role in that unit is over.
DELETE FROM user_role WHERE user_id = :user AND role = :role AND unit_id = :unit;

-- name: user_roles(user user_id) :many(5000) (role text, unit unit_id)
-- What the person still holds.
SELECT r.role, r.unit_id FROM user_role r WHERE r.user_id = :user ORDER BY r.unit_id, r.role LIMIT 5000;

-- name: unit_reader_clear(user user_id) :exec
-- Before it is worked out again.
DELETE FROM unit_reader WHERE user_id = :user;

-- name: user_role_add(user user_id, role text, unit unit_id) :exec
-- A role in a unit; twice is once.
INSERT INTO user_role (user_id, role, unit_id) VALUES (:user, :role, :unit) ON CONFLICT (user_id, role, unit_id) DO NOTHING;

-- name: unit_reader_add(user user_id, unit unit_id) :exec
-- The user may read cases of the unit and all below it.
INSERT INTO unit_reader (user_id, unit_id)
SELECT :user, a.unit_id FROM unit_above a WHERE a.above_id = :unit AND TRUE ON CONFLICT (user_id, unit_id) DO NOTHING;

-- name: unit_reader_for_unit(unit unit_id, parent unit_id?) :exec
-- A new unit is read by those who read the one above it.
INSERT INTO unit_reader (user_id, unit_id)
SELECT r.user_id, :unit FROM unit_reader r WHERE r.unit_id = :parent ON CONFLICT (user_id, unit_id) DO NOTHING;
