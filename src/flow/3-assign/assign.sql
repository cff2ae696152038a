-- Handing over and taking on: see assign.h.

-- name: case_set_owner(id case_id, owner user_id) :exec
-- The new owner has not accepted yet.
UPDATE cases SET owner_id = :owner, accepted_us = NULL WHERE id = :id;

-- name: case_set_accepted(id case_id, at time_us) :exec
-- The owner took it on.
UPDATE cases SET accepted_us = :at WHERE id = :id;

-- name: case_team_put(case_id case_id, user user_id, part text) :exec
-- A part in the case.
INSERT INTO case_team (case_id, user_id, part) VALUES (:case_id, :user, :part)
ON CONFLICT (case_id, user_id) DO UPDATE SET part = :part;

-- name: case_team_owner_to_participant(case_id case_id) :exec
-- The former owner keeps reading: what he or she began does not vanish.
UPDATE case_team SET part = 'participant' WHERE case_id = :case_id AND part = 'owner';
