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
