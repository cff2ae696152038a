-- Mails to staff: see staff_notice.h.

-- name: staff_notice_add(user user_id, kind text, case_id case_id?, n int, now time_us) :one (id notice_id)
-- Queued if the person has an address; no row when he or she has left, or is told of this at this very moment already (as the
-- person and as somebody's deputy).
INSERT INTO staff_notice (user_id, kind, case_id, n, status, created_us, due_us, attempts)
SELECT u.id, :kind, :case_id, :n, CASE WHEN u.email = '' THEN 'listed' ELSE 'queued' END, :now, :now, 0
FROM app_user u WHERE u.id = :user AND u.active
  AND NOT EXISTS (SELECT 1 FROM staff_notice s WHERE s.user_id = :user AND s.created_us = :now AND s.kind = :kind AND s.case_id = :case_id)
RETURNING id;

-- name: staff_notice_next(now time_us, real_now time_us) :one (id notice_id)
-- The one that has waited longest of those that are due and nobody sends now.
-- plan: indexed
SELECT n.id FROM staff_notice n
WHERE n.status IN ('queued', 'leased') AND n.due_us <= :now AND (n.lease_us IS NULL OR n.lease_us < :real_now)
ORDER BY n.due_us, n.id LIMIT 1;

-- name: staff_notice_claim(id notice_id, real_now time_us, lease time_us) :changed
-- It is ours until the lease ends; 0: somebody else was first.
UPDATE staff_notice SET status = 'leased', lease_us = :lease, attempts = attempts + 1
WHERE id = :id AND status IN ('queued', 'leased') AND (lease_us IS NULL OR lease_us < :real_now);

-- name: staff_notice_get(id notice_id) :one (id notice_id, user user_id, kind text, case_id case_id?, n int, created time_us, attempts int, email text, name text, language text, active bool)
-- A notice and whom it goes to.
SELECT n.id, n.user_id, n.kind, n.case_id, n.n, n.created_us, n.attempts, u.email, u.name, u.language, u.active
FROM staff_notice n JOIN app_user u ON u.id = n.user_id WHERE n.id = :id;

-- name: staff_notice_put_off(id notice_id, due time_us, last_error text) :exec
-- It could not be sent now.
UPDATE staff_notice SET status = 'queued', lease_us = NULL, due_us = :due, last_error = :last_error WHERE id = :id;

-- name: staff_notice_settle(id notice_id, status text, sent time_us?, last_error text?) :exec
-- How it ended.
UPDATE staff_notice SET status = :status, sent_us = :sent, last_error = :last_error, lease_us = NULL WHERE id = :id;

-- name: staff_notice_case(id case_id) :one (number text, restricted bool, closed time_us?, routine routine_id, next_promise text?, next_due time_us)
-- What a mail may tell of a case: its number and what is next.
SELECT c.number, c.restricted, c.closed_us, c.routine_id, c.next_promise, c.next_due_us FROM cases c WHERE c.id = :id;
