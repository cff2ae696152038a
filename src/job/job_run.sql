-- Jobs that run once among all hosts: see job.h.

-- name: job_run_get(code text) :one (last time_us?, lease time_us?, failures int, late time_us?)
-- When a job last ended, until when somebody runs it, how often in a row it failed, when it should have run again.
SELECT j.last_us, j.lease_us, j.failures, j.late_us FROM job_run j WHERE j.code = :code;

-- name: job_run_claim(code text, seen time_us?, real_now time_us, lease time_us) :changed
-- Nobody else runs it, nor has since it was seen: it is ours until the lease ends.
INSERT INTO job_run (code, lease_us) VALUES (:code, :lease)
ON CONFLICT (code) DO UPDATE SET lease_us = :lease
WHERE (job_run.lease_us IS NULL OR job_run.lease_us < :real_now) AND job_run.last_us IS NOT DISTINCT FROM :seen;

-- name: job_run_done(code text, at time_us, late time_us) :exec
-- It was done; the watchdog misses it from then on.
INSERT INTO job_run (code, last_us, failures, late_us) VALUES (:code, :at, 0, :late)
ON CONFLICT (code) DO UPDATE SET last_us = :at, lease_us = NULL, failures = 0, late_us = :late;

-- name: job_run_failed(code text) :exec
-- It failed: somebody may try again.
INSERT INTO job_run (code, failures) VALUES (:code, 1)
ON CONFLICT (code) DO UPDATE SET lease_us = NULL, failures = job_run.failures + 1;

-- name: job_sweep_sessions(now time_us) :changed
-- Sessions that are over.
DELETE FROM session WHERE expires_us <= :now;

-- name: job_sweep_form_files(before time_us) :changed
-- Files of forms that nobody sent within a day; those of a draft stay with it.
DELETE FROM form_file WHERE at_us < :before
  AND NOT EXISTS (SELECT 1 FROM intake_draft d WHERE d.token_hash = form_file.token_hash);

-- name: job_sweep_intake_drafts(before time_us) :changed
-- What staff began to take in and did not go on with.
DELETE FROM intake_draft WHERE saved_us < :before;
