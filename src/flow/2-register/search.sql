-- The blind word index: see search.h.

-- name: search_pending_list(n int) :many(200) (case_id case_id)
-- Cases whose words are not indexed yet, oldest first.
SELECT p.case_id FROM search_pending p ORDER BY p.case_id LIMIT :n;

-- name: search_pending_drop(case_id case_id) :exec
-- This one is being indexed.
DELETE FROM search_pending WHERE case_id = :case_id;

-- name: search_term_add(term int, case_id case_id) :exec
-- One word of a case; twice is once.
INSERT INTO search_term (term, case_id) VALUES (:term, :case_id) ON CONFLICT (term, case_id) DO NOTHING;

-- name: search_documents(case_id case_id) :many(2000) (body sealed_id)
-- The texts of a case (not its files).
SELECT d.sealed_id FROM document d WHERE d.case_id = :case_id AND d.media_type = 'text/plain' AND d.kind <> 'attachment'
ORDER BY d.number LIMIT 2000;

-- name: search_title(case_id case_id) :one (title text?, number text, diary_number text?)
-- What is not sealed but searched as well.
SELECT c.title, c.number, c.diary_number FROM cases c WHERE c.id = :case_id;
