-- Handing a case over: see handover.h.

-- fragment: handover_columns(h)
h.id, h.case_id, h.position, h.by_id, h.from_id, h.from_unit_id, h.to_id, h.to_unit_id, h.part_before, h.asked_us, h.due_us, h.chased_us, h.answered_us, h.answer, h.answered_by, h.reason_id, h.crosses, h.ground, h.willing_us, h.notice, h.silence_id, h.told_us

-- name: handover_list(case_id case_id) :many(200) (id handover_id, case_id case_id, position int, by user_id?, from user_id?, from_unit unit_id, to user_id?, to_unit unit_id, part_before text?, asked time_us, due time_us?, chased time_us?, answered time_us?, answer text?, answered_by user_id?, reason sealed_id?, crosses bool, ground text?, willing time_us?, notice text, silence sealed_id?, told time_us?)
-- All the ways of a case, oldest first.
-- plan: indexed
SELECT @handover_columns(h) FROM handover h WHERE h.case_id = :case_id ORDER BY h.position LIMIT 200;

-- name: handover_get(id handover_id) :one (id handover_id, case_id case_id, position int, by user_id?, from user_id?, from_unit unit_id, to user_id?, to_unit unit_id, part_before text?, asked time_us, due time_us?, chased time_us?, answered time_us?, answer text?, answered_by user_id?, reason sealed_id?, crosses bool, ground text?, willing time_us?, notice text, silence sealed_id?, told time_us?)
-- One of them.
SELECT @handover_columns(h) FROM handover h WHERE h.id = :id;

-- name: handover_add(case_id case_id, position int, by user_id?, from user_id?, from_unit unit_id, to user_id?, to_unit unit_id, part_before text?, asked time_us, due time_us?, answered time_us?, answer text?, crosses bool, ground text?, notice text, silence sealed_id?) :one (id handover_id)
-- Somebody is asked, or the case was moved.
INSERT INTO handover (case_id, position, by_id, from_id, from_unit_id, to_id, to_unit_id, part_before, asked_us, due_us,
                      answered_us, answer, crosses, ground, notice, silence_id)
VALUES (:case_id, :position, :by, :from, :from_unit, :to, :to_unit, :part_before, :asked, :due,
        :answered, :answer, :crosses, :ground, :notice, :silence) RETURNING id;

-- name: handover_answer(id handover_id, answer text, answered time_us, who user_id?, reason sealed_id?) :changed
-- The answer, once: of two at the same time one changes nothing.
UPDATE handover SET answer = :answer, answered_us = :answered, answered_by = :who, reason_id = :reason
WHERE id = :id AND answer IS NULL;

-- name: handover_set_ground(id handover_id, ground text) :changed
-- The other board may see the case.
UPDATE handover SET ground = :ground WHERE id = :id AND answer IS NULL;

-- name: handover_set_willing(id handover_id, now time_us) :changed
-- From the title alone: it belongs there.
UPDATE handover SET willing_us = :now WHERE id = :id AND answer IS NULL AND willing_us IS NULL;

-- name: handover_set_told(case_id case_id, now time_us?) :exec
-- The person knows of the newest hand-over; no time yet while a letter or a call is to be made.
UPDATE handover SET notice = 'told', told_us = :now
WHERE case_id = :case_id AND position = (SELECT MAX(l.position) FROM handover l WHERE l.case_id = :case_id);

-- name: handover_set_chased(id handover_id, now time_us) :changed
-- Both and the level above were reminded.
UPDATE handover SET chased_us = :now WHERE id = :id AND chased_us IS NULL AND answer IS NULL;

-- name: handover_waiting_late(now time_us, n int) :many(200) (id handover_id, case_id case_id)
-- Questions nobody has answered in time and nobody was reminded of, the longest first.
-- plan: indexed
SELECT h.id, h.case_id FROM handover h
WHERE h.answer IS NULL AND h.due_us < :now AND h.chased_us IS NULL
  AND EXISTS (SELECT 1 FROM cases c WHERE c.id = h.case_id AND c.closed_us IS NULL AND c.status <> 'not_a_case')
ORDER BY h.due_us, h.id LIMIT :n;

-- name: handover_waiting_for(viewer user_id, n int) :many(100) (id handover_id, case_id case_id, number text, title text?, type text, unit unit_id, routine routine_id, received time_us, by user_id?, from_unit unit_id, to user_id?, to_unit unit_id, asked time_us, due time_us?, seen bool, secret bool, next_promise text?, next_due time_us)
-- What the viewer, or somebody the viewer stands in for, was asked to take over; also what may not be seen yet.
SELECT h.id, h.case_id, c.number, c.title, c.type, c.unit_id, c.routine_id, c.received_us, h.by_id, h.from_unit_id, h.to_id, h.to_unit_id,
       h.asked_us, h.due_us, (h.crosses = FALSE OR h.ground IS NOT NULL), c.secret, c.next_promise, c.next_due_us
FROM handover h JOIN cases c ON c.id = h.case_id
WHERE h.answer IS NULL AND c.closed_us IS NULL AND c.status <> 'not_a_case'
  AND (h.to_id = :viewer OR h.to_id IN (SELECT s.user_id FROM stand_in s WHERE s.deputy_id = :viewer))
ORDER BY h.asked_us, h.id LIMIT :n;

-- name: handover_waiting_by(viewer user_id, n int) :many(100) (id handover_id, case_id case_id, number text, title text?, type text, unit unit_id, routine routine_id, received time_us, by user_id?, from_unit unit_id, to user_id?, to_unit unit_id, asked time_us, due time_us?, seen bool, secret bool, next_promise text?, next_due time_us)
-- What the viewer handed over and nobody has taken yet.
SELECT h.id, h.case_id, c.number, c.title, c.type, c.unit_id, c.routine_id, c.received_us, h.by_id, h.from_unit_id, h.to_id, h.to_unit_id,
       h.asked_us, h.due_us, TRUE, c.secret, c.next_promise, c.next_due_us
FROM handover h JOIN cases c ON c.id = h.case_id
WHERE h.answer IS NULL AND c.closed_us IS NULL AND c.status <> 'not_a_case' AND (h.by_id = :viewer OR h.from_id = :viewer) AND @visible(c)
ORDER BY h.asked_us, h.id LIMIT :n;

-- name: handover_blind(number text, viewer user_id) :one (id handover_id, case_id case_id, number text, title text?, type text, by user_id?, from_unit unit_id, to_unit unit_id, asked time_us, due time_us?, willing time_us?)
-- A question across boards of which only the title may be seen yet, to the viewer.
SELECT h.id, h.case_id, c.number, c.title, c.type, h.by_id, h.from_unit_id, h.to_unit_id, h.asked_us, h.due_us, h.willing_us
FROM cases c JOIN handover h ON h.case_id = c.id
WHERE c.number = :number AND c.closed_us IS NULL AND h.answer IS NULL AND h.crosses AND h.ground IS NULL
  AND (h.to_id = :viewer OR h.to_id IN (SELECT s.user_id FROM stand_in s WHERE s.deputy_id = :viewer));

-- name: case_set_owner(id case_id, owner user_id, at time_us) :exec
-- The new owner has said yes.
UPDATE cases SET owner_id = :owner, accepted_us = :at WHERE id = :id;

-- name: case_set_place(id case_id, unit unit_id, routine routine_id) :exec
-- Another unit and the routine that goes with it.
UPDATE cases SET unit_id = :unit, routine_id = :routine WHERE id = :id;

-- name: case_team_list(case_id case_id) :many(200) (user user_id, part text)
-- Who takes part.
-- plan: indexed
SELECT m.user_id, m.part FROM case_team m WHERE m.case_id = :case_id ORDER BY m.user_id LIMIT 200;

-- name: case_team_put(case_id case_id, user user_id, part text) :exec
-- A part in the case.
INSERT INTO case_team (case_id, user_id, part) VALUES (:case_id, :user, :part)
ON CONFLICT (case_id, user_id) DO UPDATE SET part = :part;

-- name: case_team_drop(case_id case_id, user user_id) :exec
-- No part any longer.
DELETE FROM case_team WHERE case_id = :case_id AND user_id = :user;

-- name: case_team_owner_to_participant(case_id case_id) :exec
-- The former owner keeps reading: what he or she began does not vanish.
UPDATE case_team SET part = 'participant' WHERE case_id = :case_id AND part = 'owner';

-- name: promise_before_keep(case_id case_id, routine routine_id, now time_us) :exec
-- Before another routine comes into force: what was kept, and what was late, stays as it was.
INSERT INTO promise_before (case_id, code, routine_id, due_us, met_us)
SELECT p.case_id, p.code, :routine, p.due_us, p.met_us FROM promise p
WHERE p.case_id = :case_id AND (p.met_us IS NOT NULL OR (p.state IN ('running', 'missed') AND p.due_us < :now))
ON CONFLICT (case_id, code) DO NOTHING;

-- name: legal_ground_list() :many(100) (code text, provision text, words text, position int, active bool)
-- On what ground one board may tell another; a short list, in its order.
SELECT g.code, g.provision, g.words, g.position, g.active FROM legal_ground g ORDER BY g.position, g.code LIMIT 100;

-- name: work_of_absent(viewer user_id, absent user_id, n int) :many(100) (number text, title text?, type text, unit unit_id, routine routine_id, next_promise text?, next_due time_us)
-- Open cases of somebody the viewer stands in for, by date.
-- plan: indexed
SELECT c.number, c.title, c.type, c.unit_id, c.routine_id, c.next_promise, c.next_due_us
FROM cases c WHERE c.closed_us IS NULL AND c.owner_id = :absent AND @visible(c)
ORDER BY c.next_due_us, c.id LIMIT :n;

-- name: case_receiver(id case_id) :one (receiver user_id?)
-- Who of the staff took it in; none: the person wrote self.
SELECT c.receiver_id FROM cases c WHERE c.id = :id;

-- name: work_of_receiver(viewer user_id, n int) :many(100) (number text, title text?, type text, unit unit_id, routine routine_id, next_promise text?, next_due time_us)
-- What the viewer took in, answers for, and nobody has taken over, by date.
-- plan: indexed
SELECT c.number, c.title, c.type, c.unit_id, c.routine_id, c.next_promise, c.next_due_us
FROM cases c WHERE c.receiver_id = :viewer AND c.owner_id IS NULL AND c.closed_us IS NULL AND c.restricted = FALSE
ORDER BY c.next_due_us, c.id LIMIT :n;
