-- What waits for a person besides the own cases: see todo.h. Each slice has its statements in its own file; here are those of
-- the tasks every case may have.

-- name: todo_case_tasks(viewer user_id, n int) :many(100) (key int, what text, number text, title text?, type text, routine routine_id, seen bool, due time_us?)
-- What the viewer was asked to do in a case.
-- plan: indexed
SELECT t.id, 'case_task', c.number, c.title, c.type, c.routine_id, @visible(c), t.due_us
FROM case_task t JOIN cases c ON c.id = t.case_id
WHERE t.user_id = :viewer AND t.done_us IS NULL AND t.dropped = FALSE AND c.closed_us IS NULL
ORDER BY t.id LIMIT :n;

-- name: todo_promised_tasks(viewer user_id, n int) :many(100) (key int, what text, number text, title text?, type text, routine routine_id, seen bool, due time_us?)
-- What the viewer promised aloud when taking a case in.
-- plan: indexed
SELECT t.id, t.kind, c.number, c.title, c.type, c.routine_id, @visible(c), t.due_us
FROM task t JOIN cases c ON c.id = t.case_id
WHERE t.user_id = :viewer AND t.done_us IS NULL
ORDER BY t.id LIMIT :n;

-- name: todo_owner_tasks(viewer user_id, n int) :many(100) (key int, what text, number text, title text?, type text, routine routine_id, seen bool, due time_us?)
-- Letters and calls in the cases the viewer answers for.
-- plan: indexed
SELECT t.id, t.kind, c.number, c.title, c.type, c.routine_id, TRUE, t.due_us
FROM cases c JOIN task t ON t.case_id = c.id
WHERE c.owner_id = :viewer AND c.closed_us IS NULL AND t.done_us IS NULL AND t.user_id IS NULL
ORDER BY c.next_due_us, c.id LIMIT :n;
