-- Asking those concerned before a reply goes: see consult.h.

-- name: consult_moments(case_id case_id) :many(60) (asked time_us, until time_us?, has_draft bool, heard time_us?, said time_us?, considered time_us?)
-- Those asked before the next reply, for the rules alone.
-- plan: indexed
SELECT k.asked_us, k.until_us, (k.share_id IS NOT NULL), k.heard_us, k.said_us, k.considered_us
FROM consult k WHERE k.case_id = :case_id AND k.sent_us IS NULL AND k.ended_us IS NULL LIMIT 60;

-- name: consult_list(case_id case_id) :many(60) (id consult_id, user user_id, by user_id, asked time_us, until time_us?, share draft_share_id?, question sealed_id?, story bool, story_reason sealed_id?, heard time_us?, nothing bool, said time_us?, considered time_us?, considered_by user_id?, opened time_us?)
-- The same with what the page shows, in the order they were asked. opened: the first time the draft was read by that person.
-- plan: indexed
SELECT k.id, k.user_id, k.by_id, k.asked_us, k.until_us, k.share_id, k.question_id, (k.story_id IS NOT NULL), k.story_reason_id, k.heard_us,
       k.nothing_to_add, k.said_us, k.considered_us, k.considered_by,
       (SELECT MIN(r.at_us) FROM reading r
        WHERE r.case_id = k.case_id AND r.user_id = k.user_id AND r.purpose = 'consult' AND r.at_us >= k.asked_us)
FROM consult k WHERE k.case_id = :case_id AND k.sent_us IS NULL AND k.ended_us IS NULL ORDER BY k.id LIMIT 60;

-- name: consult_views(case_id case_id) :many(400) (consult consult_id, at time_us, by user_id, how text, day date?, body sealed_id)
-- What they said, person by person, oldest first: the few rows of one case, found by indexes and put in order.
SELECT v.consult_id, v.at_us, v.by_id, v.how, v.day, v.body_id FROM consult k JOIN consult_view v ON v.consult_id = k.id
WHERE k.case_id = :case_id AND k.sent_us IS NULL AND k.ended_us IS NULL ORDER BY k.id, v.id LIMIT 400;

-- name: consult_find(case_id case_id, user user_id) :one (id consult_id, until time_us?, share draft_share_id?, said time_us?, ended time_us?)
-- The row of one person before the next reply, also when he or she need not be asked any more.
-- plan: indexed
SELECT k.id, k.until_us, k.share_id, k.said_us, k.ended_us FROM consult k
WHERE k.case_id = :case_id AND k.user_id = :user AND k.sent_us IS NULL;

-- name: consult_add(case_id case_id, user user_id, by user_id, asked time_us, until time_us?, share draft_share_id?, question sealed_id?, story sealed_id?, story_reason sealed_id?) :one (id consult_id)
-- Somebody is asked; who was asked before and need not be any more is asked anew.
INSERT INTO consult (case_id, user_id, by_id, asked_us, until_us, share_id, question_id, story_id, story_reason_id, nothing_to_add, timed_out)
VALUES (:case_id, :user, :by, :asked, :until, :share, :question, :story, :story_reason, FALSE, FALSE)
ON CONFLICT (case_id, user_id) WHERE sent_us IS NULL DO UPDATE SET by_id = :by, asked_us = :asked, until_us = :until, share_id = :share,
    question_id = :question, story_id = :story, story_reason_id = :story_reason, heard_us = NULL, nothing_to_add = FALSE,
    ended_us = NULL, timed_out = FALSE
RETURNING id;

-- name: consult_show_again(case_id case_id, share draft_share_id) :exec
-- All who are asked read the newest draft; their time runs as it did.
UPDATE consult SET share_id = :share WHERE case_id = :case_id AND sent_us IS NULL AND ended_us IS NULL;

-- name: consult_restart(case_id case_id, asked time_us, until time_us?) :exec
-- The same, with a new time to think it over: nobody has been heard about this one.
UPDATE consult SET asked_us = :asked, until_us = :until, heard_us = NULL, nothing_to_add = FALSE, timed_out = FALSE
WHERE case_id = :case_id AND sent_us IS NULL AND ended_us IS NULL;

-- name: consult_heard(id consult_id, at time_us, nothing bool, said time_us?) :exec
-- Something was said, or that there is nothing to add.
UPDATE consult SET heard_us = COALESCE(heard_us, :at), nothing_to_add = :nothing, said_us = COALESCE(:said, said_us), kept_id = NULL WHERE id = :id;

-- name: consult_set_kept(id consult_id, kept sealed_id?) :exec
-- Words begun and not sent.
UPDATE consult SET kept_id = :kept WHERE id = :id;

-- name: consult_set_considered(id consult_id, at time_us, who user_id, said time_us?) :changed
-- The manager has considered what was said, if that is what was read.
UPDATE consult SET considered_us = :at, considered_by = :who WHERE id = :id AND said_us = :said;

-- name: consult_set_ended(id consult_id, at time_us) :changed
-- Need not be asked any more.
UPDATE consult SET ended_us = :at WHERE id = :id AND ended_us IS NULL AND sent_us IS NULL;

-- name: consult_set_sent(case_id case_id, at time_us) :exec
-- The reply has gone: the next one asks anew.
UPDATE consult SET sent_us = :at WHERE case_id = :case_id AND sent_us IS NULL;

-- name: consult_view_add(consult consult_id, at time_us, by user_id, how text, day date?, body sealed_id) :exec
-- Somebody said something.
INSERT INTO consult_view (consult_id, at_us, by_id, how, day, body_id) VALUES (:consult, :at, :by, :how, :day, :body);

-- name: consult_for(id consult_id, viewer user_id) :one (id consult_id, case_id case_id, number text, unit unit_id, routine routine_id, by user_id, asked time_us, until time_us?, body sealed_id?, question sealed_id?, story sealed_id?, heard time_us?, nothing bool, kept sealed_id?, sent time_us?)
-- What somebody asked may read; for nobody else, and not when it is over without a reply or the case was closed to all but its
-- team.
-- plan: indexed
SELECT k.id, k.case_id, c.number, c.unit_id, c.routine_id, k.by_id, k.asked_us, k.until_us, s.body_id, k.question_id, k.story_id, k.heard_us,
       k.nothing_to_add, k.kept_id, COALESCE(k.sent_us, c.closed_us)
FROM consult k JOIN cases c ON c.id = k.case_id LEFT JOIN draft_share s ON s.id = k.share_id
WHERE k.id = :id AND k.user_id = :viewer AND k.ended_us IS NULL AND k.share_id IS NOT NULL AND c.status <> 'not_a_case'
  AND (c.restricted = FALSE OR EXISTS (SELECT 1 FROM case_team m WHERE m.case_id = c.id AND m.user_id = :viewer));

-- name: consult_own_views(id consult_id, viewer user_id) :many(100) (at time_us, body sealed_id)
-- What the person asked has written, oldest first.
-- plan: indexed
SELECT v.at_us, v.body_id FROM consult_view v WHERE v.consult_id = :id AND v.by_id = :viewer AND v.how = 'written' ORDER BY v.id LIMIT 100;

-- name: consult_out_of_time(now time_us, n int) :many(100) (id consult_id, case_id case_id, user user_id)
-- Who was asked, has had the time and said nothing, while nobody has written that down yet.
-- plan: indexed
SELECT k.id, k.case_id, k.user_id FROM consult k JOIN cases c ON c.id = k.case_id
WHERE k.sent_us IS NULL AND k.ended_us IS NULL AND k.heard_us IS NULL AND NOT k.timed_out AND k.until_us <= :now
  AND c.closed_us IS NULL AND c.status <> 'not_a_case'
ORDER BY k.until_us, k.id LIMIT :n;

-- name: consult_set_over(id consult_id) :changed
-- That is written down, once.
UPDATE consult SET timed_out = TRUE WHERE id = :id AND sent_us IS NULL AND ended_us IS NULL AND heard_us IS NULL AND NOT timed_out;

-- name: todo_drafts_to_read(viewer user_id, n int) :many(100) (key int, what text, number text, title text?, type text, routine routine_id, seen bool, due time_us?)
-- Drafts the viewer was asked to read and has not said anything of.
-- plan: indexed
SELECT k.id, 'draft_to_read', c.number, c.title, c.type, c.routine_id, @visible(c), k.until_us
FROM consult k JOIN cases c ON c.id = k.case_id
WHERE k.user_id = :viewer AND k.sent_us IS NULL AND k.ended_us IS NULL AND k.heard_us IS NULL AND k.share_id IS NOT NULL
  AND c.closed_us IS NULL AND c.status <> 'not_a_case'
  AND (c.restricted = FALSE OR EXISTS (SELECT 1 FROM case_team m WHERE m.case_id = c.id AND m.user_id = :viewer))
ORDER BY k.asked_us, k.id LIMIT :n;

-- name: todo_views_to_consider(viewer user_id, n int) :many(100) (key int, what text, number text, title text?, type text, routine routine_id, seen bool, due time_us?)
-- What somebody asked has said of a draft in the viewer's own cases, and nobody has considered yet.
-- plan: indexed
SELECT k.id, 'view_to_consider', c.number, c.title, c.type, c.routine_id, TRUE, c.next_due_us
FROM cases c JOIN consult k ON k.case_id = c.id
WHERE c.owner_id = :viewer AND c.closed_us IS NULL AND k.sent_us IS NULL AND k.ended_us IS NULL AND k.said_us IS NOT NULL
  AND (k.considered_us IS NULL OR k.considered_us < k.said_us)
ORDER BY c.next_due_us, c.id LIMIT :n;

-- name: draft_share_add(case_id case_id, by user_id, at time_us, body sealed_id, original sealed_id) :one (id draft_share_id)
-- The draft as it is now.
INSERT INTO draft_share (case_id, position, by_id, at_us, body_id, original_id)
SELECT :case_id, 1 + COALESCE((SELECT MAX(l.position) FROM draft_share l WHERE l.case_id = :case_id), 0), :by, :at, :body, :original
RETURNING id;

-- name: draft_share_last(case_id case_id) :one (id draft_share_id, by user_id, at time_us, original sealed_id)
-- The newest one shown.
-- plan: indexed
SELECT s.id, s.by_id, s.at_us, s.original_id FROM draft_share s WHERE s.case_id = :case_id ORDER BY s.position DESC LIMIT 1;

-- name: consult_may_be_asked(case_id case_id, user user_id) :many(1) (id case_id)
-- A restricted case is for its team only: nobody else is shown a draft of it.
-- plan: indexed
SELECT c.id FROM cases c WHERE c.id = :case_id
  AND (c.restricted = FALSE OR EXISTS (SELECT 1 FROM case_team m WHERE m.case_id = c.id AND m.user_id = :user)) LIMIT 1;
