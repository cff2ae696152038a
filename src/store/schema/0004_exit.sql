-- in: register
-- What is not handled as feedback: which exit was taken, who was told, where it went; and the bodies it may go to.

-- Authorities, offices and companies a person may be told to turn to, or that a case is handed to. No secrets.
CREATE TABLE external_body (
    id key,
    code text NOT NULL UNIQUE,       -- a-z 0-9 -: routine files name it
    name text NOT NULL,              -- "Försäkringskassan"
    handles text NOT NULL,           -- what one turns to it with, in plain words
    phone text NOT NULL,             -- may be empty
    email text NOT NULL,             -- where cases are handed to; empty: by letter
    address text NOT NULL,           -- several lines; may be empty
    web text NOT NULL,               -- whole address, https; may be empty
    letter_sv text NOT NULL,         -- what the person is told of it in Swedish; may be empty
    letter_en text NOT NULL,         -- the same in English
    position int NOT NULL,           -- order in lists
    retired_us time_us               -- not offered any more since then; NULL: it is
);

-- A case left by an exit of its routine. Never removed: what was undone stays for the statistics.
CREATE TABLE case_exit (
    id key,
    case_id id NOT NULL REFERENCES cases,
    code text NOT NULL,              -- the exit's id in the routine
    action text NOT NULL,            -- routine/words.def: forward, refer, own_matter, answer, discard, move
    at_us time_us NOT NULL,          -- when it was taken: the hand-over's moment
    user_id id NOT NULL REFERENCES app_user,
    unit_id id NOT NULL REFERENCES unit,
    from_status text NOT NULL,       -- where the case goes back to when it is undone
    sole bool NOT NULL,              -- only the one it was handed to sees it
    was_restricted bool NOT NULL,    -- before
    owner_before id REFERENCES app_user,
    accepted_before_us time_us,      -- when that owner had taken it on
    to_user id REFERENCES app_user,
    n_told int NOT NULL,             -- how many of the named role got to know
    body_id id REFERENCES external_body,
    grounds text NOT NULL,           -- ids of the routine's grounds, with spaces between; empty: none
    told text NOT NULL,              -- how the person was told: email, letter, phone, code, none (cannot be reached), said, unsaid
    told_document_id id REFERENCES document,
    reason_id id,                    -- sealed: why
    reference_id id,                 -- sealed: number of the other matter
    needs_taken bool NOT NULL,       -- somebody must say that it has arrived
    needs_entry bool NOT NULL,       -- it must have a number: in our diary, or in the other matter
    taken_us time_us,                -- when the receiver said that it has arrived
    taken_by id REFERENCES app_user,
    copy_document_id id REFERENCES document,
    heard_us time_us,                -- the person wrote after it, and nobody has looked yet
    undone_us time_us,               -- taken back; NULL: it stands
    undone_by id REFERENCES app_user,
    undone_reason_id id              -- sealed
);
CREATE UNIQUE INDEX case_exit_stands ON case_exit (case_id) WHERE undone_us IS NULL AND action <> 'move';
CREATE INDEX case_exit_of_case ON case_exit (case_id, id);
CREATE INDEX case_exit_at ON case_exit (at_us);
CREATE INDEX case_exit_sole ON case_exit (at_us) WHERE sole;

-- Who was in the case's team before a restricted exit, to be put back when it is undone.
CREATE TABLE case_exit_team (
    exit_id id NOT NULL REFERENCES case_exit,
    user_id id NOT NULL REFERENCES app_user,
    part text NOT NULL,              -- as in case_team
    PRIMARY KEY (exit_id, user_id)
);
