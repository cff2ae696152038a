-- in: register
-- Telling the person that it takes longer; copies that others are owed; what became of each promise, for statistics.

-- The person is told that a promise will be late, why, and by when instead. The new date is a promise of its own; the first one
-- and its lateness stay as they are.
CREATE TABLE delay (
    id key,
    case_id id NOT NULL REFERENCES cases,
    position int NOT NULL,           -- 1, 2, 3 within the case
    code text NOT NULL,              -- of the promise that will be late
    before_us time_us NOT NULL,      -- the date that held until now: the promise's own, or the new date of the time before
    new_us time_us NOT NULL,         -- the new date: the end of its day
    way text NOT NULL,               -- email, letter, phone, sms, meeting, code: how the person is told
    document_id id NOT NULL REFERENCES document, -- what the person is told, or was told on the telephone
    made_us time_us NOT NULL,        -- when it was written down
    user_id id NOT NULL REFERENCES app_user,
    told_us time_us,                 -- when the person was told; NULL: a letter is still to post, or the mail came back
    UNIQUE (case_id, position)
);
CREATE INDEX delay_document ON delay (document_id);

ALTER TABLE promise ADD COLUMN new_due_us time_us; -- the date the person was told instead; NULL: none
ALTER TABLE promise ADD COLUMN answers bool NOT NULL DEFAULT FALSE; -- the person waits for it: it is kept by a reply
ALTER TABLE promise ADD COLUMN counted_day date; -- day of its own date, under which it is counted in promise_day; NULL: not counted
ALTER TABLE promise ADD COLUMN counted_unit id REFERENCES unit; -- where; what was kept or late stays with the unit where it was so
ALTER TABLE promise ADD COLUMN outcome text NOT NULL DEFAULT ''; -- met, late, open, waived; empty: not counted
ALTER TABLE promise ADD COLUMN notice text NOT NULL DEFAULT ''; -- none, before, after: was the person told of the delay before its date; empty: not counted
-- The new dates that come near or have passed: for reminders.
CREATE INDEX promise_new_due ON promise (new_due_us, case_id, code) WHERE new_due_us IS NOT NULL AND state IN ('running', 'missed');

-- What became of promises, by unit and day of their own date: how many. A step adds and takes away one (rows not folded, so that
-- nobody waits for anybody); a job folds them into one row each. Their sum is what the rows of promise say (invariant).
CREATE TABLE promise_day (
    id key,
    unit_id id NOT NULL REFERENCES unit,
    day date NOT NULL,               -- of the promise's own date
    code text NOT NULL,              -- of the promise
    outcome text NOT NULL,           -- met, late, open, waived
    notice text NOT NULL,            -- none, before, after
    n int NOT NULL,                  -- how many; of a row not folded: 1 or -1
    folded bool NOT NULL             -- the one row of its kind
);
CREATE UNIQUE INDEX promise_day_folded ON promise_day (unit_id, day, code, outcome, notice) WHERE folded;
CREATE INDEX promise_day_loose ON promise_day (id) WHERE NOT folded;
CREATE INDEX promise_day_unit ON promise_day (unit_id, day);

-- What is there already, as far as it can be told: nobody has been told of a delay yet.
UPDATE promise SET counted_day = due_us / 86400000000, notice = 'none',
    counted_unit = (SELECT c.unit_id FROM cases c WHERE c.id = promise.case_id),
    outcome = CASE state WHEN 'met' THEN 'met' WHEN 'met_late' THEN 'late' WHEN 'waived' THEN 'waived' ELSE 'open' END
WHERE due_us IS NOT NULL AND state IN ('met', 'met_late', 'waived', 'running', 'missed')
  AND EXISTS (SELECT 1 FROM cases c WHERE c.id = promise.case_id AND c.restricted = FALSE);
INSERT INTO promise_day (unit_id, day, code, outcome, notice, n, folded)
SELECT p.counted_unit, p.counted_day, p.code, p.outcome, p.notice, COUNT(*), TRUE FROM promise p
WHERE p.counted_day IS NOT NULL GROUP BY p.counted_unit, p.counted_day, p.code, p.outcome, p.notice;

-- A copy or a report that somebody else is owed: it lies in that role's list until it has been read.
CREATE TABLE case_copy (
    id key,
    case_id id NOT NULL REFERENCES cases,
    kind text NOT NULL,              -- reply, handling_report
    role text NOT NULL,              -- rights.def: who gets it, at the case's unit or above
    document_id id NOT NULL REFERENCES document,
    sent_us time_us NOT NULL,        -- when it was sent
    sent_by id NOT NULL REFERENCES app_user,
    taken_us time_us,                -- when somebody with the role said that it has arrived; NULL: not yet
    taken_by id REFERENCES app_user
);
CREATE INDEX case_copy_case ON case_copy (case_id, id);
CREATE INDEX case_copy_waiting ON case_copy (role, sent_us, id) WHERE taken_us IS NULL;
