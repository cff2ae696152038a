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
