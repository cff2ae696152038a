-- A small town and what may be wrong with it.

-- name: t_town_add() :exec
-- The municipality's row.
INSERT INTO municipality (slug, name, phone, address, theme, changed) VALUES ('t', 'T', '', '', 'x', 1);

-- name: t_unit_add(code text, parent unit_id?, intake bool) :one (id unit_id)
-- A unit.
INSERT INTO unit (code, name, parent_id, level, public, intake, position)
VALUES (:code, :code, :parent, 'unit', TRUE, :intake, 1) RETURNING id;

-- name: t_above_add(unit unit_id, above unit_id) :exec
-- What is above it.
INSERT INTO unit_above (unit_id, above_id) VALUES (:unit, :above);

-- name: t_rules_add(sha256 blob) :one (id routine_id)
-- A routine.
INSERT INTO routine (code, version, title, valid_from, yaml, sha256, added_us)
VALUES ('r', 1, '', 0, '', :sha256, 1) RETURNING id;

-- name: t_person_add(login text) :one (id user_id)
-- Somebody.
INSERT INTO app_user (login, name, title, email, phone, language, active, failures)
VALUES (:login, '', '', '', '', 'sv', TRUE, 0) RETURNING id;

-- name: t_case_add(number text, unit unit_id, routine routine_id, contact_known bool, secret_hash blob) :one (id case_id)
-- A case as it comes in.
INSERT INTO cases (number, unit_id, routine_id, type, status, channel, language, submitter_role, contact_known,
                   reply_preference, secret, restricted, received_us, next_due_us, reopened, version, form_token_hash, code_hash,
                   diary_wait, diary_wait_us)
VALUES (:number, :unit, :routine, 'complaint', 'received', 'web', 'sv', 'unknown', :contact_known, 'none', FALSE, FALSE, 1000,
        9223372036854775807, 0, 1, :secret_hash, :secret_hash, 'register', 1000) RETURNING id;

-- name: t_case_spoil(id case_id) :exec
-- Everything about the case's own row is wrong.
UPDATE cases SET closed_us = 5, registered_us = 5, accepted_us = 5, secret = TRUE, contact_known = TRUE, next_promise = NULL,
    diary_closed_us = 5, diary_wait = ''
WHERE id = :id;

-- name: t_case_promise(id case_id) :exec
-- A promise in the list that the case does not have.
UPDATE cases SET next_promise = 'reply', closed_us = NULL WHERE id = :id;

-- name: t_promise_add(case_id case_id, code text, state text, met time_us?) :exec
-- A promise.
INSERT INTO promise (case_id, position, code, who, kind, state, met_us) VALUES (:case_id, 1, :code, 'handler', 'hard', :state, :met);

-- name: t_document_add(case_id case_id, number int, sealed sealed_id, size int, sha256 blob) :one (id document_id)
-- A paper.
INSERT INTO document (case_id, number, kind, direction, at_us, media_type, size_bytes, sha256, sealed_id)
VALUES (:case_id, :number, 'submission', 'in', 1000, 'text/plain', :size, :sha256, :sealed) RETURNING id;

-- name: t_arrival_change(id case_id) :exec
-- Must be refused: the arrival is never changed.
UPDATE cases SET received_us = received_us + 1 WHERE id = :id;

-- name: t_arrival_fixed_off() :exec
-- What somebody with the database's own rights could do.
-- sqlite:
DROP TRIGGER register.cases_fixed_received_us;
-- pg:
DROP TRIGGER cases_fixed_received_us ON cases;

-- name: t_document_append_only_off() :exec
-- What somebody with the database's own rights could do.
-- sqlite:
DROP TRIGGER register.document_no_update;
-- pg:
DROP TRIGGER document_append_only ON document;

-- name: t_document_hash(id document_id, sha256 blob) :exec
-- Somebody changes a paper's hash.
UPDATE document SET sha256 = :sha256 WHERE id = :id;

-- name: t_entry_add(document document_id, name sealed_id) :exec
-- What the register says of a paper.
INSERT INTO document_entry (document_id, party, party_name_id, brief, event_number, hide_party, hide_brief, changed_us)
VALUES (:document, 'individual', :name, '', '', FALSE, FALSE, 1);

-- name: t_outbox_add(case_id case_id, status text, sent time_us?) :exec
-- A letter.
INSERT INTO outbox (case_id, kind, status, created_us, due_us, attempts, sent_us) VALUES (:case_id, 'reply', :status, 1, 1, 0, :sent);

-- name: t_task_add(case_id case_id, done time_us?) :exec
-- Something to do, done by nobody.
INSERT INTO task (case_id, kind, purpose, created_us, done_us) VALUES (:case_id, 'letter', 'reply', 1, :done);

-- name: t_counted_add(unit unit_id) :exec
-- A promise in the statistics that no case has.
INSERT INTO promise_day (unit_id, day, code, outcome, notice, n, folded) VALUES (:unit, 1, 'reply', 'met', 'none', 1, TRUE);

-- name: t_delay_add(case_id case_id, document_id document_id, user user_id) :exec
-- A new date that lies before the old one.
INSERT INTO delay (case_id, position, code, before_us, new_us, way, document_id, made_us, user_id)
VALUES (:case_id, 1, 'reply', 2, 1, 'letter', :document_id, 1, :user);

-- name: t_append_only_off() :exec
-- What somebody with the database's own rights could do.
-- sqlite:
DROP TRIGGER register.event_no_update;
-- pg:
DROP TRIGGER event_append_only ON event;

-- name: t_append_only_off_delete() :exec
-- The same for deletion.
-- sqlite:
DROP TRIGGER register.event_no_delete;
-- pg:
SELECT 1 AS done WHERE FALSE;

-- name: t_journal_change(id event_id, data text) :exec
-- Another story.
UPDATE event SET data = :data WHERE id = :id;

-- name: t_journal_rehash(id event_id, hash blob) :exec
-- Another hash.
UPDATE event SET hash = :hash WHERE id = :id;

-- name: t_journal_delete(id event_id) :exec
-- No story.
DELETE FROM event WHERE id = :id;

-- name: t_journal_count() :one (n int)
-- How many stories.
SELECT COUNT(*) AS n FROM event;
