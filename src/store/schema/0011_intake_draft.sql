-- in: vault
-- What somebody of the staff has begun to take in and not sent yet. A draft is no document that has arrived (TF 2 kap.).

CREATE TABLE intake_draft (
    id key,
    token_hash blob NOT NULL UNIQUE, -- keyed hash of the form's token: the same form is the same draft
    user_id id NOT NULL,             -- of the register: whose it is; nobody else may open it
    saved_us time_us NOT NULL,       -- when it was last saved; swept some days later
    body blob NOT NULL               -- sealed with the municipality's key: the fields and their words
);
CREATE INDEX intake_draft_user ON intake_draft (user_id, saved_us, id);
CREATE INDEX intake_draft_saved ON intake_draft (saved_us);
