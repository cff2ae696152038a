-- A case's dossier: see document.h.

-- name: document_last_number(case_id case_id) :one (number int)
-- The highest number in the dossier, 0 when it is empty. The case is locked by the caller.
SELECT COALESCE(MAX(d.number), 0) FROM document d WHERE d.case_id = :case_id;

-- name: document_insert(case_id case_id, number int, kind text, direction text, at time_us, user user_id?, parent document_id?, media_type text, size_bytes int, sha256 blob, body sealed_id, name sealed_id?, form_token_hash blob?) :one (id document_id)
-- A new paper in the dossier.
INSERT INTO document (case_id, number, kind, direction, at_us, user_id, parent_id, media_type, size_bytes, sha256, sealed_id, name_id, form_token_hash)
VALUES (:case_id, :number, :kind, :direction, :at, :user, :parent, :media_type, :size_bytes, :sha256, :body, :name, :form_token_hash) RETURNING id;

-- name: document_list(case_id case_id) :many(2000) (id document_id, number int, kind text, direction text, at time_us, user user_id?, parent document_id?, media_type text, size_bytes int, sha256 blob, body sealed_id, name sealed_id?)
-- The dossier in order. Whether the caller may see the case was asked before.
-- plan: indexed
SELECT d.id, d.number, d.kind, d.direction, d.at_us, d.user_id, d.parent_id, d.media_type, d.size_bytes, d.sha256, d.sealed_id, d.name_id
FROM document d WHERE d.case_id = :case_id ORDER BY d.number LIMIT 2000;

-- name: document_get(case_id case_id, number int) :one (id document_id, number int, kind text, direction text, at time_us, user user_id?, parent document_id?, media_type text, size_bytes int, sha256 blob, body sealed_id, name sealed_id?)
-- One paper by its number in the dossier.
-- plan: indexed
SELECT d.id, d.number, d.kind, d.direction, d.at_us, d.user_id, d.parent_id, d.media_type, d.size_bytes, d.sha256, d.sealed_id, d.name_id
FROM document d WHERE d.case_id = :case_id AND d.number = :number;

-- name: document_by_form_token(form_token_hash blob) :one (id document_id)
-- The message this very form made before, if it did.
SELECT d.id FROM document d WHERE d.form_token_hash = :form_token_hash;
