-- in: register
-- The diary: what waits for it, when it was closed, the register row of each paper (OSL 5:2), a diary kept elsewhere, and
-- the keys that other systems show.

ALTER TABLE unit ADD COLUMN diary text NOT NULL DEFAULT ''; -- own, external; empty: as the unit above (at the top: own)
ALTER TABLE unit ADD COLUMN diary_pattern text NOT NULL DEFAULT ''; -- how numbers of the external diary look: # a digit, #* digits, @ a letter

ALTER TABLE cases ADD COLUMN diary_wait text NOT NULL DEFAULT ''; -- what the diary waits for: register, file, reply, close, open; empty: nothing
ALTER TABLE cases ADD COLUMN diary_wait_us time_us NOT NULL DEFAULT 9223372036854775807; -- since when; the end of time: it waits for nothing
ALTER TABLE cases ADD COLUMN diary_by text NOT NULL DEFAULT ''; -- the role that does it, from the routine
ALTER TABLE cases ADD COLUMN diary_for text NOT NULL DEFAULT ''; -- the role that sees to it, from the routine; often the same
ALTER TABLE cases ADD COLUMN diary_closed_us time_us; -- when the registrar closed it in the diary; NULL: open there. Says nothing of status
ALTER TABLE cases ADD COLUMN diary_closed_by id REFERENCES app_user;
CREATE INDEX cases_diary_wait ON cases (diary_wait, diary_wait_us, id) WHERE diary_wait <> '';
-- How late things are registered.
CREATE INDEX cases_registered ON cases (registered_us, id) WHERE registered_us IS NOT NULL;
-- Who holds a role in a unit.
CREATE INDEX user_role_held ON user_role (role, unit_id);
-- The arrival is the arrival, whoever asks: no statement of the program may touch it.
-- fixed: cases received_us
-- append-only: document
-- The diary of a span of days.
CREATE INDEX document_at ON document (at_us, id);

-- What the register says of a paper beside its date and number (OSL 5:2). A paper without a row has only what follows from its kind.
CREATE TABLE document_entry (
    document_id id NOT NULL PRIMARY KEY REFERENCES document,
    party text NOT NULL,             -- who sent or gets it, as a word: individual, relative, staff, unit, authority, organisation, company, other; empty: not said
    party_name_id id,                -- the vault's row with the name; NULL: none
    brief text NOT NULL,             -- briefly what it concerns, written by staff, without personal data; empty: not said
    event_number text NOT NULL,      -- the diary's own number of the event (händelseid); empty: none
    hide_party bool NOT NULL,        -- left out of the public diary
    hide_brief bool NOT NULL,        -- left out of the public diary
    changed_us time_us NOT NULL,     -- when it was last written
    changed_by id REFERENCES app_user
);

-- A program that may use the interface. Only a hash of the 256 random bits it shows is kept.
CREATE TABLE api_key (
    id key,
    name text NOT NULL,              -- which program, for people: "Public 360, Ekhamn"
    scope text NOT NULL,             -- diary
    unit_id id NOT NULL REFERENCES unit,
    key_hash blob NOT NULL UNIQUE,   -- of the key
    made_us time_us NOT NULL,        -- when it was made
    revoked_us time_us               -- when it was taken back; NULL: it works
);
