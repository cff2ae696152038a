-- in: register
-- A draft reply shown to those concerned before it goes, what they said, and a reply that goes by itself at a chosen moment. The
-- words of all of it are sealed: they are working material, no documents.

-- A draft as it was when it was shown: what those asked read, whatever becomes of the draft.
CREATE TABLE draft_share (
    id key,
    case_id id NOT NULL REFERENCES cases,
    position int NOT NULL,           -- 1, 2, 3 within the case
    by_id id NOT NULL REFERENCES app_user,
    at_us time_us NOT NULL,          -- when it was shown
    body_id id NOT NULL,             -- sealed: as those asked read it, without who complained
    original_id id NOT NULL,         -- sealed: as it was written
    UNIQUE (case_id, position)
);

-- Somebody who was asked what he or she thinks, before one reply of a case. With sent_us the row is history: another reply asks anew.
CREATE TABLE consult (
    id key,
    case_id id NOT NULL REFERENCES cases,
    user_id id NOT NULL REFERENCES app_user,
    by_id id NOT NULL REFERENCES app_user,
    asked_us time_us NOT NULL,       -- when the draft was given, or the talk written down
    until_us time_us,                -- time to think it over ends; NULL: the routine gives none
    share_id id REFERENCES draft_share, -- what the person reads: the newest shown; NULL: only talked with
    question_id id,                  -- sealed: what the person was asked besides; NULL: nothing
    story_id id,                     -- sealed: what the submitter wrote, without who; NULL: not shown
    story_reason_id id,              -- sealed: why this person must read it
    heard_us time_us,                -- when something was first said, or that there is nothing to add; NULL: not heard
    nothing_to_add bool NOT NULL,           -- the latest was: read, nothing to add
    said_us time_us,                 -- the latest words, written or told; NULL: none
    considered_us time_us,           -- when the manager ticked them as considered; NULL: not
    considered_by id REFERENCES app_user,
    kept_id id,                      -- sealed: words begun and not sent
    timed_out bool NOT NULL,              -- the time went out without a word, and that is written down
    ended_us time_us,                -- need not be asked any more; NULL: is asked
    sent_us time_us                  -- when the reply went; NULL: it has not gone
);
CREATE UNIQUE INDEX consult_now ON consult (case_id, user_id) WHERE sent_us IS NULL;
CREATE INDEX consult_case ON consult (case_id, id) WHERE sent_us IS NULL;
CREATE INDEX consult_of_user ON consult (user_id, asked_us, id) WHERE sent_us IS NULL AND ended_us IS NULL;
CREATE INDEX consult_until ON consult (until_us, id) WHERE sent_us IS NULL AND ended_us IS NULL AND heard_us IS NULL AND NOT timed_out;

-- What somebody asked said; each for itself, none is changed.
CREATE TABLE consult_view (
    id key,
    consult_id id NOT NULL REFERENCES consult,
    at_us time_us NOT NULL,          -- when it was written down
    by_id id NOT NULL REFERENCES app_user,
    how text NOT NULL,               -- written (by the person), talked (the manager wrote it down)
    day date,                        -- of a talk: the day of it; NULL: written
    body_id id NOT NULL              -- sealed: the words
);
CREATE INDEX consult_view_of ON consult_view (consult_id, id);

-- A reply that goes by itself, once the routine lets it: if case and draft are still as they were then.
CREATE TABLE reply_plan (
    id key,
    case_id id NOT NULL REFERENCES cases,
    by_id id NOT NULL REFERENCES app_user,
    made_us time_us NOT NULL,        -- when it was planned
    send_us time_us NOT NULL,        -- when it goes
    draft_version int NOT NULL,      -- of the draft that goes
    owner_id id REFERENCES app_user, -- who was responsible when it was planned
    unit_id id NOT NULL REFERENCES unit,
    ended_us time_us,                -- NULL: waits
    how text                         -- sent, called_off, draft, owner, unit, state, gate, views; NULL: waits
);
CREATE UNIQUE INDEX reply_plan_case ON reply_plan (case_id) WHERE ended_us IS NULL;
CREATE INDEX reply_plan_due ON reply_plan (send_us, id) WHERE ended_us IS NULL;
