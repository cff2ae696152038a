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
