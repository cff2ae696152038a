-- Units' own checklists and manuals: see checklist.h.

-- name: checklist_newest() :many(5000) (unit unit_id, version int, owner user_id, saved time_us, reviewed time_us)
-- Every unit's newest version, without its text.
SELECT c.unit_id, c.version, c.owner_id, c.saved_us, c.reviewed_us FROM unit_checklist c
WHERE c.version = (SELECT MAX(x.version) FROM unit_checklist x WHERE x.unit_id = c.unit_id)
ORDER BY c.unit_id LIMIT 5000;

-- name: checklist_get(unit unit_id, version int) :one (version int, body text, owner user_id, saved time_us, saved_by user_id,
--     reviewed time_us, reviewed_by user_id)
-- One version; 0: the newest.
-- plan: indexed
SELECT c.version, c.body, c.owner_id, c.saved_us, c.saved_by, c.reviewed_us, c.reviewed_by FROM unit_checklist c
WHERE c.unit_id = :unit AND (c.version = :version OR :version = 0) ORDER BY c.version DESC LIMIT 1;

-- name: checklist_add(unit unit_id, version int, body text, owner user_id, now time_us, who user_id) :exec
-- A new version; an old number is refused by the key.
INSERT INTO unit_checklist (unit_id, version, body, owner_id, saved_us, saved_by, reviewed_us, reviewed_by)
VALUES (:unit, :version, :body, :owner, :now, :who, :now, :who);

-- name: checklist_sign(unit unit_id, version int, now time_us, who user_id) :changed
-- It still holds.
UPDATE unit_checklist SET reviewed_us = :now, reviewed_by = :who
WHERE unit_id = :unit AND version = :version
  AND NOT EXISTS (SELECT 1 FROM unit_checklist n WHERE n.unit_id = :unit AND n.version > :version);

-- name: manual_set(unit unit_id, name text, media_type text, size int, sha256 blob, body blob, now time_us, who user_id) :exec
-- The file, in place of the one before.
INSERT INTO unit_manual (unit_id, name, media_type, size_bytes, sha256, body, added_us, added_by)
VALUES (:unit, :name, :media_type, :size, :sha256, :body, :now, :who)
ON CONFLICT (unit_id) DO UPDATE SET name = :name, media_type = :media_type, size_bytes = :size, sha256 = :sha256, body = :body,
    added_us = :now, added_by = :who;

-- name: manual_drop(unit unit_id) :changed
-- It does not hold any more.
DELETE FROM unit_manual WHERE unit_id = :unit;

-- name: manual_row(unit unit_id) :one (name text, media_type text, body blob)
-- The file.
SELECT m.name, m.media_type, m.body FROM unit_manual m WHERE m.unit_id = :unit;

-- name: manual_list(unit unit_id) :many(20) (unit unit_id, name text, size int, added time_us)
-- The files that hold for a unit: its own and those of the units above, without their bytes.
SELECT m.unit_id, m.name, m.size_bytes, m.added_us FROM unit_manual m
WHERE EXISTS (SELECT 1 FROM unit_above a WHERE a.unit_id = :unit AND a.above_id = m.unit_id)
ORDER BY m.unit_id LIMIT 20;
