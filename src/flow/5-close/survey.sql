-- The question after closing: see survey.h.

-- name: survey_add(case_id case_id, round int, token_hash blob, asked time_us, open_until time_us) :exec
-- To be asked. Closed twice in one round (by a program that failed in between): the first stands.
INSERT INTO survey (case_id, round, token_hash, asked_us, open_until_us, answer)
VALUES (:case_id, :round, :token_hash, :asked, :open_until, '') ON CONFLICT (token_hash) DO NOTHING;

-- name: survey_mail(case_id case_id, due time_us) :exec
-- Its mail goes on the day; until then nobody misses it.
INSERT INTO outbox (case_id, kind, status, created_us, due_us, attempts) VALUES (:case_id, 'survey', 'queued', :due, :due, 0);

-- name: survey_by_hash(token_hash blob) :one (id survey_id, case_id case_id, asked time_us, open_until time_us, answer text, first time_us?, answered time_us?, ended time_us?)
-- The question of a link.
-- plan: indexed
SELECT s.id, s.case_id, s.asked_us, s.open_until_us, s.answer, s.first_us, s.answered_us, s.ended_us
FROM survey s WHERE s.token_hash = :token_hash;

-- name: survey_latest(case_id case_id) :many(1) (round int)
-- The newest question of a case.
-- plan: indexed
SELECT s.round FROM survey s WHERE s.case_id = :case_id ORDER BY s.id DESC LIMIT 1;

-- name: survey_set(id survey_id, answer text, at time_us) :exec
-- The answer that stands.
UPDATE survey SET answer = :answer, first_us = COALESCE(first_us, :at), answered_us = :at WHERE id = :id;
