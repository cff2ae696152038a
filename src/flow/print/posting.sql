-- Letters on paper, waiting to be posted or posted lately: see posting.h.

-- name: posting_waiting(viewer user_id, after_at time_us, after_id task_id, n int) :many(200) (id task_id, case_id case_id, number text, title text?, type text, routine routine_id, kind text, purpose text, document document_id?, document_number int, document_kind text, created time_us, due time_us?, owner user_id?, unit unit_id, printed time_us?, printed_by user_id?, has_contact bool, secret bool)
-- Letters nobody has posted yet, of cases the viewer may see; the one that has waited longest first.
-- plan: indexed
SELECT t.id, c.id, c.number, c.title, c.type, c.routine_id, t.kind, t.purpose, t.document_id, COALESCE(d.number, 0), COALESCE(d.kind, ''),
       t.created_us, t.due_us, c.owner_id, c.unit_id, t.printed_us, t.printed_by, c.contact_known, c.secret
FROM task t JOIN cases c ON c.id = t.case_id LEFT JOIN document d ON d.id = t.document_id
WHERE t.done_us IS NULL AND t.kind IN ('letter', 'letter_outside') AND (t.created_us, t.id) > (:after_at, :after_id) AND @visible(c)
ORDER BY t.created_us, t.id LIMIT :n;

-- name: posting_count(viewer user_id) :one (n int)
-- How many they are, counted to at most 200.
-- plan: indexed
SELECT COUNT(*) FROM (SELECT 1 FROM task t JOIN cases c ON c.id = t.case_id
    WHERE t.done_us IS NULL AND t.kind IN ('letter', 'letter_outside') AND @visible(c) LIMIT 200) AS q;

-- name: posting_done(viewer user_id, since time_us, n int) :many(200) (id task_id, number text, kind text, purpose text, document_number int, document_kind text, posted date?, ticked time_us?, ticked_by user_id?, closed time_us?)
-- Letters marked as posted since then, the latest first.
-- plan: indexed
SELECT t.id, c.number, t.kind, t.purpose, COALESCE(d.number, 0), COALESCE(d.kind, ''), t.posted, t.done_us, t.done_by, c.closed_us
FROM task t JOIN cases c ON c.id = t.case_id LEFT JOIN document d ON d.id = t.document_id
WHERE t.posted IS NOT NULL AND t.done_us >= :since AND @visible(c)
ORDER BY t.done_us DESC, t.id DESC LIMIT :n;

-- name: posting_get(viewer user_id, id task_id) :one (number text, kind text, purpose text, document_number int, document_kind text, created time_us, done time_us?)
-- One of them, if the viewer may see its case.
-- plan: indexed
SELECT c.number, t.kind, t.purpose, COALESCE(d.number, 0), COALESCE(d.kind, ''), t.created_us, t.done_us
FROM task t JOIN cases c ON c.id = t.case_id LEFT JOIN document d ON d.id = t.document_id
WHERE t.id = :id AND t.kind IN ('letter', 'letter_outside') AND @visible(c);

-- name: posting_of_case(case_id case_id) :many(50) (id task_id, kind text, purpose text, document_number int, document_kind text, created time_us, printed time_us?, printed_by user_id?, posted date?, ticked time_us?, ticked_by user_id?)
-- A case's letters, newest first.
-- plan: indexed
SELECT t.id, t.kind, t.purpose, COALESCE(d.number, 0), COALESCE(d.kind, ''), t.created_us, t.printed_us, t.printed_by, t.posted, t.done_us, t.done_by
FROM task t LEFT JOIN document d ON d.id = t.document_id
WHERE t.case_id = :case_id AND t.kind IN ('letter', 'letter_outside') ORDER BY t.id DESC LIMIT 50;

-- name: posting_printed(id task_id, who user_id, now time_us) :exec
-- It came out of the program as a file to print.
UPDATE task SET printed_us = :now, printed_by = :who WHERE id = :id AND done_us IS NULL;

-- name: posting_body(case_id case_id) :one (name text, address text)
-- Where a letter to the body of the exit that stands is posted.
SELECT b.name, b.address FROM case_exit x JOIN external_body b ON b.id = x.body_id
WHERE x.case_id = :case_id AND x.undone_us IS NULL AND x.action <> 'move';

-- name: todo_posting(viewer user_id, n int) :many(100) (key int, what text, number text, title text?, type text, routine routine_id, seen bool, due time_us?)
-- That letters of others' cases wait to be posted: the first of them, once.
-- plan: indexed
SELECT t.id, 'posting', c.number, c.title, c.type, c.routine_id, FALSE, t.due_us
FROM task t JOIN cases c ON c.id = t.case_id
WHERE t.done_us IS NULL AND t.kind IN ('letter', 'letter_outside') AND (c.owner_id IS NULL OR c.owner_id <> :viewer)
  AND @visible(c) AND :n > 0
ORDER BY t.created_us, t.id LIMIT 1;
