-- in: register
-- Working on a case: who is asked to do what, what was noted while looking into it, what is done about it. See inquiry.h.

-- Somebody takes part in a case and is asked to do something in it.
CREATE TABLE case_task (
    id key,
    case_id id NOT NULL REFERENCES cases,
    user_id id NOT NULL REFERENCES app_user,
    by_id id NOT NULL REFERENCES app_user,
    what_id id NOT NULL,             -- sealed: what to do
    created_us time_us NOT NULL,     -- when it was asked
    due_us time_us,                  -- last moment; NULL: no time was set
    done_us time_us,                 -- NULL: not done
    dropped bool NOT NULL,           -- the person takes no part any more
    note_id id REFERENCES document
);
CREATE INDEX case_task_of_case ON case_task (case_id, id);
CREATE INDEX case_task_waiting ON case_task (user_id, id) WHERE done_us IS NULL AND dropped = FALSE;

-- A letter, a call or what was promised aloud, by whom it is to be done.
CREATE INDEX task_of_user ON task (user_id, id) WHERE done_us IS NULL;
CREATE INDEX task_of_nobody ON task (case_id, id) WHERE done_us IS NULL AND user_id IS NULL;

-- A measure: what is or will be done about what the case tells. Its words are a document of the kind measure.
CREATE TABLE measure (
    id key,
    case_id id NOT NULL REFERENCES cases,
    document_id id NOT NULL REFERENCES document,
    by_id id NOT NULL REFERENCES app_user,
    who_id id REFERENCES app_user,   -- who does or did it; NULL: not said
    created_us time_us NOT NULL,     -- when it was written down
    due_us time_us,                  -- last moment by which it is to be done; NULL: no day was set, or done already
    done date,                       -- the day it was done; NULL: not yet
    dropped_us time_us,              -- it will not be done; NULL: it stands
    reason_id id                     -- sealed: why not
);
CREATE INDEX measure_of_case ON measure (case_id, id);
CREATE INDEX measure_waiting ON measure (who_id, id) WHERE done IS NULL AND dropped_us IS NULL;
ALTER TABLE cases ADD COLUMN corrected date; -- the day the last of its measures was done; NULL: none, or one is still to be done

-- Working material: no document of the dossier until somebody keeps it; may be thrown away.
CREATE TABLE working_note (
    id key,
    case_id id NOT NULL REFERENCES cases,
    user_id id NOT NULL REFERENCES app_user,
    text_id id NOT NULL,             -- sealed: what was written
    created_us time_us NOT NULL      -- when
);
CREATE INDEX working_note_of_case ON working_note (case_id, id);

-- What a message to the person says as a first response. A letter or a call keeps its promise only when it was made.
CREATE TABLE message_told (
    document_id id NOT NULL PRIMARY KEY REFERENCES document,
    told text NOT NULL               -- contact, measure, investigation (routine/words.def)
);

-- The person was asked for what is needed to go on.
CREATE TABLE more_asked (
    id key,
    case_id id NOT NULL REFERENCES cases,
    document_id id NOT NULL REFERENCES document,
    by_id id NOT NULL REFERENCES app_user,
    asked_us time_us NOT NULL,       -- when
    state_before text NOT NULL,      -- where the case goes back to (flow.def)
    ended_us time_us,                -- NULL: it is waited for
    ended text                       -- person: answered; staff: the answer came another way; without: went on without it
);
CREATE INDEX more_asked_of_case ON more_asked (case_id, id);
