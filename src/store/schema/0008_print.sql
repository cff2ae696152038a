-- in: register
-- Posters and forms on paper: those made ready to print, and where the printed ones hang. No word of a case.

-- A PDF as it was last made, so that it is made once: another address, routine or unit name gives another hash.
CREATE TABLE printed (
    kind text NOT NULL,              -- poster, form, oral
    unit_id id NOT NULL REFERENCES unit,
    language text NOT NULL,          -- sv, en
    hash blob NOT NULL,              -- SHA-256 of the page and its style sheet
    pdf blob NOT NULL,               -- the file
    made_us time_us NOT NULL,        -- when
    PRIMARY KEY (kind, unit_id, language)
);

-- A waiting room, a reception, a case worker's rack: where something of ours hangs or lies.
CREATE TABLE poster_place (
    id key,
    unit_id id NOT NULL REFERENCES unit,
    name text NOT NULL,              -- "Väntrummet, plan 2"
    poster bool NOT NULL,            -- a poster hangs there
    form bool NOT NULL,              -- forms lie there
    since date NOT NULL,             -- first day
    keeper_id id REFERENCES app_user, -- who looks after it; NULL: whoever works at the unit
    weeks int NOT NULL,              -- it is checked at least this often
    next_check date NOT NULL,        -- last day for the next check
    ended_us time_us                 -- nothing hangs there any more; the history stays
);
CREATE INDEX poster_place_due ON poster_place (next_check, id) WHERE ended_us IS NULL;
CREATE INDEX poster_place_unit ON poster_place (unit_id, name, id) WHERE ended_us IS NULL;

-- Somebody looked: signed, with the day.
CREATE TABLE poster_check (
    id key,
    place_id id NOT NULL REFERENCES poster_place,
    by_id id NOT NULL REFERENCES app_user,
    at_us time_us NOT NULL,          -- when
    outcome text NOT NULL            -- in_order, refilled, missing
);
CREATE INDEX poster_check_place ON poster_check (place_id, id);
-- append-only: poster_check
