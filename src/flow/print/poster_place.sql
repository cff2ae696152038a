-- Where posters and forms hang, and who looked: see poster_place.h.

-- name: poster_place_add(unit unit_id, name text, poster bool, form bool, since date, keeper user_id?, weeks int, next_check date) :one (id poster_place_id)
-- A new place.
INSERT INTO poster_place (unit_id, name, poster, form, since, keeper_id, weeks, next_check)
VALUES (:unit, :name, :poster, :form, :since, :keeper, :weeks, :next_check) RETURNING id;

-- name: poster_place_set(id poster_place_id, name text, poster bool, form bool, since date, keeper user_id?, weeks int, next_check date) :changed
-- The same, changed.
UPDATE poster_place SET name = :name, poster = :poster, form = :form, since = :since, keeper_id = :keeper,
    weeks = :weeks, next_check = :next_check
WHERE id = :id AND ended_us IS NULL;

-- name: poster_place_end(id poster_place_id, at time_us) :changed
-- Nothing hangs there any more.
UPDATE poster_place SET ended_us = :at WHERE id = :id AND ended_us IS NULL;

-- name: poster_place_get(id poster_place_id) :one (unit unit_id, name text, poster bool, form bool, since date, keeper user_id?, weeks int, next_check date, ended time_us?)
-- plan: indexed
-- One place.
SELECT p.unit_id, p.name, p.poster, p.form, p.since, p.keeper_id, p.weeks, p.next_check, p.ended_us
FROM poster_place p WHERE p.id = :id;

-- name: poster_places() :many(2000) (id poster_place_id, unit unit_id, name text, poster bool, form bool, since date, keeper user_id?, weeks int, next_check date, checked_by user_id?, checked time_us?, outcome text?)
-- Every place in use, by unit and name, with its latest check.
SELECT p.id, p.unit_id, p.name, p.poster, p.form, p.since, p.keeper_id, p.weeks, p.next_check, k.by_id, k.at_us, k.outcome
FROM poster_place p
LEFT JOIN poster_check k ON k.id = (SELECT max(c.id) FROM poster_check c WHERE c.place_id = p.id)
WHERE p.ended_us IS NULL ORDER BY p.unit_id, p.name, p.id LIMIT 2000;

-- name: place_checks_due(before date) :many(1000) (id poster_place_id, unit unit_id, name text, keeper user_id?, next_check date)
-- plan: indexed
-- Places whose last day for a check lies before this day, longest overdue first. For pages and reminders.
SELECT p.id, p.unit_id, p.name, p.keeper_id, p.next_check
FROM poster_place p WHERE p.ended_us IS NULL AND p.next_check < :before ORDER BY p.next_check, p.id LIMIT 1000;

-- name: poster_check_add(place poster_place_id, user user_id, at time_us, outcome text) :exec
-- Somebody looked.
INSERT INTO poster_check (place_id, by_id, at_us, outcome) VALUES (:place, :user, :at, :outcome);

-- name: poster_place_checked(id poster_place_id, next_check date) :changed
-- And has to look again by then.
UPDATE poster_place SET next_check = :next_check WHERE id = :id AND ended_us IS NULL;

-- name: poster_checks(place poster_place_id) :many(100) (user user_id, at time_us, outcome text)
-- plan: indexed
-- The latest checks of a place, newest first.
SELECT c.by_id, c.at_us, c.outcome FROM poster_check c WHERE c.place_id = :place ORDER BY c.id DESC LIMIT 100;
