-- in: register
-- Who is away and who stands in; a case handed over and whether the other one took it.

-- A time away. While it lasts the deputy sees and may do what the person may.
CREATE TABLE absence (
    id key,
    user_id id NOT NULL REFERENCES app_user,
    first_day date NOT NULL,         -- first day away
    last_day date,                   -- last day away; NULL: until further notice
    deputy_id id REFERENCES app_user, -- NULL: the standing deputy, else the level above
    set_by id NOT NULL REFERENCES app_user,
    set_us time_us NOT NULL,         -- when it was entered
    ended_us time_us                 -- taken away before its time; NULL: it holds
);
CREATE INDEX absence_of_user ON absence (user_id, first_day) WHERE ended_us IS NULL;

-- Who stands in for a person whenever no other deputy is named: holders of a role have one.
CREATE TABLE standing_deputy (
    user_id id NOT NULL PRIMARY KEY REFERENCES app_user,
    deputy_id id NOT NULL REFERENCES app_user,
    set_by id NOT NULL REFERENCES app_user,
    set_us time_us NOT NULL          -- when it was entered
);

-- Who stands in for whom today: worked out from the two above whenever they or the day change.
CREATE TABLE stand_in (
    deputy_id id NOT NULL REFERENCES app_user,
    user_id id NOT NULL REFERENCES app_user,
    PRIMARY KEY (deputy_id, user_id)
);

-- A case handed over: the other one is asked; who was responsible stays so until the answer is yes. Also a move to another unit
-- by sorting (answer "moved"), so that all the ways of a case are counted in one place.
CREATE TABLE handover (
    id key,
    case_id id NOT NULL REFERENCES cases,
    position int NOT NULL,           -- 1, 2, 3 within the case
    by_id id REFERENCES app_user,    -- who handed it over; NULL: the program
    from_id id REFERENCES app_user,  -- who was responsible then; NULL: holders of a role
    from_unit_id id NOT NULL REFERENCES unit,
    to_id id REFERENCES app_user,    -- who was asked; NULL: moved to a unit, nobody was asked
    to_unit_id id NOT NULL REFERENCES unit,
    part_before text,                -- the asked one's part in the case before; NULL: none
    asked_us time_us NOT NULL,       -- when the question was put
    due_us time_us,                  -- an answer is expected until then; NULL: the routine sets no time
    chased_us time_us,               -- when both and the level above were reminded; NULL: not
    answered_us time_us,             -- NULL: waits for an answer
    answer text,                     -- accepted, declined, taken_back, sent_on, moved; NULL: waits for an answer
    answered_by id REFERENCES app_user,
    reason_id id,                    -- sealed: why the answer was no
    crosses bool NOT NULL,           -- to another board: secrecy stands between them (OSL 8:1)
    ground text,                     -- legal_ground; NULL: none given, then the other one sees the title only
    willing_us time_us,              -- across boards, from the title alone: "it belongs to us"
    notice text NOT NULL,            -- the person and who takes over: none (nobody to tell), told, owed (not told yet)
    silence_id id,                   -- sealed: why the person was not told at once
    told_us time_us,                 -- when the person was told
    UNIQUE (case_id, position)
);
CREATE UNIQUE INDEX handover_open ON handover (case_id) WHERE answer IS NULL;
CREATE INDEX handover_asked ON handover (to_id, asked_us) WHERE answer IS NULL;
CREATE INDEX handover_by ON handover (by_id, asked_us) WHERE answer IS NULL;
CREATE INDEX handover_due ON handover (due_us, id) WHERE answer IS NULL;

-- What a promise was before the case came under another routine: a date that was kept or missed stays so.
CREATE TABLE promise_before (
    case_id id NOT NULL REFERENCES cases,
    code text NOT NULL,              -- of the promise
    routine_id id NOT NULL REFERENCES routine,
    due_us time_us,                  -- its date under that routine; NULL: no limit
    met_us time_us,                  -- when it was kept; NULL: the date had passed
    PRIMARY KEY (case_id, code)
);

-- On what ground one board may tell another what is in a case. Kept by the administrator; the words are the municipality's own.
CREATE TABLE legal_ground (
    code text NOT NULL PRIMARY KEY,  -- stable, a-z 0-9 _
    provision text NOT NULL,         -- "OSL 10 kap. 1 §"
    words text NOT NULL,             -- what it means, in plain words
    position int NOT NULL,           -- order in the list
    active bool NOT NULL             -- may be chosen
);
INSERT INTO legal_ground (code, provision, words, position, active) VALUES
    ('not_secret', 'OSL 8 kap. 1 §', 'Uppgifterna i ärendet är inte hemliga', 1, TRUE),
    ('consent', 'OSL 10 kap. 1 §', 'Personen säger ja till att den andra nämnden får läsa', 2, TRUE),
    ('own_work', 'OSL 10 kap. 2 §', 'Vi kan inte göra vårt eget arbete annars', 3, TRUE),
    ('supervision', 'OSL 10 kap. 17 §', 'Den andra nämnden har tillsyn över oss eller granskar oss', 4, TRUE),
    ('general_clause', 'OSL 10 kap. 27 §', 'Nyttan är uppenbart större än skyddet (gäller sällan i vård och omsorg: fråga en jurist)', 5, TRUE),
    ('duty', 'OSL 10 kap. 28 §', 'En lag eller förordning säger att uppgifterna ska lämnas', 6, TRUE);
