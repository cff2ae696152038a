-- in: vault
-- Everything that says who a submitter is, and every word of a case. Bodies are sealed: XChaCha20-Poly1305, a key per case,
-- wrapped by the municipality's key, wrapped by the master key. Reached only through src/vault/.

-- The municipality's key, wrapped by the master key: one row.
CREATE TABLE vault_key (
    one int NOT NULL PRIMARY KEY,    -- 1
    wrapped blob NOT NULL,           -- nonce and sealed key
    master_check blob NOT NULL       -- tells the wrong master key from a damaged row
);

-- A case's key, wrapped by the municipality's. Deleting the row disposes of all the case's words.
CREATE TABLE case_key (
    case_id id NOT NULL PRIMARY KEY, -- of the register; no reference across files
    wrapped blob NOT NULL            -- nonce and sealed key
);

CREATE TABLE sealed (
    id key,
    case_id id NOT NULL,             -- a case of the register; 0: a form not sent yet
    kind text NOT NULL,              -- contact, document, file_name, draft, reason
    body blob NOT NULL               -- nonce and ciphertext
);
CREATE INDEX sealed_case ON sealed (case_id, id);

-- The one row with a case's contact details.
CREATE TABLE contact (
    case_id id NOT NULL PRIMARY KEY, -- of the register
    sealed_id id NOT NULL UNIQUE REFERENCES sealed
);

-- Who opened what, when and why. Append-only.
CREATE TABLE reading (
    id key,
    at_us time_us NOT NULL,          -- when it was opened
    user_id id,                      -- NULL: the program itself
    case_id id NOT NULL,             -- whose words
    sealed_id id,                    -- what was opened; NULL: the case's papers in general
    kind text NOT NULL,              -- of the sealed row: contact, document, ...
    purpose text NOT NULL            -- vault/purpose.def
);
CREATE INDEX reading_case ON reading (case_id, at_us);
-- append-only: reading

-- Files chosen in a form that came back with a fault: kept, so that nobody chooses them twice.
CREATE TABLE form_file (
    token_hash blob NOT NULL,        -- keyed hash of the form's token
    position int NOT NULL,           -- order of choosing
    at_us time_us NOT NULL,          -- swept a day later
    body blob NOT NULL,              -- sealed with the municipality's key: name and bytes
    PRIMARY KEY (token_hash, position)
);
CREATE INDEX form_file_at ON form_file (at_us);
