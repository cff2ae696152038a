-- Registering and sorting: see register.h.

-- name: case_set_registered(id case_id, diary_number text, registered time_us) :changed
-- The diary number, once.
UPDATE cases SET diary_number = :diary_number, registered_us = :registered WHERE id = :id AND diary_number IS NULL;

-- name: case_set_category(id case_id, type text, subject text?, title text?) :exec
-- Type, subject and title as chosen.
UPDATE cases SET type = :type, subject = :subject, title = :title WHERE id = :id;

-- name: case_set_secrecy(id case_id, secret bool, provision text?, since time_us?, who user_id?) :exec
-- The mark with its provision, date and who set it (OSL 5:5); or away with it.
UPDATE cases SET secret = :secret, secrecy_provision = :provision, secret_since_us = :since, secret_by = :who WHERE id = :id;
