-- From one closing to the next opening: see round.h.

-- name: round_keep(case_id case_id, round int, code text) :exec
-- A promise as it ended: kept, late, missed or let go. One that still ran is owed no more, and is not counted.
INSERT INTO promise_round (case_id, round, code, who, kind, state, due_us, met_us, counted_day, counted_unit, outcome, notice)
SELECT p.case_id, :round, p.code, p.who, p.kind, p.state, p.due_us, p.met_us, p.counted_day, p.counted_unit, p.outcome, p.notice
FROM promise p
WHERE p.case_id = :case_id AND p.code = :code AND p.state IN ('met', 'met_late', 'missed', 'waived');

-- name: round_counted(case_id case_id, code text) :exec
-- It is counted there from now on; what begins anew is another promise.
UPDATE promise SET counted_day = NULL, counted_unit = NULL, outcome = '', notice = ''
WHERE case_id = :case_id AND code = :code AND state IN ('met', 'met_late', 'missed', 'waived');

-- name: round_forget(case_id case_id, code text) :exec
-- It has not happened in the round that begins.
DELETE FROM fact WHERE case_id = :case_id AND code = :code;

-- name: round_end_survey(case_id case_id, now time_us) :exec
-- Nothing more is asked about what is not over.
UPDATE survey SET ended_us = :now WHERE case_id = :case_id AND ended_us IS NULL;
