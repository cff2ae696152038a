-- Times away and who stands in: see absence.h.

-- name: absence_on(user user_id, day date) :many(1) (id int, deputy user_id?, last_day date?)
-- The person is away on that day; of several entries the one that lasts longest.
-- plan: indexed
SELECT a.id, a.deputy_id, a.last_day FROM absence a
WHERE a.user_id = :user AND a.ended_us IS NULL AND a.first_day <= :day AND (a.last_day IS NULL OR a.last_day >= :day)
ORDER BY a.first_day DESC LIMIT 1;

-- name: absence_standing(user user_id) :many(1) (deputy user_id)
-- The deputy when no other is named.
SELECT s.deputy_id FROM standing_deputy s WHERE s.user_id = :user LIMIT 1;

-- name: absence_away_today(day date) :many(5000) (user user_id)
-- Everybody who is away on that day, and everybody who has left but still has something: read when the day changes.
SELECT a.user_id FROM absence a
WHERE a.ended_us IS NULL AND a.first_day <= :day AND (a.last_day IS NULL OR a.last_day >= :day)
UNION
SELECT u.id FROM app_user u WHERE NOT u.active
ORDER BY 1 LIMIT 5000;

-- name: absence_add_row(user user_id, first_day date, last_day date?, deputy user_id?, who user_id, now time_us) :exec
-- A time away.
INSERT INTO absence (user_id, first_day, last_day, deputy_id, set_by, set_us)
VALUES (:user, :first_day, :last_day, :deputy, :who, :now);

-- name: absence_get(id int) :one (user user_id)
-- Whose it is, while it holds.
SELECT a.user_id FROM absence a WHERE a.id = :id AND a.ended_us IS NULL;

-- name: absence_end_row(id int, now time_us) :changed
-- It ends now.
UPDATE absence SET ended_us = :now WHERE id = :id AND ended_us IS NULL;

-- name: absence_standing_put(user user_id, deputy user_id, who user_id, now time_us) :exec
-- Who stands in unless somebody else is named.
INSERT INTO standing_deputy (user_id, deputy_id, set_by, set_us) VALUES (:user, :deputy, :who, :now)
ON CONFLICT (user_id) DO UPDATE SET deputy_id = :deputy, set_by = :who, set_us = :now;

-- name: absence_standing_drop(user user_id) :exec
-- Nobody any longer.
DELETE FROM standing_deputy WHERE user_id = :user;

-- name: stand_in_list() :many(5000) (deputy user_id, user user_id)
-- Who stands in for whom, as last worked out.
SELECT s.deputy_id, s.user_id FROM stand_in s ORDER BY s.user_id, s.deputy_id LIMIT 5000;

-- name: stand_in_clear() :exec
-- Before it is written anew.
DELETE FROM stand_in WHERE deputy_id > 0;

-- name: stand_in_add(deputy user_id, user user_id) :exec
-- The deputy acts for the person today.
INSERT INTO stand_in (deputy_id, user_id) VALUES (:deputy, :user);

-- name: absence_list(day date) :many(500) (id int, user user_id, first_day date, last_day date?, deputy user_id?)
-- Everybody's times away, now and to come; a municipality has few at a time.
SELECT a.id, a.user_id, a.first_day, a.last_day, a.deputy_id FROM absence a
WHERE a.ended_us IS NULL AND (a.last_day IS NULL OR a.last_day >= :day)
ORDER BY a.first_day, a.id LIMIT 500;

-- name: absence_left(from_user user_id) :many(500) (user user_id, n int)
-- People who have left and still own open cases.
SELECT u.id, COUNT(c.id) FROM app_user u JOIN cases c ON c.owner_id = u.id AND c.closed_us IS NULL
WHERE NOT u.active AND u.id > :from_user GROUP BY u.id ORDER BY u.id LIMIT 500;

-- name: absence_restricted(user user_id) :one (n int)
-- Open restricted cases of the person: no deputy sees them.
SELECT COUNT(*) FROM case_team m JOIN cases c ON c.id = m.case_id
WHERE m.user_id = :user AND c.restricted AND c.closed_us IS NULL;
