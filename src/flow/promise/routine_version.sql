-- Versions of routines: drafts, publishing, withdrawing: see routine_version.h.

-- name: routine_draft_get(code text) :one (code text, base routine_id, yaml text, saved_by user_id, saved time_us, version int)
-- The next version as it is being written.
SELECT d.code, d.base_id, d.yaml, d.saved_by, d.saved_us, d.version FROM routine_draft d WHERE d.code = :code;

-- name: routine_draft_list() :many(500) (code text, base routine_id, saved_by user_id, saved time_us)
-- Every draft, without its text.
SELECT d.code, d.base_id, d.saved_by, d.saved_us FROM routine_draft d ORDER BY d.code LIMIT 500;

-- name: routine_draft_add(code text, base routine_id, yaml text, who user_id, now time_us) :changed
-- The first saving; nothing when somebody else was first.
INSERT INTO routine_draft (code, base_id, yaml, saved_by, saved_us, version) VALUES (:code, :base, :yaml, :who, :now, 1)
ON CONFLICT (code) DO NOTHING;

-- name: routine_draft_set(code text, yaml text, who user_id, now time_us, seen int) :changed
-- Saved again; nothing when somebody else has saved since.
UPDATE routine_draft SET yaml = :yaml, saved_by = :who, saved_us = :now, version = version + 1
WHERE code = :code AND version = :seen;

-- name: routine_draft_remove(code text, seen int) :changed
-- Published, or thrown away; nothing when somebody else has saved since.
DELETE FROM routine_draft WHERE code = :code AND version = :seen;

-- name: routine_set_withdrawn(id routine_id, now time_us) :changed
-- Taken back before it began.
UPDATE routine SET withdrawn_us = :now WHERE id = :id AND withdrawn_us IS NULL;

-- name: routine_has_cases(id routine_id) :one (has bool)
-- A case stands under it.
-- plan: indexed
SELECT EXISTS (SELECT 1 FROM cases c WHERE c.routine_id = :id);

-- name: unit_routine_remove(unit unit_id, from_date date) :changed
-- What was to begin that day does not.
DELETE FROM unit_routine WHERE unit_id = :unit AND from_date = :from_date;
