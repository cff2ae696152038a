-- in: register
-- What staff take in for people: who took it in, what was asked, and what was only counted. The words stand in the vault.

ALTER TABLE cases ADD COLUMN receiver_id id REFERENCES app_user; -- who of the staff took it in; NULL: the person wrote self
ALTER TABLE cases ADD COLUMN entered_us time_us; -- when staff put it into the program; NULL: it came by itself, on arrival
CREATE INDEX cases_open_receiver ON cases (receiver_id, next_due_us, id) WHERE closed_us IS NULL;

ALTER TABLE task ADD COLUMN user_id id REFERENCES app_user; -- who promised to do it; NULL: whoever has the case

-- What was asked while a case was taken in; each routine asks for its own (intake: in its file).
CREATE TABLE taken_in (
    case_id id NOT NULL PRIMARY KEY REFERENCES cases,
    formalised text NOT NULL,        -- the person wants it handled as feedback: yes, not_asked
    asked_complaint text NOT NULL,   -- said indirectly, so asked whether it is a complaint: yes, no; empty: not asked
    informed bool NOT NULL,          -- told of the service and that one may write there oneself
    write_self text NOT NULL,        -- asked to write it down: staff (no), form, link; empty: not asked
    read_back bool NOT NULL,         -- the text was read aloud and confirmed
    on_behalf text NOT NULL,         -- self, child, relative, client, group; empty: not asked
    spoken text NOT NULL             -- the language the person speaks (BCP 47); letters follow cases.language
);

-- What was said but made no case: one line without any person, so that it is counted.
CREATE TABLE tally (
    id key,
    day date NOT NULL,               -- when it was said
    unit_id id NOT NULL REFERENCES unit,
    routine_id id NOT NULL REFERENCES routine,
    kind text NOT NULL,              -- declined (wants no case), on_spot (put right at once), writes_self
    type text NOT NULL,              -- as cases.type
    subject text,                    -- as cases.subject
    channel text NOT NULL,           -- as cases.channel
    form_token_hash blob NOT NULL UNIQUE -- one sending of the form counts once
);
CREATE INDEX tally_unit_day ON tally (unit_id, day);
