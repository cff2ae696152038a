-- What /metrics tells of the store: see metrics_page.c.

-- name: metrics_watch() :many(50) (kind text, n int, oldest time_us?, at time_us)
-- What the watchdog found last (flow/watch/watch_job.c).
SELECT w.kind, w.n, w.oldest_us, w.at_us FROM watch_state w ORDER BY w.kind LIMIT 50;
