-- Statements of remind_test.c only.

-- name: test_user_leaves(user user_id) :exec
-- The person works there no longer.
UPDATE app_user SET active = FALSE WHERE id = :user;

-- name: test_reminders(case_id case_id, code text) :many(100) (stage int, user user_id, part text, waits bool, notice notice_id?)
-- Every reminder of a promise that is out.
SELECT r.stage, r.user_id, r.part, r.waits, r.notice_id FROM reminder r WHERE r.case_id = :case_id AND r.code = :code
ORDER BY r.stage, r.part, r.user_id LIMIT 100;

-- name: test_due(case_id case_id, code text) :one (due time_us)
-- The promise's date.
SELECT p.due_us FROM promise p WHERE p.case_id = :case_id AND p.code = :code AND p.due_us IS NOT NULL;
