-- Unit meetings: see meeting.h.

-- name: meeting_get(case_id case_id) :many(1) (planned date?, held date?)
-- The meeting of a case, if anybody has set one.
-- plan: indexed
SELECT m.planned, m.held FROM unit_meeting m WHERE m.case_id = :case_id LIMIT 1;

-- name: meeting_plan(case_id case_id, planned date) :exec
-- The day it is to be talked through.
INSERT INTO unit_meeting (case_id, planned) VALUES (:case_id, :planned)
ON CONFLICT (case_id) DO UPDATE SET planned = :planned;

-- name: meeting_hold(case_id case_id, held date) :exec
-- The day it was.
INSERT INTO unit_meeting (case_id, held) VALUES (:case_id, :held)
ON CONFLICT (case_id) DO UPDATE SET held = :held;

-- name: meeting_list(viewer user_id, unit unit_id?, after_id case_id, n int) :many(100) (id case_id, number text, unit unit_id, routine routine_id, type text, title text?, secret bool, outcome text?, measure_kind text?, planned date?)
-- Cases that were answered and wait to be talked through, oldest first; of a unit and those below it, or of all.
-- plan: indexed
SELECT c.id, c.number, c.unit_id, c.routine_id, c.type, c.title, c.secret, c.outcome, c.measure_kind, m.planned
FROM cases c LEFT JOIN unit_meeting m ON m.case_id = c.id
WHERE c.meeting_waits AND c.id > :after_id AND @visible(c)
  AND (:unit IS NULL OR EXISTS (SELECT 1 FROM unit_above a WHERE a.unit_id = c.unit_id AND a.above_id = :unit))
ORDER BY c.id LIMIT :n;

-- name: meeting_measures(case_id case_id, n int) :many(20) (kind text, body sealed_id)
-- What was done, in words: measures and preventive measures.
-- plan: indexed
SELECT d.kind, d.sealed_id FROM document d
WHERE d.case_id = :case_id AND d.kind IN ('measure', 'prevention') ORDER BY d.number LIMIT :n;
