-- What happened to a case, for its page: see case_events.h.

-- name: event_list(case_id case_id, n int) :many(1000) (id event_id, at time_us, who user_id?, kind text, data text, document document_id?)
-- The newest events of a case, newest first. Whether the caller may see the case was asked before.
-- plan: indexed
SELECT e.id, e.at_us, e.user_id, e.kind, e.data, e.document_id FROM event e WHERE e.case_id = :case_id
ORDER BY e.id DESC LIMIT :n;

-- name: waiver_reasons(case_id case_id) :many(60) (code text, at time_us, who user_id, reason sealed_id)
-- Promises and gates let go, with the sealed reason; so few that sorting them costs nothing.
SELECT w.code, w.at_us, w.user_id, w.reason_id FROM waiver w WHERE w.case_id = :case_id ORDER BY w.at_us LIMIT 60;
