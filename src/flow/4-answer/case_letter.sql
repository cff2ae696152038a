-- A letter's text as the municipality has it: see case_letter.h.

-- name: letter_template_newest(routine text, kind text, language text) :one (version int, subject text, body text,
--     withdrawn bool)
-- The newest version; routine '': the one for all.
-- plan: indexed
SELECT t.version, t.subject, t.body, t.withdrawn FROM letter_template t
WHERE t.routine = :routine AND t.kind = :kind AND t.language = :language ORDER BY t.version DESC LIMIT 1;
