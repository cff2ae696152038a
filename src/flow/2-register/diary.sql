-- The registrar's queue and what changes the diary: see diary.h.

-- fragment: diary_mine(c)
(EXISTS (SELECT 1 FROM unit_above a JOIN user_role r ON r.unit_id = a.above_id
         WHERE a.unit_id = c.unit_id AND r.user_id = :viewer AND r.role IN (c.diary_by, c.diary_for))
 OR NOT EXISTS (SELECT 1 FROM unit_above a JOIN user_role r ON r.unit_id = a.above_id AND r.role = c.diary_by
                JOIN app_user u ON u.id = r.user_id
                WHERE a.unit_id = c.unit_id AND u.active))

-- name: diary_of_case(id case_id) :one (wait text, since time_us, diary_by text, see_to text, closed time_us?, closed_by user_id?)
-- How the case stands in the diary. Whether the caller may see the case was asked before.
-- plan: indexed
SELECT c.diary_wait, c.diary_wait_us, c.diary_by, c.diary_for, c.diary_closed_us, c.diary_closed_by FROM cases c WHERE c.id = :id;

-- name: diary_queue_read(viewer user_id, wait text, mine bool, after time_us, after_id case_id, n int) :many(200) (id case_id, number text, unit unit_id, routine routine_id, type text, title text?, channel text, secret bool, received time_us, registered time_us?, diary_number text?, since time_us, diary_by text, see_to text, version int)
-- What waits for one thing in the diary, the longest first. mine: what the routine gives to a role the viewer holds there, or to a
-- role that nobody holds there, so that nothing falls between chairs.
-- plan: indexed
SELECT c.id, c.number, c.unit_id, c.routine_id, c.type, c.title, c.channel, c.secret, c.received_us, c.registered_us, c.diary_number,
       c.diary_wait_us, c.diary_by, c.diary_for, c.version
FROM cases c
WHERE c.diary_wait = :wait AND c.diary_wait <> '' AND (c.diary_wait_us, c.id) > (:after, :after_id)
  AND (NOT :mine OR @diary_mine(c)) AND @visible(c)
ORDER BY c.diary_wait_us, c.id LIMIT :n;

-- name: diary_count_read(viewer user_id, wait text, mine bool) :one (n int)
-- How many of them, counted to at most 1,000.
-- plan: indexed
SELECT COUNT(*) FROM (SELECT 1 FROM cases c WHERE c.diary_wait = :wait AND c.diary_wait <> ''
      AND (NOT :mine OR @diary_mine(c)) AND @visible(c) LIMIT 1000) AS q;

-- name: diary_lags(viewer user_id, since time_us) :many(1000) (unit unit_id, routine routine_id, received time_us, registered time_us)
-- What was registered since then, with its arrival: the latest first.
-- plan: indexed
SELECT c.unit_id, c.routine_id, c.received_us, c.registered_us FROM cases c
WHERE c.registered_us IS NOT NULL AND c.registered_us >= :since AND @visible(c)
ORDER BY c.registered_us DESC, c.id DESC LIMIT 1000;

-- name: diary_set_closed(id case_id, at time_us?, who user_id?) :exec
-- Closed in the diary, or open there again. The case's own status is another thing.
UPDATE cases SET diary_closed_us = :at, diary_closed_by = :who WHERE id = :id;

-- name: case_set_title(id case_id, title text) :exec
-- Briefly what it concerns.
UPDATE cases SET title = :title WHERE id = :id;

-- name: diary_number_taken(number text) :one (n int)
-- Is the number some case's already? Whose is not told.
-- plan: indexed
SELECT COUNT(*) FROM cases c WHERE c.diary_number = :number;
