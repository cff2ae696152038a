-- Is it a case at all: see assess.h.

-- name: assess_set(id case_id, assessment text) :exec
-- Asked for, or judged.
UPDATE cases SET assessment = :assessment WHERE id = :id;

-- name: assess_get(id case_id) :one (assessment text)
-- Where the question stands.
-- plan: indexed
SELECT c.assessment FROM cases c WHERE c.id = :id;
