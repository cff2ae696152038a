-- The submitter's own way in: number and code. See follow.h.

-- name: case_by_code(number text, code_hash blob) :one (id case_id)
-- The case of this number and code, if they go together.
-- plan: indexed
SELECT c.id FROM cases c WHERE c.number = :number AND c.code_hash = :code_hash;
