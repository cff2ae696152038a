-- What left by an exit: see exit.h.

-- name: exit_add(case_id case_id, code text, action text, at time_us, who user_id, unit unit_id, from_status text, sole bool, owner_before user_id?, accepted_before time_us?, to_user user_id?, n_told int, body body_id?, grounds text, told text, told_document document_id?, reason sealed_id?, reference sealed_id?, needs_taken bool, needs_entry bool) :one (id exit_id)
-- An exit is taken. Who saw the case before is read from the case itself.
INSERT INTO case_exit (case_id, code, action, at_us, user_id, unit_id, from_status, sole, was_restricted, owner_before, accepted_before_us,
    to_user, n_told, body_id, grounds, told, told_document_id, reason_id, reference_id, needs_taken, needs_entry)
SELECT c.id, :code, :action, :at, :who, :unit, :from_status, :sole, c.restricted, :owner_before, :accepted_before,
    :to_user, :n_told, :body, :grounds, :told, :told_document, :reason, :reference, :needs_taken, :needs_entry
FROM cases c WHERE c.id = :case_id
RETURNING id;

-- name: exit_latest(case_id case_id) :one (id exit_id, code text, action text, at time_us, who user_id, unit unit_id, from_status text, sole bool, was_restricted bool, owner_before user_id?, accepted_before time_us?, to_user user_id?, n_told int, body body_id?, grounds text, told text, told_document document_id?, reason sealed_id?, reference sealed_id?, needs_taken bool, needs_entry bool, taken time_us?, taken_by user_id?, copy_document document_id?, heard time_us?, undone time_us?, undone_by user_id?, undone_reason sealed_id?)
-- The exit taken last, whether it stands or was taken back.
-- plan: indexed
SELECT x.id, x.code, x.action, x.at_us, x.user_id, x.unit_id, x.from_status, x.sole, x.was_restricted, x.owner_before,
    x.accepted_before_us, x.to_user, x.n_told, x.body_id, x.grounds, x.told, x.told_document_id, x.reason_id, x.reference_id,
    x.needs_taken, x.needs_entry, x.taken_us, x.taken_by, x.copy_document_id, x.heard_us, x.undone_us, x.undone_by, x.undone_reason_id
FROM case_exit x WHERE x.case_id = :case_id ORDER BY x.id DESC LIMIT 1;

-- name: exit_team_keep(exit_id exit_id, case_id case_id) :exec
-- Who was in the team, to be put back.
INSERT INTO case_exit_team (exit_id, user_id, part) SELECT :exit_id, m.user_id, m.part FROM case_team m WHERE m.case_id = :case_id;

-- name: exit_team_clear(case_id case_id) :exec
-- Nobody sees a restricted case any more.
DELETE FROM case_team WHERE case_id = :case_id;

-- name: exit_team_back(exit_id exit_id, case_id case_id) :exec
-- The team as it was.
INSERT INTO case_team (case_id, user_id, part) SELECT :case_id, t.user_id, t.part FROM case_exit_team t WHERE t.exit_id = :exit_id;

-- name: exit_set_seen(id case_id, restricted bool, owner user_id?, accepted time_us?) :exec
-- Who sees the case and who owns it, from now on.
UPDATE cases SET restricted = :restricted, owner_id = :owner, accepted_us = :accepted WHERE id = :id;

-- name: exit_open_again(id case_id) :exec
-- It is in the lists again.
UPDATE cases SET closed_us = NULL WHERE id = :id;

-- name: exit_set_taken(id exit_id, who user_id, at time_us) :exec
-- The one it was handed to has it; the first time counts.
UPDATE case_exit SET taken_us = :at, taken_by = :who WHERE id = :id AND taken_us IS NULL;

-- name: exit_set_reference(id exit_id, reference sealed_id) :exec
-- The number of the other matter.
UPDATE case_exit SET reference_id = :reference WHERE id = :id;

-- name: exit_set_copy(id exit_id, document document_id) :exec
-- The copy of the answer is here.
UPDATE case_exit SET copy_document_id = :document WHERE id = :id;

-- name: exit_heard(case_id case_id, at time_us) :exec
-- The person wrote after the exit: somebody must look.
UPDATE case_exit SET heard_us = :at WHERE case_id = :case_id AND undone_us IS NULL AND action <> 'move';

-- name: exit_looked(id exit_id) :exec
-- Somebody has looked.
UPDATE case_exit SET heard_us = NULL WHERE id = :id;

-- name: exit_set_undone(id exit_id, who user_id, at time_us, reason sealed_id?) :changed
-- Taken back, once.
UPDATE case_exit SET undone_us = :at, undone_by = :who, undone_reason_id = :reason WHERE id = :id AND undone_us IS NULL;

-- name: exit_mail(case_id case_id) :one (name text, email text)
-- Where a letter to the body of the exit that stands is sent.
SELECT b.name, b.email FROM case_exit x JOIN external_body b ON b.id = x.body_id
WHERE x.case_id = :case_id AND x.undone_us IS NULL AND x.action <> 'move';

-- name: exit_numbers(viewer user_id, since time_us, until time_us) :many(2000) (code text, unit unit_id, n int, n_undone int)
-- How often each exit was taken within the viewer's reach, and how often it was taken back. What only one person may see is
-- counted for that person alone.
SELECT x.code, x.unit_id, COUNT(*), COALESCE(SUM(CASE WHEN x.undone_us IS NULL THEN 0 ELSE 1 END), 0)
FROM case_exit x JOIN cases c ON c.id = x.case_id
WHERE x.at_us >= :since AND x.at_us < :until
  AND ((x.sole = FALSE AND EXISTS (SELECT 1 FROM unit_reader r WHERE r.user_id = :viewer AND r.unit_id = x.unit_id)) OR @visible(c))
GROUP BY x.code, x.unit_id ORDER BY x.code, x.unit_id LIMIT 2000;

-- name: exit_handed_by(viewer user_id) :many(50) (number text, at time_us)
-- What the viewer handed, or took in and somebody handed, to one who alone sees it: that it was done, and nothing more.
SELECT c.number, x.at_us FROM case_exit x JOIN cases c ON c.id = x.case_id
WHERE x.sole AND x.undone_us IS NULL AND (x.user_id = :viewer OR c.receiver_id = :viewer) ORDER BY x.at_us DESC LIMIT 50;

-- name: case_team(case_id case_id) :many(200) (user user_id, part text)
-- Who takes part in a case.
SELECT m.user_id, m.part FROM case_team m WHERE m.case_id = :case_id ORDER BY m.part, m.user_id LIMIT 200;

-- name: exit_recall_mail(case_id case_id) :exec
-- Taken back before it went: the letter to the body is not sent.
UPDATE outbox SET status = 'given_up' WHERE case_id = :case_id AND kind = 'handed_on' AND status IN ('queued', 'failed');

-- name: exit_recall_tasks(case_id case_id) :exec
-- The same for a letter somebody was to post.
DELETE FROM task WHERE case_id = :case_id AND purpose = 'handed_on' AND done_us IS NULL;

-- name: exit_withdraw_question(case_id case_id, who user_id, at time_us) :exec
-- Nobody is asked to take over what is not handled here; across boards the question would go on showing the title.
UPDATE handover SET answer = 'taken_back', answered_us = :at, answered_by = :who WHERE case_id = :case_id AND answer IS NULL;
