-- What must always be so. Each statement finds rows that break a rule and must find none: after every test, nightly, and when
-- `gava verify` is run. Each gives the row's number and, where it helps, a code or number to find it by; never a word of a case.
-- Source: style.md rule 44.

-- name: invariant_one_municipality() :many(20) (row int, what text)
-- There is exactly one municipality.
SELECT COUNT(*) AS row, 'municipalities' AS what FROM municipality HAVING COUNT(*) <> 1 LIMIT 20;

-- name: invariant_one_intake_unit() :many(20) (row int, what text)
-- At most one unit takes what has no unit yet.
SELECT COUNT(*) AS row, 'units for intake' AS what FROM unit WHERE intake HAVING COUNT(*) > 1 LIMIT 20;

-- name: invariant_units_above() :many(20) (row int, what text)
-- Every unit is above itself, and what is above its parent is above it.
SELECT u.id, u.code FROM unit u
WHERE NOT EXISTS (SELECT 1 FROM unit_above a WHERE a.unit_id = u.id AND a.above_id = u.id)
   OR EXISTS (SELECT 1 FROM unit_above p WHERE p.unit_id = u.parent_id
              AND NOT EXISTS (SELECT 1 FROM unit_above a WHERE a.unit_id = u.id AND a.above_id = p.above_id))
ORDER BY u.id LIMIT 20;

-- name: invariant_numbers_without_gaps() :many(20) (row int, what text)
-- Each year's case numbers are as many as the series has given out.
SELECT s.last, 'case numbers of ' || CAST(s.year AS text) FROM series s
WHERE s.code = 'case'
  AND s.last <> (SELECT COUNT(*) FROM cases c WHERE SUBSTR(c.number, 1, 5) = CAST(s.year AS text) || '-')
ORDER BY s.year LIMIT 20;

-- name: invariant_number_in_series() :many(20) (row int, what text)
-- No case number is of a year without a series.
SELECT c.id, c.number FROM cases c
WHERE NOT EXISTS (SELECT 1 FROM series s WHERE s.code = 'case' AND SUBSTR(c.number, 1, 5) = CAST(s.year AS text) || '-')
ORDER BY c.id LIMIT 20;

-- name: invariant_closed() :many(20) (row int, what text)
-- A case has a time of closing exactly when its status says that it is closed.
SELECT c.id, c.number FROM cases c
WHERE (c.closed_us IS NULL AND c.status IN ('closed', 'archived'))
   OR (c.closed_us IS NOT NULL AND c.status NOT IN ('closed', 'archived', 'not_a_case'))
ORDER BY c.id LIMIT 20;

-- name: invariant_registered() :many(20) (row int, what text)
-- A diary number and the time of registration come together, not before the case itself.
SELECT c.id, c.number FROM cases c
WHERE (c.diary_number IS NULL AND c.registered_us IS NOT NULL) OR (c.diary_number IS NOT NULL AND c.registered_us IS NULL)
   OR c.registered_us < c.received_us
ORDER BY c.id LIMIT 20;

-- name: invariant_accepted() :many(20) (row int, what text)
-- Only somebody who owns a case can have taken it on.
SELECT c.id, c.number FROM cases c WHERE c.accepted_us IS NOT NULL AND c.owner_id IS NULL ORDER BY c.id LIMIT 20;

-- name: invariant_next_promise() :many(20) (row int, what text)
-- The promise a list shows is one of the case's promises, with the same date.
SELECT c.id, c.number FROM cases c
WHERE c.next_promise IS NOT NULL AND c.closed_us IS NULL
  AND NOT EXISTS (SELECT 1 FROM promise p WHERE p.case_id = c.id AND p.code = c.next_promise AND COALESCE(p.new_due_us, p.due_us) = c.next_due_us)
ORDER BY c.id LIMIT 20;

-- name: invariant_promise_met() :many(20) (row int, what text)
-- A promise has a time when it was met exactly when its state says so.
SELECT p.case_id, p.code FROM promise p
WHERE (p.met_us IS NULL AND p.state IN ('met', 'met_late')) OR (p.met_us IS NOT NULL AND p.state NOT IN ('met', 'met_late'))
ORDER BY p.case_id LIMIT 20;

-- name: invariant_case_in_journal() :many(20) (row int, what text)
-- The journal tells of every case.
SELECT c.id, c.number FROM cases c WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.case_id = c.id) ORDER BY c.id LIMIT 20;

-- name: invariant_documents_numbered() :many(20) (row int, what text)
-- The papers of a dossier are numbered 1, 2, 3 without gaps; every case has its first.
SELECT c.id, c.number FROM cases c
WHERE (SELECT COUNT(*) FROM document d WHERE d.case_id = c.id) <>
      (SELECT COALESCE(MAX(d.number), -1) FROM document d WHERE d.case_id = c.id)
ORDER BY c.id LIMIT 20;

-- name: invariant_outbox() :many(20) (row int, what text)
-- What was sent has the time it was sent, and only that.
SELECT o.id, o.status FROM outbox o
WHERE (o.sent_us IS NULL AND o.status = 'sent') OR (o.sent_us IS NOT NULL AND o.status <> 'sent')
   OR o.status NOT IN ('queued', 'leased', 'sent', 'failed', 'given_up')
ORDER BY o.id LIMIT 20;

-- name: invariant_task() :many(20) (row int, what text)
-- What was done was done by somebody.
SELECT t.id, t.kind FROM task t
WHERE (t.done_us IS NULL AND t.done_by IS NOT NULL) OR (t.done_us IS NOT NULL AND t.done_by IS NULL)
ORDER BY t.id LIMIT 20;

-- name: invariant_secret() :many(20) (row int, what text)
-- A mark of secrecy says since when.
SELECT c.id, c.number FROM cases c WHERE c.secret AND c.secret_since_us IS NULL ORDER BY c.id LIMIT 20;

-- name: invariant_case_key() :many(20) (row int, what text)
-- Every case has its key in the vault.
SELECT c.id, c.number FROM cases c WHERE NOT EXISTS (SELECT 1 FROM case_key k WHERE k.case_id = c.id) ORDER BY c.id LIMIT 20;

-- name: invariant_document_body() :many(20) (row int, what text)
-- Every paper's bytes lie in the vault, under the same case.
SELECT d.id, d.kind FROM document d
WHERE NOT EXISTS (SELECT 1 FROM sealed s WHERE s.id = d.sealed_id AND s.case_id = d.case_id)
ORDER BY d.id LIMIT 20;

-- name: invariant_contact() :many(20) (row int, what text)
-- Who is said to be reachable has contact details in the vault.
SELECT c.id, c.number FROM cases c
WHERE c.contact_known AND NOT EXISTS (SELECT 1 FROM contact k WHERE k.case_id = c.id) ORDER BY c.id LIMIT 20;

-- name: invariant_arrival() :many(20) (row int, what text)
-- The arrival is the one that the journal tells of.
SELECT c.id, c.number FROM cases c JOIN event e ON e.case_id = c.id AND e.kind = 'receive'
WHERE e.data LIKE '%"received_us":%' AND e.data NOT LIKE '%"received_us":"' || CAST(c.received_us AS text) || '"%'
ORDER BY c.id LIMIT 20;

-- name: invariant_diary_wait() :many(20) (row int, what text)
-- What is not in the diary yet waits for it; what waits for something waits since some time.
SELECT c.id, c.number FROM cases c
WHERE (c.diary_number IS NULL AND c.status <> 'not_a_case' AND c.diary_wait <> 'register')
   OR (c.diary_number IS NOT NULL AND c.diary_wait = 'register')
   OR ((c.diary_wait = '') <> (c.diary_wait_us = 9223372036854775807))
ORDER BY c.id LIMIT 20;

-- name: invariant_diary_closed() :many(20) (row int, what text)
-- Only what is in the diary is closed there.
SELECT c.id, c.number FROM cases c WHERE c.diary_closed_us IS NOT NULL AND c.diary_number IS NULL ORDER BY c.id LIMIT 20;

-- name: invariant_party_name() :many(20) (row int, what text)
-- A sender's name that the register points to lies in the vault, under the same case.
SELECT e.document_id, d.kind FROM document_entry e JOIN document d ON d.id = e.document_id
WHERE e.party_name_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sealed s WHERE s.id = e.party_name_id AND s.case_id = d.case_id)
ORDER BY e.document_id LIMIT 20;

-- name: invariant_promise_day() :many(20) (row int, what text)
-- What statistics count is what the promises of all cases say: no more, no less.
SELECT COALESCE(q.unit_id, 0), 'promises counted: ' || q.code || ', ' || q.outcome || ', ' || q.notice FROM (
    SELECT d.unit_id, d.day, d.code, d.outcome, d.notice, d.n FROM promise_day d
    UNION ALL
    SELECT p.counted_unit, p.counted_day, p.code, p.outcome, p.notice, -1 FROM promise p WHERE p.counted_day IS NOT NULL
    UNION ALL
    SELECT r.counted_unit, r.counted_day, r.code, r.outcome, r.notice, -1 FROM promise_round r WHERE r.counted_day IS NOT NULL) AS q
GROUP BY q.unit_id, q.day, q.code, q.outcome, q.notice HAVING SUM(q.n) <> 0
ORDER BY 1 LIMIT 20;

-- name: invariant_delay() :many(20) (row int, what text)
-- The person was told of each new date at most once, in order, and it lies after the one before.
SELECT d.id, d.code FROM delay d
WHERE d.new_us <= d.before_us OR d.position > (SELECT COUNT(*) FROM delay o WHERE o.case_id = d.case_id)
ORDER BY d.id LIMIT 20;
