-- The municipality's own letters: see letter_template.h. What is in force is read by case_letter.sql.

-- name: letter_template_add(routine text, kind text, language text, version int, subject text, body text, withdrawn bool,
--     now time_us, who user_id) :exec
-- A new version; an old number is refused by the key.
INSERT INTO letter_template (routine, kind, language, version, subject, body, withdrawn, saved_us, saved_by)
VALUES (:routine, :kind, :language, :version, :subject, :body, :withdrawn, :now, :who);

-- name: letter_template_versions(routine text, kind text, language text) :many(50) (version int, subject text, body text,
--     withdrawn bool, saved time_us, saved_by user_id)
-- Newest first.
-- plan: indexed
SELECT t.version, t.subject, t.body, t.withdrawn, t.saved_us, t.saved_by FROM letter_template t
WHERE t.routine = :routine AND t.kind = :kind AND t.language = :language ORDER BY t.version DESC LIMIT 50;

-- name: letter_template_in_force() :many(2000) (routine text, kind text, language text, version int, saved time_us,
--     saved_by user_id)
-- Every letter that the municipality has words of its own for.
SELECT t.routine, t.kind, t.language, t.version, t.saved_us, t.saved_by FROM letter_template t
WHERE NOT t.withdrawn AND t.version = (SELECT MAX(n.version) FROM letter_template n
                                       WHERE n.routine = t.routine AND n.kind = t.kind AND n.language = t.language)
ORDER BY t.routine, t.kind, t.language LIMIT 2000;
