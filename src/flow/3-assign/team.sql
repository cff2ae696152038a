-- Who takes part in a case: see team.h.

-- name: team_put(case_id case_id, user user_id) :changed
-- Somebody takes part, if not yet.
INSERT INTO case_team (case_id, user_id, part) VALUES (:case_id, :user, 'participant') ON CONFLICT (case_id, user_id) DO NOTHING;

-- name: team_drop(case_id case_id, user user_id) :changed
-- And no more.
DELETE FROM case_team WHERE case_id = :case_id AND user_id = :user AND part = 'participant';

-- name: case_task_add(case_id case_id, user user_id, by user_id, what sealed_id, now time_us, due time_us?) :exec
-- Somebody is asked to do something.
INSERT INTO case_task (case_id, user_id, by_id, what_id, created_us, due_us, dropped)
VALUES (:case_id, :user, :by, :what, :now, :due, FALSE);

-- name: case_tasks(case_id case_id) :many(200) (id case_task_id, user user_id, by user_id, what sealed_id, created time_us, due time_us?, done time_us?, note document_id?)
-- What was asked in a case, oldest first; not of those who take no part any more, unless they did it.
-- plan: indexed
SELECT t.id, t.user_id, t.by_id, t.what_id, t.created_us, t.due_us, t.done_us, t.note_id
FROM case_task t WHERE t.case_id = :case_id AND (t.dropped = FALSE OR t.done_us IS NOT NULL) ORDER BY t.id LIMIT 200;

-- name: case_task_get(id case_task_id, case_id case_id) :one (user user_id)
-- Whose it is, while it waits.
SELECT t.user_id FROM case_task t WHERE t.id = :id AND t.case_id = :case_id AND t.done_us IS NULL AND t.dropped = FALSE;

-- name: case_task_finish(id case_task_id, now time_us, note document_id?) :changed
-- It was done, once.
UPDATE case_task SET done_us = :now, note_id = :note WHERE id = :id AND done_us IS NULL AND dropped = FALSE;

-- name: case_task_drop(case_id case_id, user user_id) :exec
-- Whoever takes no part has nothing to do there.
UPDATE case_task SET dropped = TRUE WHERE case_id = :case_id AND user_id = :user AND done_us IS NULL;

-- name: case_is_restricted(id case_id) :one (restricted bool)
-- Only its team sees it.
SELECT c.restricted FROM cases c WHERE c.id = :id;
