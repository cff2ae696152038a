-- Keys of other systems: see api_access.h.

-- name: api_key_find(key_hash blob) :one (id int, scope text, unit unit_id)
-- The key with this hash, if it has not been taken back.
-- plan: indexed
SELECT k.id, k.scope, k.unit_id FROM api_key k WHERE k.key_hash = :key_hash AND k.revoked_us IS NULL;
