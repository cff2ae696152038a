-- The person is told that it takes longer: see delay.h.

-- name: delay_list(case_id case_id) :many(60) (position int, code text, before time_us, new_due time_us, way text, document document_id, made time_us, user user_id, told time_us?)
-- Every time, the first first.
-- plan: indexed
SELECT d.position, d.code, d.before_us, d.new_us, d.way, d.document_id, d.made_us, d.user_id, d.told_us
FROM delay d WHERE d.case_id = :case_id ORDER BY d.position LIMIT 60;

-- name: delay_add(case_id case_id, position int, code text, before time_us, new_due time_us, way text, document document_id, made time_us, user user_id, told time_us?) :exec
-- Once more.
INSERT INTO delay (case_id, position, code, before_us, new_us, way, document_id, made_us, user_id, told_us)
VALUES (:case_id, :position, :code, :before, :new_due, :way, :document, :made, :user, :told);

-- name: delay_set_told(case_id case_id, document document_id, told time_us?, way text?) :exec
-- The letter was posted or the call made; or it turned out that the mail did not arrive (NULL). way: another one than was meant.
UPDATE delay SET told_us = :told, way = COALESCE(:way, way) WHERE case_id = :case_id AND document_id = :document;
