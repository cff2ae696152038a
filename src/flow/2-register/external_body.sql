-- The bodies outside: see external_body.h.

-- name: body_add(code text, name text, handles text, phone text, email text, address text, web text, letter_sv text, letter_en text, position int) :changed
-- A new one, last in the lists; 0: the code is taken.
INSERT INTO external_body (code, name, handles, phone, email, address, web, letter_sv, letter_en, position)
VALUES (:code, :name, :handles, :phone, :email, :address, :web, :letter_sv, :letter_en, :position)
ON CONFLICT (code) DO NOTHING;

-- name: body_change(code text, name text, handles text, phone text, email text, address text, web text, letter_sv text, letter_en text) :changed
-- Everything but its code.
UPDATE external_body SET name = :name, handles = :handles, phone = :phone, email = :email, address = :address, web = :web,
    letter_sv = :letter_sv, letter_en = :letter_en WHERE code = :code;

-- name: body_retire(code text, retired time_us?) :changed
-- Not offered any more since then; NULL: offered again.
UPDATE external_body SET retired_us = :retired WHERE code = :code;

-- name: body_list(retired bool) :many(500) (id body_id, code text, name text, handles text, phone text, email text, address text, web text, retired_at time_us?)
-- In list order; those that are not offered only on demand.
SELECT b.id, b.code, b.name, b.handles, b.phone, b.email, b.address, b.web, b.retired_us FROM external_body b
WHERE b.retired_us IS NULL OR :retired ORDER BY b.position, b.name LIMIT 500;

-- name: body_get(code text) :one (id body_id, code text, name text, handles text, phone text, email text, address text, web text, letter_sv text, letter_en text, retired time_us?)
-- One by its code.
SELECT b.id, b.code, b.name, b.handles, b.phone, b.email, b.address, b.web, b.letter_sv, b.letter_en, b.retired_us
FROM external_body b WHERE b.code = :code;

-- name: body_by_id(id body_id) :one (code text, name text, handles text, phone text, email text, address text, web text, letter_sv text, letter_en text)
-- The one an exit named.
SELECT b.code, b.name, b.handles, b.phone, b.email, b.address, b.web, b.letter_sv, b.letter_en FROM external_body b WHERE b.id = :id;

-- name: body_last_position() :one (position int)
-- Where the next one goes.
SELECT COALESCE(MAX(b.position), 0) FROM external_body b;
