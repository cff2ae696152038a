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
