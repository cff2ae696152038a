-- What the person asked for: see asked.h.

-- name: asked_of(case_id case_id) :many(40) (id int, body sealed_id, answered time_us?)
-- In the order they were listed.
-- plan: indexed
SELECT a.id, a.sealed_id, a.answered_us FROM asked a WHERE a.case_id = :case_id ORDER BY a.id LIMIT 40;

-- name: asked_put(case_id case_id, body sealed_id, who user_id, now time_us) :exec
-- Another line.
INSERT INTO asked (case_id, sealed_id, by_id, added_us) VALUES (:case_id, :body, :who, :now);

-- name: asked_drop(case_id case_id, id int) :exec
-- It was no question after all.
DELETE FROM asked WHERE case_id = :case_id AND id = :id;

-- name: asked_set(case_id case_id, id int, answered time_us?, who user_id?) :exec
-- Answered, or not any more.
UPDATE asked SET answered_us = :answered, answered_by = :who WHERE case_id = :case_id AND id = :id;
