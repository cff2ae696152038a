-- A new case: see intake.h.

-- name: case_by_form_token(form_token_hash blob) :one (id case_id, number text, code_hash blob)
-- The case this very form made before, if it did.
-- plan: indexed
SELECT c.id, c.number, c.code_hash FROM cases c WHERE c.form_token_hash = :form_token_hash;

-- name: case_insert(number text, unit unit_id, routine routine_id, type text, subject text?, channel text, language text, submitter_role text, contact_known bool, reply_preference text, secret bool, secrecy_provision text?, secret_since time_us?, received time_us, receiver user_id?, entered time_us?, form_token_hash blob, code_hash blob) :one (id case_id)
-- A new case; its state and promises follow by case_step.
INSERT INTO cases (number, unit_id, routine_id, type, subject, status, channel, language, submitter_role, contact_known, reply_preference,
                   secret, secrecy_provision, secret_since_us, restricted, received_us, receiver_id, entered_us, next_due_us, reopened, version, form_token_hash, code_hash)
VALUES (:number, :unit, :routine, :type, :subject, 'received', :channel, :language, :submitter_role, :contact_known, :reply_preference,
        :secret, :secrecy_provision, :secret_since, FALSE, :received, :receiver, :entered, 9223372036854775807, 0, 1, :form_token_hash, :code_hash) RETURNING id;

-- name: case_receipt(id case_id) :one (number text, type text, reply_preference text, contact_known bool, form_token_hash blob)
-- What the receipt is made of.
SELECT c.number, c.type, c.reply_preference, c.contact_known, c.form_token_hash FROM cases c WHERE c.id = :id;
