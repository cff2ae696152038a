-- in: register
-- Closing, and what comes after it: whoever closes by the routine, preventive measures, unit meetings, the question to the
-- person, what was promised in an earlier round.

ALTER TABLE cases ADD COLUMN to_close text NOT NULL DEFAULT ''; -- the role that was asked to close it: everything is there; '': nobody
ALTER TABLE cases ADD COLUMN no_further int NOT NULL DEFAULT 0; -- how often something written after closing was regarded as answered
ALTER TABLE cases ADD COLUMN after_what text NOT NULL DEFAULT ''; -- closed, and still to be done: followed_up, considered, unit_meeting_held, after_closing
ALTER TABLE cases ADD COLUMN after_us time_us;                  -- by when; NULL: nothing
ALTER TABLE cases ADD COLUMN meeting_waits bool NOT NULL DEFAULT FALSE; -- answered, and to be talked through at a unit meeting
CREATE INDEX cases_meeting ON cases (id) WHERE meeting_waits;
CREATE INDEX cases_after ON cases (owner_id, after_us, id) WHERE after_us IS NOT NULL;
CREATE INDEX cases_to_close ON cases (next_due_us, id) WHERE to_close <> '';

-- What is done so that it does not happen again, or why nothing need be.
CREATE TABLE prevention (
    id key,
    case_id id NOT NULL REFERENCES cases,
    document_id id NOT NULL REFERENCES document, -- the words
    is_needed bool NOT NULL,         -- false: none is needed, the words say why
    user_id id REFERENCES app_user,  -- who sees to it; NULL when none is needed
    due_us time_us,                  -- end of the last day; NULL when none is needed
    chosen_us time_us NOT NULL,      -- when it was chosen
    done_us time_us,                 -- NULL: not in place yet
    done_by id REFERENCES app_user
);
CREATE INDEX prevention_case ON prevention (case_id, id);
-- What waits for a person.
CREATE INDEX prevention_open ON prevention (user_id, due_us, id) WHERE done_us IS NULL;

-- The unit meeting (APT) where a case is talked through.
CREATE TABLE unit_meeting (
    case_id id NOT NULL PRIMARY KEY REFERENCES cases,
    planned date,                    -- the day somebody has set; NULL: none
    held date                        -- the day it was talked through; NULL: not yet
);

-- One question to the person some days after closing. The link's token is worked out from the row; only its hash is kept.
CREATE TABLE survey (
    id key,
    case_id id NOT NULL REFERENCES cases,
    round int NOT NULL,              -- how often the case had been opened again: one question each time
    token_hash blob NOT NULL UNIQUE, -- keyed hash of the link's token
    asked_us time_us NOT NULL,       -- from then on it may be answered, and the mail goes
    open_until_us time_us NOT NULL,  -- the last moment to answer
    answer text NOT NULL,            -- yes, partly, no; '': none yet
    first_us time_us,                -- when it was first answered
    answered_us time_us,             -- when the answer that stands came
    ended_us time_us                 -- the case was opened again: nothing more is asked; NULL: it is not
);
CREATE INDEX survey_case ON survey (case_id, id);

-- What was promised between one closing and the next opening, as it ended: opening a case again rewrites nothing.
CREATE TABLE promise_round (
    id key,
    case_id id NOT NULL REFERENCES cases,
    round int NOT NULL,              -- how often the case had been opened again before
    code text NOT NULL,              -- as in promise
    who text NOT NULL,               -- role
    kind text NOT NULL,              -- hard, target
    state text NOT NULL,             -- met, met_late, missed, waived
    due_us time_us,                  -- end of the last day; NULL: no limit
    met_us time_us,                  -- when it was kept
    counted_day date,                -- as in promise: it stays counted so
    counted_unit id REFERENCES unit, -- as in promise
    outcome text NOT NULL,           -- as in promise
    notice text NOT NULL             -- as in promise
);
CREATE INDEX promise_round_case ON promise_round (case_id, id);
