-- in: register
-- Whom to turn to: how a unit is reached, who helps its staff, how the work flows inside it; and a new password by a code.
-- Nothing here is about a case: units, staff and their routines are no secrets.

ALTER TABLE unit ADD COLUMN contact_function text NOT NULL DEFAULT ''; -- what answers there: "Reception", "Registrator"
ALTER TABLE unit ADD COLUMN phone text NOT NULL DEFAULT ''; -- the function's, not a person's
ALTER TABLE unit ADD COLUMN email text NOT NULL DEFAULT ''; -- the function's, not a person's
ALTER TABLE unit ADD COLUMN visiting_address text NOT NULL DEFAULT ''; -- where to come
ALTER TABLE unit ADD COLUMN hours text NOT NULL DEFAULT ''; -- "vardagar 8-16.30", in words
ALTER TABLE unit ADD COLUMN in_directory bool NOT NULL DEFAULT FALSE; -- the four above are shown to everybody at /kontakt
ALTER TABLE unit ADD COLUMN help_user_id id REFERENCES app_user; -- whom its staff may always ask; NULL: as the unit above

ALTER TABLE app_user ADD COLUMN mobile text NOT NULL DEFAULT ''; -- shown to staff only

-- A code with which somebody chooses a password, once. Only its hash is kept.
CREATE TABLE password_code (
    user_id id NOT NULL PRIMARY KEY REFERENCES app_user,
    code_hash blob NOT NULL,         -- BLAKE2b-256 of the code's letters
    expires_us time_us NOT NULL      -- no use after that
);

-- The unit's own routine or checklist for the flow inside it, version by version; the highest counts.
CREATE TABLE unit_checklist (
    unit_id id NOT NULL REFERENCES unit,
    version int NOT NULL,            -- 1, 2, 3 ... within the unit
    body text NOT NULL,              -- plain text with simple marks (text_blocks.h)
    owner_id id NOT NULL REFERENCES app_user, -- who answers for it
    saved_us time_us NOT NULL,       -- when this version was written
    saved_by id NOT NULL REFERENCES app_user,
    reviewed_us time_us NOT NULL,    -- when somebody last signed that it holds; writing it counts
    reviewed_by id NOT NULL REFERENCES app_user,
    PRIMARY KEY (unit_id, version)
);

-- A file beside it, such as the central manual (lathund); the top unit's holds for all.
CREATE TABLE unit_manual (
    unit_id id NOT NULL PRIMARY KEY REFERENCES unit,
    name text NOT NULL,              -- of the file
    media_type text NOT NULL,        -- by content
    size_bytes int NOT NULL,         -- of the file
    sha256 blob NOT NULL,            -- of the file
    body blob NOT NULL,              -- the file
    added_us time_us NOT NULL,       -- when it was attached
    added_by id NOT NULL REFERENCES app_user
);
