-- Only for flow_matrix: a case whose row is set by hand, to stand in every state.

-- name: matrix_restrict(id case_id, restricted bool) :exec
-- Seen by its team only, or not.
UPDATE cases SET restricted = :restricted WHERE id = :id;

-- name: matrix_mark(id case_id) :one (version int, status text, n_events int)
-- What a trial may have changed.
SELECT c.version, c.status, h.n_events FROM cases c JOIN journal_head h ON h.one = 1 WHERE c.id = :id;
