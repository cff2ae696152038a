-- in: register
-- What Gåva knows about cases, without a single word of theirs: those are in the vault (0002_vault.sql).
-- Type words: key = own row number, id = another's; time_us = microseconds UTC; date = days since 1970-01-01.

-- The municipality itself: exactly one row.
CREATE TABLE municipality (
    slug text NOT NULL,              -- in addresses and file names: a-z 0-9 -
    name text NOT NULL,              -- "Ekhamns kommun"
    phone text NOT NULL,             -- the contact centre's, shown to the public; may be empty
    address text NOT NULL,           -- where to come or write; may be empty
    theme text NOT NULL,             -- name of the colour theme among the assets
    changed int NOT NULL             -- grows with every change of units, people or routines: caches are read again
);

CREATE TABLE unit (
    id key,
    code text NOT NULL UNIQUE,       -- stable, a-z 0-9 -: used in form addresses and exports
    name text NOT NULL,              -- as people read it
    parent_id id REFERENCES unit,    -- board > administration > operation > unit
    level text NOT NULL,             -- board, administration, operation, unit
    secrecy_provision text,          -- "26 kap. 1 § OSL": cases start out marked secret; NULL: they do not
    public bool NOT NULL,            -- may be chosen in the public form
    intake bool NOT NULL,            -- takes what has no unit yet ("Vet inte – hjälp mig"); exactly one
    position int NOT NULL            -- order in lists
);

-- Every unit with itself and each unit above it, so that "my unit and below" is one look-up.
CREATE TABLE unit_above (
    unit_id id NOT NULL REFERENCES unit,
    above_id id NOT NULL REFERENCES unit,
    PRIMARY KEY (unit_id, above_id)
);

-- One version of a routine: never changed once a case stands under it.
CREATE TABLE routine (
    id key,
    code text NOT NULL,              -- the file's id: "nordanstig"
    version int NOT NULL,            -- 1, 2, 3 ... within the code
    title text NOT NULL,             -- as people read it
    valid_from date NOT NULL,        -- first day
    valid_until date,                -- last day; NULL: until further notice
    parent_id id REFERENCES routine, -- the municipality's default it builds on
    yaml text NOT NULL,              -- the file, byte for byte
    sha256 blob NOT NULL,            -- of the file
    added_us time_us NOT NULL,       -- when it was read in
    UNIQUE (code, version)
);

-- Which routine a unit follows from a day on; the newest start before the arrival counts.
CREATE TABLE unit_routine (
    unit_id id NOT NULL REFERENCES unit,
    from_date date NOT NULL,         -- first day
    routine_id id NOT NULL REFERENCES routine,
    PRIMARY KEY (unit_id, from_date)
);

-- Days when a unit (or all: unit_id NULL) is closed or closes early, beside the law's days.
CREATE TABLE local_day (
    id key,
    unit_id id REFERENCES unit,
    day date NOT NULL,               -- which day
    name text NOT NULL,              -- "Kanslidag"; shown in the explanation of a date
    open_part text NOT NULL          -- closed, half
);

CREATE TABLE app_user (
    id key,
    login text NOT NULL UNIQUE,      -- folded to lower case
    name text NOT NULL,              -- first and last name
    title text NOT NULL,             -- "enhetschef"
    email text NOT NULL,             -- where reminders go; may be empty
    phone text NOT NULL,             -- shown to submitters when the routine asks for it; may be empty
    password_hash text,              -- argon2id; NULL: cannot log in with a password
    language text NOT NULL,          -- sv, en
    active bool NOT NULL,            -- false: has left; cannot log in
    failures int NOT NULL,           -- wrong passwords in a row
    blocked_until_us time_us         -- no attempt is looked at before
);

-- A person holds a role in a unit and every unit below it.
CREATE TABLE user_role (
    user_id id NOT NULL REFERENCES app_user,
    role text NOT NULL,              -- rights.def
    unit_id id NOT NULL REFERENCES unit,
    PRIMARY KEY (user_id, role, unit_id)
);

-- Whose cases a person may see by role: worked out from user_role and unit_above when those change.
CREATE TABLE unit_reader (
    user_id id NOT NULL REFERENCES app_user,
    unit_id id NOT NULL REFERENCES unit,
    PRIMARY KEY (user_id, unit_id)
);

-- What a browser's cookie stands for. Only a keyed hash of the token is kept.
CREATE TABLE session (
    id key,
    token_hash blob NOT NULL UNIQUE, -- keyed hash of the cookie's token
    kind text NOT NULL,              -- staff, follow (a submitter reading one case), receipt (number and code, once)
    user_id id REFERENCES app_user,
    case_id id,                      -- the one case of a follow or receipt session
    csrf blob NOT NULL,              -- 32 random bytes, sent in the session's forms
    created_us time_us NOT NULL,     -- when it began
    seen_us time_us NOT NULL,        -- when it was last used
    expires_us time_us NOT NULL      -- when it ends, used or not
);
CREATE INDEX session_expires ON session (expires_us);
CREATE INDEX session_of_user ON session (user_id);

-- The last number given out in a series, so that there are no gaps: cases per year, diary numbers per unit series and year.
CREATE TABLE series (
    code text NOT NULL,              -- "case", or a unit's diary series
    year int NOT NULL,               -- the calendar year, Europe/Stockholm
    last int NOT NULL,               -- 0: none yet
    PRIMARY KEY (code, year)
);

CREATE TABLE cases (
    id key,
    number text NOT NULL UNIQUE,     -- "2026-0413"
    unit_id id NOT NULL REFERENCES unit,
    routine_id id NOT NULL REFERENCES routine,
    type text NOT NULL,              -- complaint, opinion, suggestion, praise, question, objection, other; unknown until chosen
    subject text,                    -- code list of subjects
    title text,                      -- briefly what it concerns, written by staff, without personal data (OSL 5:2)
    status text NOT NULL,            -- flow.def
    channel text NOT NULL,           -- web, phone, visit, letter, email, sms, social_media, api
    language text NOT NULL,          -- of the submitter's pages and letters: sv, en
    submitter_role text NOT NULL,    -- glossary; unknown
    contact_known bool NOT NULL,     -- some way to reach the person is in the vault
    reply_preference text NOT NULL,  -- email, phone, letter, code, none
    secret bool NOT NULL,            -- marked: a warning, not a decision (OSL 5:5)
    secrecy_provision text,          -- the rule the mark refers to
    secret_since_us time_us,         -- when it was marked
    secret_by id REFERENCES app_user,
    restricted bool NOT NULL,        -- only the case team sees it
    received_us time_us NOT NULL,    -- arrival: never changed
    registered_us time_us,           -- entry in the diary; NULL: not registered
    diary_number text UNIQUE,        -- "SN 2026/0413"; NULL: not registered
    owner_id id REFERENCES app_user, -- the responsible manager
    accepted_us time_us,             -- when the owner took it on
    next_promise text,               -- the unmet promise with the earliest date, for lists
    next_due_us time_us NOT NULL,    -- the end of time (largest number) when nothing is due, so that lists sort alike everywhere
    outcome text,                    -- code list
    measure_kind text,               -- done, later, none
    closed_us time_us,               -- NULL: open
    reopened int NOT NULL,           -- how many times
    version int NOT NULL,            -- grows with every change: two people at once are noticed
    form_token_hash blob NOT NULL UNIQUE, -- one sending of the form makes one case; the code is worked out from it
    code_hash blob NOT NULL          -- keyed hash of the submitter's 16 digits
);
-- Work-lists: what is open, by the next date. Closed cases: newest first.
CREATE INDEX cases_open_due ON cases (next_due_us, id) WHERE closed_us IS NULL;
CREATE INDEX cases_open_unit ON cases (unit_id, next_due_us, id) WHERE closed_us IS NULL;
CREATE INDEX cases_open_owner ON cases (owner_id, next_due_us, id) WHERE closed_us IS NULL;
CREATE INDEX cases_closed ON cases (closed_us, id) WHERE closed_us IS NOT NULL;
CREATE INDEX cases_unit_closed ON cases (unit_id, closed_us, id) WHERE closed_us IS NOT NULL;

-- People who take part in a case beside those who see it by role.
CREATE TABLE case_team (
    case_id id NOT NULL REFERENCES cases,
    user_id id NOT NULL REFERENCES app_user,
    part text NOT NULL,              -- owner, participant
    PRIMARY KEY (case_id, user_id)
);
CREATE INDEX case_team_user ON case_team (user_id, case_id);

-- When each thing that promises count from or are met by first happened. A failed delivery takes its fact away again.
CREATE TABLE fact (
    case_id id NOT NULL REFERENCES cases,
    code text NOT NULL,              -- routine/events.def
    at_us time_us NOT NULL,          -- the first time
    PRIMARY KEY (case_id, code)
);

-- The routine's promises for one case, as the engine last computed them.
CREATE TABLE promise (
    case_id id NOT NULL REFERENCES cases,
    position int NOT NULL,           -- order in the routine
    code text NOT NULL,              -- the routine's code for it
    who text NOT NULL,               -- role
    kind text NOT NULL,              -- hard, target
    state text NOT NULL,             -- not_started, running, met, met_late, missed, waived
    due_us time_us,                  -- end of the last day; NULL: no limit, or not started
    met_us time_us,                  -- when it was kept
    PRIMARY KEY (case_id, code)
);
-- What became late unseen, for the reminder job.
CREATE INDEX promise_running ON promise (due_us, case_id) WHERE state = 'running';

-- A promise somebody let go, with a reason (the words are in the vault).
CREATE TABLE waiver (
    case_id id NOT NULL REFERENCES cases,
    code text NOT NULL,              -- of the promise or gate
    at_us time_us NOT NULL,          -- when it was let go
    user_id id NOT NULL REFERENCES app_user,
    reason_id id NOT NULL,           -- sealed
    PRIMARY KEY (case_id, code)
);

-- Every paper of a case, numbered in its dossier. The words lie sealed in the vault.
CREATE TABLE document (
    id key,
    case_id id NOT NULL REFERENCES cases,
    number int NOT NULL,             -- 1, 2, 3 in the dossier
    kind text NOT NULL,              -- submission, attachment, message_in, message_out, note, call, acknowledgement, reply, waiver_reason
    direction text NOT NULL,         -- in, out, internal
    at_us time_us NOT NULL,          -- when it came, went or was written
    user_id id REFERENCES app_user,  -- who of the staff wrote it
    parent_id id REFERENCES document, -- an attachment's letter
    media_type text NOT NULL,        -- by content, not by name
    size_bytes int NOT NULL,         -- of the plain bytes
    sha256 blob NOT NULL,            -- of the plain bytes
    sealed_id id NOT NULL,           -- the vault's row with the bytes
    name_id id,                      -- the vault's row with the file name, which may name people
    form_token_hash blob UNIQUE,     -- one sending of a form makes one message
    UNIQUE (case_id, number)
);

-- The answer being written: working material, not a document until it is sent.
CREATE TABLE draft (
    case_id id NOT NULL PRIMARY KEY REFERENCES cases,
    sealed_id id NOT NULL,           -- the vault's row with the text
    user_id id NOT NULL REFERENCES app_user,
    saved_us time_us NOT NULL,       -- when it was last saved
    version int NOT NULL             -- grows with every saving: two people at once are noticed
);

-- The journal: append-only, each row bound to the one before by its hash.
CREATE TABLE event (
    id key,
    case_id id REFERENCES cases,     -- NULL: about the municipality (people, routines)
    at_us time_us NOT NULL,          -- when it happened
    user_id id REFERENCES app_user,  -- NULL: the submitter or the program itself
    kind text NOT NULL,              -- flow.def
    data text NOT NULL,              -- JSON of codes and numbers, never a name of a submitter
    document_id id REFERENCES document,
    document_sha256 blob,            -- of the document's plain bytes
    previous blob NOT NULL,          -- hash of the row before
    hash blob NOT NULL               -- BLAKE2b-256 over this row, previous included (store/journal.h)
);
CREATE INDEX event_case ON event (case_id, id);
-- append-only: event

-- The journal's end: one row, changed with every event.
CREATE TABLE journal_head (
    one int NOT NULL PRIMARY KEY,    -- 1
    event_id id NOT NULL,            -- the last row's number
    n_events int NOT NULL,           -- how many rows there are
    hash blob NOT NULL               -- the last row's hash
);

-- What shall leave the house. Sent by a job that leases rows, so that a stopped mail server loses nothing.
CREATE TABLE outbox (
    id key,
    case_id id REFERENCES cases,
    kind text NOT NULL,              -- acknowledgement, reply, news
    document_id id REFERENCES document,
    status text NOT NULL,            -- queued, leased, sent, failed, given_up
    created_us time_us NOT NULL,     -- when it was queued
    due_us time_us NOT NULL,         -- not before
    attempts int NOT NULL,           -- tries so far
    lease_us time_us,                -- the job's until then
    sent_us time_us,                 -- when the mail server took it
    last_error text                  -- the mail server's status code and our code, never an address
);
CREATE INDEX outbox_due ON outbox (due_us, id) WHERE status IN ('queued', 'leased');
CREATE INDEX outbox_case ON outbox (case_id, id);

-- What a person must do by hand: post a letter, make a call.
CREATE TABLE task (
    id key,
    case_id id NOT NULL REFERENCES cases,
    kind text NOT NULL,              -- letter, call
    purpose text NOT NULL,           -- acknowledgement, reply
    document_id id REFERENCES document,
    created_us time_us NOT NULL,     -- when it was set
    due_us time_us,                  -- when it should be done
    done_us time_us,                 -- NULL: not done
    done_by id REFERENCES app_user
);
CREATE INDEX task_case ON task (case_id, id);

-- Search by word without storing the words: each is a keyed hash of its stem. Newest cases first.
CREATE TABLE search_term (
    term int NOT NULL,               -- first 8 bytes of the keyed hash of a stem
    case_id id NOT NULL REFERENCES cases,
    PRIMARY KEY (term, case_id)
);
-- Cases whose words are not in search_term yet.
CREATE TABLE search_pending (
    case_id id NOT NULL PRIMARY KEY REFERENCES cases
);

-- Jobs that run by the clock, leased so that several hosts may share one store.
CREATE TABLE job_run (
    code text NOT NULL PRIMARY KEY,  -- jobs.def
    last_us time_us,                 -- when it last ended well
    lease_us time_us                 -- somebody runs it until then; NULL: nobody
);

-- Attempts counted against somebody who tries too often, shared by all workers. Rows past their time are swept.
CREATE TABLE rate_limit (
    bucket blob NOT NULL PRIMARY KEY, -- keyed hash of what is limited and whom: never an address in clear
    n int NOT NULL,                  -- attempts since the window began
    until_us time_us NOT NULL        -- end of the window
);
CREATE INDEX rate_limit_until ON rate_limit (until_us);
