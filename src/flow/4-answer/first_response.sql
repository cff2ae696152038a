-- The first response: see first_response.h.

-- name: fact_set_earlier(case_id case_id, code text, at time_us) :exec
-- Something happened, perhaps before what was written down of it so far: the earlier time counts.
INSERT INTO fact (case_id, code, at_us) VALUES (:case_id, :code, :at)
ON CONFLICT (case_id, code) DO UPDATE SET at_us = :at WHERE fact.at_us > :at;

-- name: message_told_put(document document_id, told text) :exec
-- What a message says.
INSERT INTO message_told (document_id, told) VALUES (:document, :told);

-- name: message_told_get(document document_id) :one (told text)
-- The same, read.
SELECT t.told FROM message_told t WHERE t.document_id = :document;
