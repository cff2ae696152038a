-- in: register
-- What comes in writing or is seen on social media: how it came, and whether it is a case at all. See arrival.h, assess.h.

ALTER TABLE cases ADD COLUMN assessment text NOT NULL DEFAULT ''; -- is it a case: needed, is_case, not_case; empty: nobody has asked
CREATE INDEX cases_assessment ON cases (next_due_us, id) WHERE assessment = 'needed';

-- How something written came to us; the words of it lie sealed in the vault. Written once, never changed.
CREATE TABLE arrival (
    case_id id NOT NULL PRIMARY KEY REFERENCES cases,
    arrived date NOT NULL,           -- the day of the arrival stamp, or when the post was published
    paper_form bool NOT NULL,        -- it came on the municipality's own paper form
    link_id id,                      -- sealed: the address of a post
    aside_id id,                     -- sealed: what else is said there and is no part of the case
    organisation_id id,              -- sealed: the authority, provider or organisation it comes from
    reference_id id                  -- sealed: that one's own reference
);
-- append-only: arrival
