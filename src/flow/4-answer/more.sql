-- The person is asked for more: see more.h.

-- name: more_asked_add(case_id case_id, document document_id, by user_id, now time_us, state_before text) :exec
-- A question.
INSERT INTO more_asked (case_id, document_id, by_id, asked_us, state_before) VALUES (:case_id, :document, :by, :now, :state_before);

-- name: more_asked_end(case_id case_id, now time_us, ended text) :exec
-- It is no longer waited for.
UPDATE more_asked SET ended_us = :now, ended = :ended WHERE case_id = :case_id AND ended_us IS NULL;

-- name: more_asked_latest(case_id case_id) :one (document document_id, by user_id, asked time_us, state_before text, ended time_us?, ended_how text?)
-- The newest question of a case.
-- plan: indexed
SELECT m.document_id, m.by_id, m.asked_us, m.state_before, m.ended_us, m.ended
FROM more_asked m WHERE m.case_id = :case_id ORDER BY m.id DESC LIMIT 1;
