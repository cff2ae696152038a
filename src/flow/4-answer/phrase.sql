-- The phrase library: see phrase.h.

-- name: phrase_list() :many(500) (id int, name text, body text, unit unit_id?, routine text, type text, active bool)
-- All of them, by name.
-- plan: indexed
SELECT p.id, p.name, p.body, p.unit_id, p.routine, p.type, p.active FROM phrase p ORDER BY p.name, p.id LIMIT 500;

-- name: phrase_one(id int) :one (name text, body text, unit unit_id?, routine text, type text, active bool)
-- One.
SELECT p.name, p.body, p.unit_id, p.routine, p.type, p.active FROM phrase p WHERE p.id = :id;

-- name: phrase_add(name text, body text, unit unit_id?, routine text, type text, active bool, now time_us, who user_id) :one (id int)
-- A new one.
INSERT INTO phrase (name, body, unit_id, routine, type, active, saved_us, saved_by)
VALUES (:name, :body, :unit, :routine, :type, :active, :now, :who) RETURNING id;

-- name: phrase_set(id int, name text, body text, unit unit_id?, routine text, type text, active bool, now time_us, who user_id) :changed
-- Other words, or no longer offered.
UPDATE phrase SET name = :name, body = :body, unit_id = :unit, routine = :routine, type = :type, active = :active,
    saved_us = :now, saved_by = :who WHERE id = :id;
