-- What became of promises in a period: see promise_stats.h. From the daily counts, never from the cases.

-- fragment: counted(d)
d.day >= :from_day AND d.day <= :to_day AND (d.outcome <> 'open' OR d.day < :today)
  AND (d.unit_id IN (SELECT r.unit_id FROM unit_reader r WHERE r.user_id = :viewer)
       OR d.unit_id IN (SELECT sr.unit_id FROM stand_in s JOIN unit_reader sr ON sr.user_id = s.user_id WHERE s.deputy_id = :viewer))
  AND (:unit IS NULL OR d.unit_id IN (SELECT a.unit_id FROM unit_above a WHERE a.above_id = :unit))

-- name: promise_stats_sums(viewer user_id, unit unit_id?, from_day date, to_day date, today date) :many(9000) (unit unit_id, code text, outcome text, notice text, n int)
-- How many of each kind, by unit and promise; of what is not kept yet only what is past its date. As many rows as units times
-- promises times kinds.
SELECT d.unit_id, d.code, d.outcome, d.notice, CAST(SUM(d.n) AS bigint) FROM promise_day d
WHERE @counted(d) GROUP BY d.unit_id, d.code, d.outcome, d.notice HAVING SUM(d.n) <> 0
ORDER BY d.unit_id, d.code, d.outcome, d.notice LIMIT 9000;

-- name: promise_stats_units(viewer user_id) :many(2000) (unit unit_id)
-- The units whose figures the viewer may see.
SELECT r.unit_id FROM unit_reader r WHERE r.user_id = :viewer
UNION
SELECT sr.unit_id FROM stand_in s JOIN unit_reader sr ON sr.user_id = s.user_id WHERE s.deputy_id = :viewer
ORDER BY 1 LIMIT 2000;
