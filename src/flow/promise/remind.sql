-- Reminders: see remind.h.

-- name: remind_due(from_due time_us, to_due time_us, after_due time_us, after_id case_id, after_code text, n int) :many(200) (case_id case_id, code text, who text, due time_us)
-- Promises not kept whose date is near or has passed, by date. Closed cases only for what runs on after closing.
-- plan: indexed
SELECT p.case_id, p.code, p.who, p.due_us FROM promise p JOIN cases c ON c.id = p.case_id
WHERE p.state IN ('running', 'missed') AND p.due_us IS NOT NULL AND p.due_us >= :from_due AND p.due_us <= :to_due AND p.new_due_us IS NULL
  AND (p.due_us, p.case_id, p.code) > (:after_due, :after_id, :after_code)
  AND (c.closed_us IS NULL OR p.due_us >= c.closed_us)
ORDER BY p.due_us, p.case_id, p.code LIMIT :n;

-- name: remind_delayed(from_due time_us, to_due time_us, after_due time_us, after_id case_id, after_code text, n int) :many(200) (case_id case_id, code text, who text, due time_us)
-- The same of those whose person was told a new date: that date counts now.
-- plan: indexed
SELECT p.case_id, p.code, p.who, p.new_due_us FROM promise p JOIN cases c ON c.id = p.case_id
WHERE p.state IN ('running', 'missed') AND p.new_due_us IS NOT NULL AND p.new_due_us >= :from_due AND p.new_due_us <= :to_due
  AND (p.new_due_us, p.case_id, p.code) > (:after_due, :after_id, :after_code) AND c.closed_us IS NULL
ORDER BY p.new_due_us, p.case_id, p.code LIMIT :n;

-- name: remind_unregistered(from_received time_us, after_received time_us, after_id case_id, n int) :many(200) (case_id case_id, received time_us)
-- What came in and is not registered, oldest first.
-- plan: indexed
SELECT c.id, c.received_us FROM cases c
WHERE c.registered_us IS NULL AND c.closed_us IS NULL AND c.received_us >= :from_received
  AND (c.received_us, c.id) > (:after_received, :after_id)
ORDER BY c.received_us, c.id LIMIT :n;

-- name: remind_undated(case_id case_id, code text) :many(1) (who text)
-- A promise that runs without a date.
-- plan: indexed
SELECT p.who FROM promise p
WHERE p.case_id = :case_id AND p.code = :code AND p.due_us IS NULL AND p.state = 'running' LIMIT 1;

-- name: remind_case(id case_id) :one (unit unit_id, routine routine_id, owner user_id?, receiver user_id?)
-- What decides whom to remind, before anything is locked.
SELECT c.unit_id, c.routine_id, c.owner_id, c.receiver_id FROM cases c WHERE c.id = :id;

-- name: remind_was(case_id case_id, code text, due time_us, stage int) :many(1) (user user_id)
-- This stage is out already.
-- plan: indexed
SELECT r.user_id FROM reminder r
WHERE r.case_id = :case_id AND r.code = :code AND r.due_us = :due AND r.stage = :stage LIMIT 1;

-- name: remind_still(case_id case_id, code text, due time_us) :many(1) (position int)
-- Still not kept, with the same date: asked again once the case is ours.
-- plan: indexed
SELECT p.position FROM promise p
WHERE p.case_id = :case_id AND p.code = :code AND (COALESCE(p.new_due_us, p.due_us) = :due OR p.due_us IS NULL) AND p.state IN ('running', 'missed') LIMIT 1;

-- name: remind_sees(case_id case_id, viewer user_id) :many(1) (id case_id)
-- May this person see the case?
-- plan: indexed
SELECT c.id FROM cases c WHERE c.id = :case_id AND @visible(c) LIMIT 1;

-- name: remind_add(case_id case_id, code text, due time_us, stage int, user user_id, part text, at time_us, is_early bool) :changed
-- Once per stage and person. It waits for a mail, unless it is early and the person wants none before the date.
INSERT INTO reminder (case_id, code, due_us, stage, user_id, part, at_us, waits)
SELECT :case_id, :code, :due, :stage, u.id, :part, :at,
       NOT (:is_early AND EXISTS (SELECT 1 FROM staff_setting s WHERE s.user_id = u.id AND NOT s.early_mail))
FROM app_user u WHERE u.id = :user AND u.active
ON CONFLICT (case_id, code, due_us, stage, user_id) DO NOTHING;

-- name: remind_mark(id case_id, code text, due time_us, above user_id?) :exec
-- For lists: one reminder more of this date; who above knows.
UPDATE cases SET reminded = CASE WHEN reminded_due_us = :due THEN reminded + 1 ELSE 1 END,
                 escalated_id = CASE WHEN reminded_due_us = :due THEN COALESCE(:above, escalated_id) ELSE :above END,
                 reminded_due_us = :due
WHERE id = :id AND next_promise = :code AND next_due_us = :due;

-- name: remind_waiting() :many(500) (user user_id, n int)
-- Who has reminders that no mail has told of, and how many.
-- plan: indexed
SELECT r.user_id, COUNT(*) FROM reminder r WHERE r.waits GROUP BY r.user_id ORDER BY r.user_id LIMIT 500;

-- name: remind_into_digest(user user_id, notice notice_id?) :exec
-- They go with this mail.
UPDATE reminder SET waits = FALSE, notice_id = :notice WHERE user_id = :user AND waits;

-- name: remind_digest(notice notice_id) :many(200) (number text, restricted bool, routine routine_id, code text, due time_us, part text, answers bool)
-- What a digest tells of: what is not done still, by date.
SELECT c.number, c.restricted, c.routine_id, r.code, r.due_us, r.part, p.answers
FROM reminder r JOIN cases c ON c.id = r.case_id
JOIN promise p ON p.case_id = r.case_id AND p.code = r.code AND (COALESCE(p.new_due_us, p.due_us) = r.due_us OR p.due_us IS NULL)
WHERE r.notice_id = :notice AND p.state IN ('running', 'missed')
ORDER BY r.due_us, c.number LIMIT 200;

-- name: remind_day_get(day date) :many(1) (done time_us)
-- Is the day's work done?
-- plan: indexed
SELECT d.done_us FROM remind_day d WHERE d.day = :day LIMIT 1;

-- name: remind_day_put(day date, done time_us) :exec
-- It is.
INSERT INTO remind_day (day, done_us) VALUES (:day, :done) ON CONFLICT (day) DO NOTHING;
