-- The one way a case changes: lock, check, write, journal. See change.h.

-- fragment: case_columns(c)
c.id, c.number, c.unit_id, c.routine_id, c.type, c.subject, c.title, c.status, c.channel, c.language, c.contact_known,
c.reply_preference, c.secret, c.secrecy_provision, c.secret_since_us, c.secret_by, c.received_us, c.registered_us,
c.diary_number, c.owner_id, c.accepted_us, c.next_promise, c.next_due_us, c.outcome, c.measure_kind, c.closed_us, c.reopened, c.version

-- name: case_find(number text, viewer user_id) :one (id case_id, number text, unit unit_id, routine routine_id, type text, subject text?, title text?, status text, channel text, language text, contact_known bool, reply_preference text, secret bool, secrecy_provision text?, secret_since time_us?, secret_by user_id?, received time_us, registered time_us?, diary_number text?, owner user_id?, accepted time_us?, next_promise text?, next_due time_us, outcome text?, measure_kind text?, closed time_us?, reopened int, version int)
-- The case with this number, if the viewer may see it: the same answer when it does not exist.
-- plan: indexed
SELECT @case_columns(c) FROM cases c WHERE c.number = :number AND @visible(c);

-- name: case_lock(id case_id) :one (id case_id, number text, unit unit_id, routine routine_id, type text, subject text?, title text?, status text, channel text, language text, contact_known bool, reply_preference text, secret bool, secrecy_provision text?, secret_since time_us?, secret_by user_id?, received time_us, registered time_us?, diary_number text?, owner user_id?, accepted time_us?, next_promise text?, next_due time_us, outcome text?, measure_kind text?, closed time_us?, reopened int, version int)
-- The same row, nobody else's until the transaction ends. Whether the caller may have it was asked before (case_find). On
-- PostgreSQL without its key: the search job, which adds rows that refer to the case while it holds search_pending, must not
-- wait for somebody who waits for search_pending.
SELECT @case_columns(c) FROM cases c WHERE c.id = :id;
-- pg:
SELECT @case_columns(c) FROM cases c WHERE c.id = :id FOR NO KEY UPDATE;

-- name: case_roles(case_id case_id, viewer user_id) :many(40) (role text)
-- The roles a person has for this case: those held in its unit or above, the part in the case itself, and having taken it in.
SELECT r.role FROM cases c JOIN unit_above a ON a.unit_id = c.unit_id JOIN user_role r ON r.unit_id = a.above_id
WHERE c.id = :case_id AND r.user_id = :viewer
UNION
SELECT m.part FROM case_team m WHERE m.case_id = :case_id AND m.user_id = :viewer
UNION
SELECT 'receiver' FROM cases t WHERE t.id = :case_id AND t.receiver_id = :viewer AND t.restricted = FALSE
LIMIT 40;

-- name: case_roles_for(case_id case_id, viewer user_id) :many(200) (user user_id, role text)
-- The roles of those the viewer stands in for today, person by person; none in a restricted case.
SELECT s.user_id, r.role FROM stand_in s JOIN cases c ON c.id = :case_id AND c.restricted = FALSE
JOIN unit_above a ON a.unit_id = c.unit_id JOIN user_role r ON r.unit_id = a.above_id AND r.user_id = s.user_id
WHERE s.deputy_id = :viewer
UNION
SELECT s.user_id, m.part FROM stand_in s JOIN cases c ON c.id = :case_id AND c.restricted = FALSE
JOIN case_team m ON m.case_id = c.id AND m.user_id = s.user_id
WHERE s.deputy_id = :viewer
ORDER BY 1, 2 LIMIT 200;

-- name: case_set_status(id case_id, version int, status text) :changed
-- The new state, if nobody changed the case since it was read.
UPDATE cases SET status = :status, version = version + 1 WHERE id = :id AND version = :version;

-- name: case_latest_events(case_id case_id, n int) :many(20) (kind text)
-- What happened to the case, the newest first.
-- plan: indexed
SELECT e.kind FROM event e WHERE e.case_id = :case_id ORDER BY e.id DESC LIMIT :n;

-- name: fact_set(case_id case_id, code text, at time_us) :exec
-- Something promises count from happened: only the first time is kept.
INSERT INTO fact (case_id, code, at_us) VALUES (:case_id, :code, :at) ON CONFLICT (case_id, code) DO NOTHING;

-- name: fact_move(case_id case_id, code text, at time_us) :exec
-- The same where the latest time counts (reopened).
INSERT INTO fact (case_id, code, at_us) VALUES (:case_id, :code, :at) ON CONFLICT (case_id, code) DO UPDATE SET at_us = :at;

-- name: fact_clear(case_id case_id, code text, since time_us) :exec
-- It turned out not to have happened: a delivery failed. An earlier, real one stays.
DELETE FROM fact WHERE case_id = :case_id AND code = :code AND at_us >= :since;

-- name: fact_list(case_id case_id) :many(60) (code text, at time_us)
-- What promises count from or are met by, as it happened.
SELECT f.code, f.at_us FROM fact f WHERE f.case_id = :case_id ORDER BY f.at_us, f.code LIMIT 60;

-- name: waiver_list(case_id case_id) :many(60) (code text, at time_us, who user_id)
-- Promises and gates let go.
SELECT w.code, w.at_us, w.user_id FROM waiver w WHERE w.case_id = :case_id ORDER BY w.at_us LIMIT 60;

-- name: promise_before_list(case_id case_id) :many(100) (code text, due time_us?, met time_us?)
-- What was kept or late under a routine the case stood under before (3-assign/handover.h).
SELECT b.code, b.due_us, b.met_us FROM promise_before b WHERE b.case_id = :case_id ORDER BY b.code LIMIT 100;

-- name: promise_clear(case_id case_id) :exec
-- Before the rows are written anew.
DELETE FROM promise WHERE case_id = :case_id;

-- name: promise_add(case_id case_id, position int, code text, who text, kind text, state text, due time_us?, met time_us?, new_due time_us?, answers bool, day date?, unit unit_id?, outcome text, notice text) :exec
-- One promise as the engine computed it, and how it is counted.
INSERT INTO promise (case_id, position, code, who, kind, state, due_us, met_us, new_due_us, answers, counted_day, counted_unit, outcome, notice)
VALUES (:case_id, :position, :code, :who, :kind, :state, :due, :met, :new_due, :answers, :day, :unit, :outcome, :notice);

-- name: case_set_next(id case_id, promise text?, due time_us, wait text, since time_us, diary_by text, see_to text) :exec
-- The promise that comes next, and what the case waits for in the diary: for lists.
UPDATE cases SET next_promise = :promise, next_due_us = :due, diary_wait = :wait, diary_wait_us = :since, diary_by = :diary_by,
    diary_for = :see_to WHERE id = :id;

-- name: search_pending_add(case_id case_id) :exec
-- The case has words that the index does not know yet.
INSERT INTO search_pending (case_id) VALUES (:case_id) ON CONFLICT (case_id) DO NOTHING;

-- name: case_set_reopened(id case_id) :exec
-- A closed case lives again: it is in the work-lists, and how often that happened is counted.
UPDATE cases SET closed_us = NULL, reopened = reopened + 1 WHERE id = :id;

-- name: waiver_add(case_id case_id, code text, at time_us, who user_id, reason sealed_id) :exec
-- A promise or gate is let go; the reason is sealed.
INSERT INTO waiver (case_id, code, at_us, user_id, reason_id) VALUES (:case_id, :code, :at, :who, :reason)
ON CONFLICT (case_id, code) DO UPDATE SET at_us = :at, user_id = :who, reason_id = :reason;

-- name: case_exit_code(case_id case_id) :one (code text)
-- The exit that stands, if one does: other promises hold then. A case that moved is an ordinary one where it is now.
-- plan: indexed
SELECT x.code FROM case_exit x WHERE x.case_id = :case_id AND x.undone_us IS NULL AND x.action <> 'move';

-- name: case_settle_exit(id case_id, now time_us) :exec
-- A case that left by an exit stays in the lists until nothing is left to do: told by hand what must be, delivered what was
-- sent, received where it went, entered where it must be, read what the person wrote since.
UPDATE cases SET closed_us = CASE
    WHEN EXISTS (SELECT 1 FROM task t WHERE t.case_id = cases.id AND t.done_us IS NULL)
      OR EXISTS (SELECT 1 FROM outbox o WHERE o.case_id = cases.id AND o.status = 'failed')
      OR EXISTS (SELECT 1 FROM case_exit x WHERE x.case_id = cases.id AND x.undone_us IS NULL
                 AND ((x.needs_taken AND x.taken_us IS NULL) OR x.heard_us IS NOT NULL
                      OR (x.needs_entry AND x.reference_id IS NULL AND cases.diary_number IS NULL)))
    THEN NULL ELSE COALESCE(closed_us, :now) END
WHERE id = :id AND status = 'not_a_case';
