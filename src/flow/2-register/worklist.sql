-- Lists of cases: see worklist.h. Each is keyset-paged on an index; every one reads through @visible.

-- fragment: list_columns(c)
c.id, c.number, c.unit_id, c.type, c.subject, c.title, c.status, c.secret, c.received_us, c.registered_us, c.owner_id, c.accepted_us, c.next_promise, c.next_due_us, c.closed_us, c.reminded, c.reminded_due_us, c.escalated_id

-- fragment: queued(c)
((:to_judge AND c.assessment = 'needed' AND c.status IN ('received', 'registered'))
 OR (:written AND c.status = 'received' AND c.receiver_id IS NOT NULL AND c.channel IN ('letter', 'email', 'sms', 'social_media')))

-- name: work_mine(viewer user_id, unowned bool, promise text?, unit unit_id?, subject text?, after_due time_us, after_id case_id, n int) :many(200) (id case_id, number text, unit unit_id, type text, subject text?, title text?, status text, secret bool, received time_us, registered time_us?, owner user_id?, accepted time_us?, next_promise text?, next_due time_us, closed time_us?, reminded int, reminded_due time_us?, escalated user_id?)
-- What waits for the viewer: cases one owns, those one took in until somebody has taken them on (S1.9), and, for those who sort,
-- cases nobody owns yet.
-- plan: indexed
SELECT * FROM (
    SELECT @list_columns(c) FROM cases c
    WHERE c.closed_us IS NULL AND c.owner_id = :viewer AND (c.next_due_us, c.id) > (:after_due, :after_id)
      AND (:promise IS NULL OR c.next_promise = :promise) AND (:subject IS NULL OR c.subject = :subject)
      AND (:unit IS NULL OR EXISTS (SELECT 1 FROM unit_above a WHERE a.unit_id = c.unit_id AND a.above_id = :unit))
    ORDER BY c.next_due_us, c.id LIMIT :n) AS owned
UNION ALL
SELECT * FROM (
    SELECT @list_columns(c) FROM cases c
    WHERE c.closed_us IS NULL AND c.receiver_id = :viewer AND (c.next_due_us, c.id) > (:after_due, :after_id)
      AND c.accepted_us IS NULL AND NOT (:unowned AND c.owner_id IS NULL) AND (c.owner_id IS NULL OR c.owner_id <> :viewer)
      AND (:promise IS NULL OR c.next_promise = :promise) AND (:subject IS NULL OR c.subject = :subject)
      AND (:unit IS NULL OR EXISTS (SELECT 1 FROM unit_above a WHERE a.unit_id = c.unit_id AND a.above_id = :unit))
      AND @visible(c)
    ORDER BY c.next_due_us, c.id LIMIT :n) AS taken
UNION ALL
SELECT * FROM (
    SELECT @list_columns(c) FROM cases c
    WHERE :unowned AND c.closed_us IS NULL AND c.owner_id IS NULL AND (c.next_due_us, c.id) > (:after_due, :after_id)
      AND (:promise IS NULL OR c.next_promise = :promise) AND (:subject IS NULL OR c.subject = :subject)
      AND (:unit IS NULL OR EXISTS (SELECT 1 FROM unit_above a WHERE a.unit_id = c.unit_id AND a.above_id = :unit))
      AND @visible(c)
    ORDER BY c.next_due_us, c.id LIMIT :n) AS loose
ORDER BY 14, 1 LIMIT :n;

-- name: work_open(viewer user_id, promise text?, unit unit_id?, subject text?, after_due time_us, after_id case_id, n int) :many(200) (id case_id, number text, unit unit_id, type text, subject text?, title text?, status text, secret bool, received time_us, registered time_us?, owner user_id?, accepted time_us?, next_promise text?, next_due time_us, closed time_us?, reminded int, reminded_due time_us?, escalated user_id?)
-- All open cases the viewer may see, of one unit and those below it or of all.
-- plan: indexed
SELECT @list_columns(c) FROM cases c
WHERE c.closed_us IS NULL AND (c.next_due_us, c.id) > (:after_due, :after_id)
  AND (:promise IS NULL OR c.next_promise = :promise) AND (:subject IS NULL OR c.subject = :subject)
  AND (:unit IS NULL OR EXISTS (SELECT 1 FROM unit_above a WHERE a.unit_id = c.unit_id AND a.above_id = :unit))
  AND @visible(c)
ORDER BY c.next_due_us, c.id LIMIT :n;

-- name: work_queue(viewer user_id, to_judge bool, written bool, promise text?, unit unit_id?, subject text?, after_due time_us, after_id case_id, n int) :many(200) (id case_id, number text, unit unit_id, type text, subject text?, title text?, status text, secret bool, received time_us, registered time_us?, owner user_id?, accepted time_us?, next_promise text?, next_due time_us, closed time_us?, reminded int, reminded_due time_us?, escalated user_id?)
-- What waits for one kind of work: to be judged whether it is a case at all, or what came in writing to be entered in the diary.
-- plan: indexed
SELECT @list_columns(c) FROM cases c
WHERE c.closed_us IS NULL AND (c.next_due_us, c.id) > (:after_due, :after_id) AND @queued(c)
  AND (:promise IS NULL OR c.next_promise = :promise) AND (:subject IS NULL OR c.subject = :subject)
  AND (:unit IS NULL OR EXISTS (SELECT 1 FROM unit_above a WHERE a.unit_id = c.unit_id AND a.above_id = :unit))
  AND @visible(c)
ORDER BY c.next_due_us, c.id LIMIT :n;

-- name: work_count_queue(viewer user_id, to_judge bool, written bool) :one (n int)
-- How many there are, counted to at most 1,000.
-- plan: indexed
SELECT COUNT(*) FROM (SELECT 1 FROM cases c WHERE c.closed_us IS NULL AND @queued(c) AND @visible(c) LIMIT 1000) AS q;

-- name: work_closed(viewer user_id, unit unit_id?, subject text?, before_closed time_us, before_id case_id, n int) :many(200) (id case_id, number text, unit unit_id, type text, subject text?, title text?, status text, secret bool, received time_us, registered time_us?, owner user_id?, accepted time_us?, next_promise text?, next_due time_us, closed time_us?, reminded int, reminded_due time_us?, escalated user_id?)
-- Closed cases, the latest first.
-- plan: indexed
SELECT @list_columns(c) FROM cases c
WHERE c.closed_us IS NOT NULL AND (c.closed_us, c.id) < (:before_closed, :before_id)
  AND (:subject IS NULL OR c.subject = :subject)
  AND (:unit IS NULL OR EXISTS (SELECT 1 FROM unit_above a WHERE a.unit_id = c.unit_id AND a.above_id = :unit))
  AND @visible(c)
ORDER BY c.closed_us DESC, c.id DESC LIMIT :n;

-- name: work_count_mine(viewer user_id, unowned bool, late_before time_us, today_before time_us) :one (n int, n_late int, n_today int)
-- How many wait for the viewer, how many of them are late, how many are due today; counted to at most 1,000.
-- plan: indexed
SELECT COUNT(*), COALESCE(SUM(CASE WHEN q.next_due_us < :late_before THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN q.next_due_us >= :late_before AND q.next_due_us < :today_before THEN 1 ELSE 0 END), 0)
FROM (SELECT c.next_due_us FROM cases c WHERE c.closed_us IS NULL AND c.owner_id = :viewer
      UNION ALL
      SELECT c.next_due_us FROM cases c WHERE c.closed_us IS NULL AND c.receiver_id = :viewer AND c.accepted_us IS NULL
        AND NOT (:unowned AND c.owner_id IS NULL) AND (c.owner_id IS NULL OR c.owner_id <> :viewer) AND @visible(c)
      UNION ALL
      SELECT c.next_due_us FROM cases c WHERE :unowned AND c.closed_us IS NULL AND c.owner_id IS NULL AND @visible(c)
      LIMIT 1000) AS q;

-- name: work_count_open(viewer user_id, unit unit_id?) :one (n int)
-- The same for a unit and all below it, or for all one may see.
-- plan: indexed
SELECT COUNT(*) FROM (SELECT 1 FROM cases c WHERE c.closed_us IS NULL
      AND (:unit IS NULL OR EXISTS (SELECT 1 FROM unit_above a WHERE a.unit_id = c.unit_id AND a.above_id = :unit))
      AND @visible(c) LIMIT 1000) AS q;

-- name: search_number(viewer user_id, number text) :many(20) (id case_id, number text, unit unit_id, type text, subject text?, title text?, status text, secret bool, received time_us, registered time_us?, owner user_id?, accepted time_us?, next_promise text?, next_due time_us, closed time_us?, reminded int, reminded_due time_us?, escalated user_id?)
-- By case number or diary number, exactly.
-- plan: indexed
SELECT @list_columns(c) FROM cases c WHERE (c.number = :number OR c.diary_number = :number) AND @visible(c) LIMIT 20;

-- name: search_words(viewer user_id, t1 int, t2 int, t3 int, t4 int, t5 int, with_open bool, with_closed bool, mine bool, unowned bool, promise text?, unit unit_id?, subject text?, before_id case_id, n int) :many(200) (id case_id, number text, unit unit_id, type text, subject text?, title text?, status text, secret bool, received time_us, registered time_us?, owner user_id?, accepted time_us?, next_promise text?, next_due time_us, closed time_us?, reminded int, reminded_due time_us?, escalated user_id?)
-- Cases of one list, with its filters, that hold all the words; newest first. Fewer than five words: the last is repeated.
-- plan: indexed
SELECT @list_columns(c) FROM search_term s JOIN cases c ON c.id = s.case_id
WHERE s.term = :t1 AND s.case_id < :before_id AND ((:with_open AND c.closed_us IS NULL) OR (:with_closed AND c.closed_us IS NOT NULL))
  AND (NOT :mine OR c.owner_id = :viewer OR (:unowned AND c.owner_id IS NULL))
  AND (:promise IS NULL OR c.next_promise = :promise) AND (:subject IS NULL OR c.subject = :subject)
  AND (:unit IS NULL OR EXISTS (SELECT 1 FROM unit_above a WHERE a.unit_id = c.unit_id AND a.above_id = :unit))
  AND EXISTS (SELECT 1 FROM search_term x WHERE x.term = :t2 AND x.case_id = s.case_id)
  AND EXISTS (SELECT 1 FROM search_term x WHERE x.term = :t3 AND x.case_id = s.case_id)
  AND EXISTS (SELECT 1 FROM search_term x WHERE x.term = :t4 AND x.case_id = s.case_id)
  AND EXISTS (SELECT 1 FROM search_term x WHERE x.term = :t5 AND x.case_id = s.case_id)
  AND @visible(c)
ORDER BY s.case_id DESC LIMIT :n;
