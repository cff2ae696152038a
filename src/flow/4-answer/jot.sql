-- Working material: see jot.h.

-- name: working_note_add(case_id case_id, user user_id, text sealed_id, now time_us) :exec
-- Somebody wrote something for the work.
INSERT INTO working_note (case_id, user_id, text_id, created_us) VALUES (:case_id, :user, :text, :now);

-- name: working_note_get(case_id case_id, id working_note_id) :one (user user_id, text sealed_id)
-- One of them.
SELECT w.user_id, w.text_id FROM working_note w WHERE w.id = :id AND w.case_id = :case_id;

-- name: working_note_remove(id working_note_id) :changed
-- It was kept as a paper, or thrown away: of two at once one does it.
DELETE FROM working_note WHERE id = :id;

-- name: working_notes(case_id case_id) :many(200) (id working_note_id, user user_id, text sealed_id, created time_us)
-- All of a case, oldest first.
-- plan: indexed
SELECT w.id, w.user_id, w.text_id, w.created_us FROM working_note w WHERE w.case_id = :case_id ORDER BY w.id LIMIT 200;
