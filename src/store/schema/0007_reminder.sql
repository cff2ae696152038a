-- in: register
-- Telling those who work there: mails to staff, reminders, escalation, and what the watchdog remembers. Only codes, numbers and
-- times: no word of a case stands here, and none goes into these mails.

-- A mail to somebody who works there. Sent by a job that leases rows, like the outbox.
CREATE TABLE staff_notice (
    id key,
    user_id id NOT NULL REFERENCES app_user,
    kind text NOT NULL,              -- flow/people/notices.def
    case_id id REFERENCES cases,     -- NULL: about several things
    n int NOT NULL,                  -- how many things it tells of
    status text NOT NULL,            -- listed (the person has no address: seen in the list only), queued, leased, sent, failed, passed (nothing to tell any more)
    created_us time_us NOT NULL,     -- when it was made
    due_us time_us NOT NULL,         -- not before
    attempts int NOT NULL,           -- tries so far
    lease_us time_us,                -- the job's until then
    sent_us time_us,                 -- when the mail server took it
    last_error text                  -- the mail server's status code and our code, never an address
);
CREATE INDEX staff_notice_due ON staff_notice (due_us, id) WHERE status IN ('queued', 'leased');
CREATE INDEX staff_notice_user ON staff_notice (user_id, created_us);

-- Who was reminded of which promise, at which stage: each once. A reminder never changes a date.
CREATE TABLE reminder (
    case_id id NOT NULL REFERENCES cases,
    code text NOT NULL,              -- of the promise
    due_us time_us NOT NULL,         -- its date then: another date is another matter
    stage int NOT NULL,              -- working days after the date; negative: before it
    user_id id NOT NULL REFERENCES app_user,
    part text NOT NULL,              -- responsible, deputy, above
    at_us time_us NOT NULL,          -- when
    waits bool NOT NULL,             -- for the person's next digest
    notice_id id REFERENCES staff_notice, -- the digest it went with
    PRIMARY KEY (case_id, code, due_us, stage, user_id)
);
CREATE INDEX reminder_waiting ON reminder (user_id) WHERE waits;
CREATE INDEX reminder_notice ON reminder (notice_id) WHERE notice_id IS NOT NULL;
-- What is due, kept or not yet: the morning's work costs as much as that.
CREATE INDEX promise_due ON promise (due_us, case_id, code) WHERE state IN ('running', 'missed');

-- The working days whose reminders are out.
CREATE TABLE remind_day (
    day date NOT NULL PRIMARY KEY,   -- which
    done_us time_us NOT NULL         -- when they were
);

-- What a person chose for him- or herself; no row: the usual.
CREATE TABLE staff_setting (
    user_id id NOT NULL PRIMARY KEY REFERENCES app_user,
    early_mail bool NOT NULL         -- a mail before a date and on it; after it there always is one
);

-- For lists: how often those who answer for the next date were reminded of it, and who above them knows.
ALTER TABLE cases ADD COLUMN reminded int NOT NULL DEFAULT 0; -- times, of the date in reminded_due_us
ALTER TABLE cases ADD COLUMN reminded_due_us time_us; -- NULL: never; another than next_due_us: of an earlier date
ALTER TABLE cases ADD COLUMN escalated_id id REFERENCES app_user; -- the level above that was told of it; NULL: nobody
-- What came in and is not in the diary yet.
CREATE INDEX cases_unregistered ON cases (received_us, id) WHERE registered_us IS NULL AND closed_us IS NULL;

-- ---- The watchdog ----

CREATE INDEX cases_unowned ON cases (received_us, id) WHERE owner_id IS NULL AND closed_us IS NULL;
CREATE INDEX outbox_stuck ON outbox (created_us, id) WHERE status IN ('queued', 'leased', 'failed');
CREATE INDEX task_open ON task (created_us, id) WHERE done_us IS NULL;
CREATE INDEX staff_notice_stuck ON staff_notice (created_us, id) WHERE status IN ('queued', 'leased', 'failed');

-- Jobs tell when they ran, and that they fail: a job that does not run at all is seen from outside it.
ALTER TABLE job_run ADD COLUMN failures int NOT NULL DEFAULT 0; -- times in a row
ALTER TABLE job_run ADD COLUMN late_us time_us; -- when it should have run again at the latest; NULL: it has not run since this is kept

-- What stands still, as told to people: once when it is found, then each working day.
CREATE TABLE watch_told (
    kind text NOT NULL,              -- flow/watch/watch.def
    ref int NOT NULL,                -- row number of what stands still
    day date NOT NULL,               -- when it was last told
    seen_us time_us NOT NULL,        -- when it was last found: rows of what moves again are swept
    PRIMARY KEY (kind, ref)
);

-- What the watchdog found last, for /metrics: cheap to read, and as old as the watchdog is.
CREATE TABLE watch_state (
    kind text NOT NULL PRIMARY KEY,  -- flow/watch/watch.def
    n int NOT NULL,                  -- how many, counted to 200
    oldest_us time_us,               -- since when the oldest stands still; NULL: none
    at_us time_us NOT NULL           -- when it looked
);
