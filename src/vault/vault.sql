-- The vault's tables. Only src/vault/ uses these statements.

-- name: vault_key_get() :one (wrapped blob, master_check blob)
-- The municipality's wrapped key.
SELECT wrapped, master_check FROM vault_key WHERE one = 1;

-- name: vault_key_add(wrapped blob, master_check blob) :exec
-- A new municipality's wrapped key.
INSERT INTO vault_key (one, wrapped, master_check) VALUES (1, :wrapped, :master_check);

-- name: case_key_put(case_id case_id, wrapped blob) :exec
-- A new case's wrapped key. One that is there already was left by a crash between the two commits: the register never knew
-- that case.
INSERT INTO case_key (case_id, wrapped) VALUES (:case_id, :wrapped)
ON CONFLICT (case_id) DO UPDATE SET wrapped = excluded.wrapped;

-- name: case_key_get(case_id case_id) :one (wrapped blob)
-- A case's wrapped key; none: it was disposed of.
-- plan: indexed
SELECT wrapped FROM case_key WHERE case_id = :case_id;

-- name: case_key_remove(case_id case_id) :exec
-- Without its key nothing of the case can be read.
DELETE FROM case_key WHERE case_id = :case_id;

-- name: sealed_add(case_id case_id, kind text, body blob) :one (id sealed_id)
-- A sealed body.
INSERT INTO sealed (case_id, kind, body) VALUES (:case_id, :kind, :body) RETURNING id;

-- name: sealed_get(case_id case_id, id sealed_id) :one (kind text, body blob, wrapped blob)
-- A sealed body of this case, with the case's key.
-- plan: indexed
SELECT s.kind, s.body, k.wrapped FROM sealed s JOIN case_key k ON k.case_id = s.case_id
WHERE s.id = :id AND s.case_id = :case_id;

-- name: sealed_kind(case_id case_id, id sealed_id) :one (kind text, wrapped blob)
-- What kind of body stands there, with the case's key.
-- plan: indexed
SELECT s.kind, k.wrapped FROM sealed s JOIN case_key k ON k.case_id = s.case_id
WHERE s.id = :id AND s.case_id = :case_id;

-- name: sealed_set(id sealed_id, body blob) :exec
-- Another body in its place.
UPDATE sealed SET body = :body WHERE id = :id;

-- name: spent_add(id sealed_id, case_id case_id, now time_us) :exec
-- From now on nothing points to this body.
INSERT INTO spent_secret (sealed_id, case_id, at_us, emptied) VALUES (:id, :case_id, :now, FALSE)
ON CONFLICT (sealed_id) DO NOTHING;

-- name: spent_list() :many(100) (id sealed_id, case_id case_id, emptied bool)
-- Bodies to take away, oldest first: as many rows as are read here, by their key.
SELECT s.sealed_id, s.case_id, s.emptied FROM spent_secret s ORDER BY s.sealed_id LIMIT 100;

-- name: spent_empty(id sealed_id, case_id case_id, nothing blob) :exec
-- The words go; the row stays, so that its number is not given to another body yet.
UPDATE sealed SET kind = 'spent', body = :nothing WHERE id = :id AND case_id = :case_id;

-- name: spent_mark(id sealed_id) :exec
-- Its words are gone.
UPDATE spent_secret SET emptied = TRUE WHERE sealed_id = :id;

-- name: spent_remove(id sealed_id, case_id case_id) :exec
-- The row goes. If it went before a crash and its number was given to another body, that one stays.
DELETE FROM sealed WHERE id = :id AND case_id = :case_id AND kind = 'spent';

-- name: spent_forget(id sealed_id) :exec
-- It is done.
DELETE FROM spent_secret WHERE sealed_id = :id;

-- name: sealed_remove_all(case_id case_id) :exec
-- Everything of a case away; after contact_remove.
DELETE FROM sealed WHERE case_id = :case_id;

-- name: contact_put(case_id case_id, sealed_id sealed_id) :exec
-- Which sealed row holds the case's contact details.
INSERT INTO contact (case_id, sealed_id) VALUES (:case_id, :sealed_id)
ON CONFLICT (case_id) DO UPDATE SET sealed_id = excluded.sealed_id;

-- name: contact_get(case_id case_id) :one (sealed_id sealed_id)
-- Which sealed row holds the case's contact details.
-- plan: indexed
SELECT sealed_id FROM contact WHERE case_id = :case_id;

-- name: contact_remove(case_id case_id) :exec
-- The case has no contact details any more.
DELETE FROM contact WHERE case_id = :case_id;

-- name: reading_add(at time_us, who user_id?, case_id case_id, sealed_id sealed_id?, kind text, purpose text) :exec
-- Somebody opened something.
INSERT INTO reading (at_us, user_id, case_id, sealed_id, kind, purpose)
VALUES (:at, :who, :case_id, :sealed_id, :kind, :purpose);

-- name: reading_since(case_id case_id, who user_id, purpose text, since time_us) :one (n int)
-- Has this person's reading of the case's papers for this purpose been written down since then? who: 0 for nobody.
-- plan: indexed
SELECT COUNT(*) AS n FROM reading r
WHERE r.case_id = :case_id AND COALESCE(r.user_id, 0) = :who AND r.purpose = :purpose AND r.kind = 'papers' AND r.at_us > :since;
