-- How something written came to us: see arrival.h.

-- name: arrival_insert(case_id case_id, arrived date, paper_form bool, link sealed_id?, aside sealed_id?, organisation sealed_id?, reference sealed_id?) :exec
-- Once for each case, never changed.
INSERT INTO arrival (case_id, arrived, paper_form, link_id, aside_id, organisation_id, reference_id)
VALUES (:case_id, :arrived, :paper_form, :link, :aside, :organisation, :reference);

-- name: arrival_get(case_id case_id) :one (arrived date, paper_form bool, link sealed_id?, aside sealed_id?, organisation sealed_id?, reference sealed_id?)
-- How a case came; none: by the web form, by word of mouth.
-- plan: indexed
SELECT a.arrived, a.paper_form, a.link_id, a.aside_id, a.organisation_id, a.reference_id FROM arrival a WHERE a.case_id = :case_id;

-- name: arrival_entered(case_id case_id) :one (entered time_us?)
-- When staff took it in; none: it came by itself.
-- plan: indexed
SELECT c.entered_us FROM cases c WHERE c.id = :case_id;
