-- name: series_take(code text, year int) :one (last int)
-- Count the series up by one, from 1; the row stays locked until the transaction ends.
INSERT INTO series (code, year, last) VALUES (:code, :year, 1)
ON CONFLICT (code, year) DO UPDATE SET last = series.last + 1 RETURNING last;
