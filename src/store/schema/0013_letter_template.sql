-- in: register
-- The municipality's own words for its letters, and the phrases its people choose from while they write. Nothing of a case.

-- One version of a letter's text. The newest version of routine, kind and language is the one in force.
CREATE TABLE letter_template (
    id key,
    routine text NOT NULL,           -- code of the routine it is for; '': all
    kind text NOT NULL,              -- letter_kinds.def
    language text NOT NULL,          -- "sv", "en"
    version int NOT NULL,            -- 1, 2, 3 within routine, kind and language
    subject text NOT NULL,           -- with {{placeholders}}
    body text NOT NULL,              -- with {{placeholders}}
    withdrawn bool NOT NULL,         -- no text of one's own from here on: the routine's or the program's holds again
    saved_us time_us NOT NULL,       -- when it was saved
    saved_by id NOT NULL REFERENCES app_user,
    UNIQUE (routine, kind, language, version)
);
-- append-only: letter_template

-- Words that are chosen while a reply is written. A phrase is changed and taken away; what was sent with it stays.
CREATE TABLE phrase (
    id key,
    name text NOT NULL,              -- "Tacka för beröm": what one chooses by
    body text NOT NULL,              -- with {{placeholders}}
    unit_id id REFERENCES unit,      -- for this unit and those below; NULL: for all
    routine text NOT NULL,           -- code of the routine it is for; '': all
    type text NOT NULL,              -- for cases of this type (words.def TYPES); '': all
    active bool NOT NULL,            -- false: no longer offered
    saved_us time_us NOT NULL,       -- when it was saved
    saved_by id NOT NULL REFERENCES app_user
);
CREATE INDEX phrase_name ON phrase (name, id);

-- Earlier versions of a draft reply: working material, gone when the reply is sent.
CREATE TABLE draft_before (
    case_id id NOT NULL REFERENCES cases,
    version int NOT NULL,            -- what draft.version was
    sealed_id id NOT NULL,           -- the vault's row with the text
    user_id id NOT NULL REFERENCES app_user,
    saved_us time_us NOT NULL,       -- when it was saved
    PRIMARY KEY (case_id, version)
);

-- What the person asked for, line by line, as staff read it; ticked when the reply answers it.
CREATE TABLE asked (
    id key,
    case_id id NOT NULL REFERENCES cases,
    sealed_id id NOT NULL,           -- the vault's row with the words
    by_id id NOT NULL REFERENCES app_user,
    added_us time_us NOT NULL,       -- when it was put on the list
    answered_us time_us,             -- when it was ticked; NULL: not answered yet
    answered_by id REFERENCES app_user
);
CREATE INDEX asked_case ON asked (case_id, id);

ALTER TABLE cases ADD COLUMN apology text NOT NULL DEFAULT ''; -- given: the reply says that we are sorry for our fault; '': not said
ALTER TABLE cases ADD COLUMN corrected_on date; -- day on which what was wrong was put right; NULL: not said
