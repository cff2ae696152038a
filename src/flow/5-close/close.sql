-- Closing and opening again: see close.h.

-- name: case_set_closed(id case_id, outcome text, measure_kind text?, at time_us) :exec
-- Closed, with outcome and measure.
UPDATE cases SET outcome = :outcome, measure_kind = COALESCE(:measure_kind, measure_kind), closed_us = :at WHERE id = :id;
