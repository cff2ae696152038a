-- What staff take in: see take_in.h.

-- name: taken_in_add(case_id case_id, formalised text, asked_complaint text, informed bool, write_self text, read_back bool, on_behalf text, spoken text) :exec
-- What was asked while the case was taken in.
INSERT INTO taken_in (case_id, formalised, asked_complaint, informed, write_self, read_back, on_behalf, spoken)
VALUES (:case_id, :formalised, :asked_complaint, :informed, :write_self, :read_back, :on_behalf, :spoken);

-- name: taken_in_get(case_id case_id) :one (receiver user_id?, entered time_us?, received time_us, channel text, submitter_role text, formalised text, asked_complaint text, informed bool, write_self text, read_back bool, on_behalf text, spoken text)
-- How a case was taken in by staff; none: the person wrote self.
-- plan: indexed
SELECT c.receiver_id, c.entered_us, c.received_us, c.channel, c.submitter_role, t.formalised, t.asked_complaint, t.informed, t.write_self, t.read_back,
       t.on_behalf, t.spoken
FROM taken_in t JOIN cases c ON c.id = t.case_id WHERE t.case_id = :case_id;

-- name: taken_in_receipt(number text, receiver user_id) :one (id case_id, entered time_us)
-- A case the viewer took in, for the receipt that is given to the person.
-- plan: indexed
SELECT c.id, c.entered_us FROM cases c WHERE c.number = :number AND c.receiver_id = :receiver AND c.entered_us IS NOT NULL AND c.restricted = FALSE;

-- name: tally_add(day date, unit unit_id, routine routine_id, kind text, type text, subject text?, channel text, form_token_hash blob) :exec
-- One more that made no case; the same form again counts once.
INSERT INTO tally (day, unit_id, routine_id, kind, type, subject, channel, form_token_hash)
VALUES (:day, :unit, :routine, :kind, :type, :subject, :channel, :form_token_hash) ON CONFLICT (form_token_hash) DO NOTHING;

-- name: tally_by_token(form_token_hash blob) :one (kind text)
-- What this very form was counted as before, if it was.
-- plan: indexed
SELECT t.kind FROM tally t WHERE t.form_token_hash = :form_token_hash;

-- name: promise_task_add(case_id case_id, document document_id, user user_id?, now time_us, due time_us?) :exec
-- Somebody promised the person something; user none: whoever has the case shall do it.
INSERT INTO task (case_id, kind, purpose, document_id, user_id, created_us, due_us)
VALUES (:case_id, 'promise', 'promise', :document, :user, :now, :due);
