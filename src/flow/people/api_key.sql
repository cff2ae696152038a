-- Keys of other systems, made and taken back: see api_key_cmd.c.

-- name: api_key_add(name text, scope text, unit unit_id, key_hash blob, made time_us) :one (id int)
-- A new key.
INSERT INTO api_key (name, scope, unit_id, key_hash, made_us) VALUES (:name, :scope, :unit, :key_hash, :made) RETURNING id;

-- name: api_key_list() :many(1000) (id int, name text, scope text, unit text, made time_us, revoked time_us?)
-- All keys, the oldest first.
SELECT k.id, k.name, k.scope, u.code, k.made_us, k.revoked_us FROM api_key k JOIN unit u ON u.id = k.unit_id ORDER BY k.id LIMIT 1000;

-- name: api_key_revoke(id int, at time_us) :changed
-- It works no more.
UPDATE api_key SET revoked_us = :at WHERE id = :id AND revoked_us IS NULL;
