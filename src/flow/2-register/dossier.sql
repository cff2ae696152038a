-- The papers of a case as a register: see dossier.h.

-- name: dossier_list(case_id case_id) :many(2000) (id document_id, number int, kind text, direction text, at time_us, user user_id?, parent document_id?, media_type text, size_bytes int, sha256 blob, body sealed_id, name sealed_id?, party text?, party_name sealed_id?, brief text?, event_number text?, hide_party bool, hide_brief bool, has_entry bool)
-- All papers in order, with what the register says of them. Whether the caller may see the case was asked before.
-- plan: indexed
SELECT d.id, d.number, d.kind, d.direction, d.at_us, d.user_id, d.parent_id, d.media_type, d.size_bytes, d.sha256, d.sealed_id, d.name_id,
       e.party, e.party_name_id, e.brief, e.event_number, COALESCE(e.hide_party, FALSE), COALESCE(e.hide_brief, FALSE),
       e.document_id IS NOT NULL
FROM document d LEFT JOIN document_entry e ON e.document_id = d.id
WHERE d.case_id = :case_id ORDER BY d.number LIMIT 2000;

-- name: dossier_entry_write(document document_id, party text, party_name sealed_id?, brief text, event_number text, hide_party bool, hide_brief bool, changed time_us, who user_id?) :exec
-- What the register says of a paper; the history is in the journal.
INSERT INTO document_entry (document_id, party, party_name_id, brief, event_number, hide_party, hide_brief, changed_us, changed_by)
VALUES (:document, :party, :party_name, :brief, :event_number, :hide_party, :hide_brief, :changed, :who)
ON CONFLICT (document_id) DO UPDATE SET party = :party, party_name_id = :party_name, brief = :brief, event_number = :event_number,
    hide_party = :hide_party, hide_brief = :hide_brief, changed_us = :changed, changed_by = :who;

-- name: public_diary_read(viewer user_id, since time_us, until time_us, after time_us, after_id document_id, n int) :many(2000) (id document_id, number int, kind text, direction text, at time_us, case_number text, diary_number text?, unit unit_id, title text?, secret bool, party text?, brief text?, event_number text?, hide_party bool, hide_brief bool)
-- What came in and went out in these days, of all cases the viewer may see that are in the diary.
-- plan: indexed
SELECT d.id, d.number, d.kind, d.direction, d.at_us, c.number, c.diary_number, c.unit_id, c.title, c.secret, e.party, e.brief, e.event_number,
       COALESCE(e.hide_party, FALSE), COALESCE(e.hide_brief, FALSE)
FROM document d JOIN cases c ON c.id = d.case_id LEFT JOIN document_entry e ON e.document_id = d.id
WHERE d.at_us >= :since AND d.at_us < :until AND (d.at_us, d.id) > (:after, :after_id)
  AND d.direction <> 'internal' AND c.diary_number IS NOT NULL AND @visible(c)
ORDER BY d.at_us, d.id LIMIT :n;
