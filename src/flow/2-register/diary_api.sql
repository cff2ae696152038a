-- What another system's diary asks for: see diary_api.h.

-- name: diary_api_missing(key_unit unit_id, after time_us, after_id case_id, n int) :many(200) (id case_id, number text, unit unit_id, type text, title text?, channel text, secret bool, received time_us, since time_us)
-- Cases that wait to be entered, the longest waiting first.
-- plan: indexed
SELECT c.id, c.number, c.unit_id, c.type, c.title, c.channel, c.secret, c.received_us, c.diary_wait_us FROM cases c
WHERE c.diary_wait = 'register' AND c.diary_wait <> '' AND (c.diary_wait_us, c.id) > (:after, :after_id) AND @visible_to_key(c)
ORDER BY c.diary_wait_us, c.id LIMIT :n;

-- name: diary_api_find(key_unit unit_id, number text) :one (id case_id)
-- The case with this number, if the key reaches it.
-- plan: indexed
SELECT c.id FROM cases c WHERE c.number = :number AND @visible_to_key(c);
