-- in: register
-- Versions of routines: what is being prepared, who published and took back, and what a version would have meant for last
-- year's cases. Routines are no secrets: their words stand here.

ALTER TABLE routine ADD COLUMN added_by id REFERENCES app_user; -- who published it; NULL: read in on the command line
ALTER TABLE routine ADD COLUMN withdrawn_us time_us; -- taken back before it began to apply; NULL: it stands

-- The next version of a routine while it is written: one at a time, shown to colleagues, gone when it is published.
CREATE TABLE routine_draft (
    code text NOT NULL PRIMARY KEY,  -- of the routine
    base_id id NOT NULL REFERENCES routine, -- the version it began from
    yaml text NOT NULL,              -- as it was written, faults and all
    saved_by id NOT NULL REFERENCES app_user,
    saved_us time_us NOT NULL,       -- when it was last saved
    version int NOT NULL             -- grows with every saving: two people at once are noticed
);

-- "With these limits 41 of 212 answers would have been late": one trying of a text against the cases of twelve months.
CREATE TABLE what_if (
    id key,
    code text NOT NULL,              -- of the routine: cases that stand under any version of it are tried
    yaml text NOT NULL,              -- the text that is tried
    parent_id id REFERENCES routine, -- what it inherits from
    asked_by id REFERENCES app_user, -- NULL: the command line
    asked_us time_us NOT NULL,       -- "now" of the whole trying; cases that came later are left out
    since_us time_us NOT NULL,       -- cases that arrived before are left out
    n_all int NOT NULL,              -- how many cases there are to try
    n_done int NOT NULL,             -- how many have been
    at_routine_id id NOT NULL,       -- where the walk stands: version, arrival, case
    at_us time_us NOT NULL,          -- arrival of the last case that was tried
    at_case_id id NOT NULL,          -- that case; 0: none yet
    done_us time_us                  -- NULL: being worked out
);
CREATE INDEX what_if_waiting ON what_if (id) WHERE done_us IS NULL;
CREATE INDEX what_if_code ON what_if (code, id);

-- Its figures, promise by promise.
CREATE TABLE what_if_promise (
    what_if_id id NOT NULL REFERENCES what_if,
    code text NOT NULL,              -- of the promise
    kept int NOT NULL,               -- as it was: kept in time
    late int NOT NULL,               -- as it was: late, or its date passed
    new_kept int NOT NULL,           -- the same with the new text
    new_late int NOT NULL,           -- the same with the new text
    turned_late int NOT NULL,        -- kept as it was, late with the new text
    PRIMARY KEY (what_if_id, code)
);
CREATE INDEX cases_routine ON cases (routine_id, received_us, id);
