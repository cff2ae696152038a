-- PDFs as they were last made: see printed.h.

-- name: printed_get(kind text, unit unit_id, language text, hash blob) :one (pdf blob)
-- plan: indexed
-- The file, if nothing on it has changed.
SELECT p.pdf FROM printed p
WHERE p.kind = :kind AND p.unit_id = :unit AND p.language = :language AND p.hash = :hash;

-- name: printed_put(kind text, unit unit_id, language text, hash blob, pdf blob, made time_us) :exec
-- In place of the one before.
INSERT INTO printed (kind, unit_id, language, hash, pdf, made_us)
VALUES (:kind, :unit, :language, :hash, :pdf, :made)
ON CONFLICT (kind, unit_id, language) DO UPDATE SET hash = :hash, pdf = :pdf, made_us = :made;
