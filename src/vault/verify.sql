-- name: verify_documents(after document_id) :many(500) (id document_id, case_id case_id, number text, sealed sealed_id, size int, sha256 blob)
-- Documents in their order, 500 at a time, with their case's number.
-- plan: indexed
SELECT d.id, d.case_id, c.number, d.sealed_id, d.size_bytes, d.sha256
FROM document d JOIN cases c ON c.id = d.case_id WHERE d.id > :after ORDER BY d.id LIMIT 500;
