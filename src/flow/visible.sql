-- Who may see a case: one condition, used by every list, page, search and count that staff reach. More kinds come here and
-- nowhere else. Reach by role and unit (unit_reader is worked out from roles), having taken it in, or a part in the case itself;
-- a restricted case is seen by its team only. Who stands in for somebody today sees what that person sees, but no
-- restricted case: those are for persons, not posts (decision 0026). Source: S0.43, S1.43, S3.34; design.md 3.10.

-- What a program with a key may see: the cases of the key's unit and below, never a restricted one.
-- fragment: visible_to_key(c)
(c.restricted = FALSE AND EXISTS (SELECT 1 FROM unit_above ka WHERE ka.unit_id = c.unit_id AND ka.above_id = :key_unit))

-- Never NULL: some lists show it as a column ("may the viewer see this case?").
-- fragment: visible(c)
((c.restricted = FALSE AND ((c.receiver_id IS NOT NULL AND c.receiver_id = :viewer)
                            OR EXISTS (SELECT 1 FROM unit_reader r WHERE r.user_id = :viewer AND r.unit_id = c.unit_id)))
 OR EXISTS (SELECT 1 FROM case_team m WHERE m.case_id = c.id AND m.user_id = :viewer)
 OR (c.restricted = FALSE AND EXISTS (SELECT 1 FROM stand_in s WHERE s.deputy_id = :viewer
     AND (EXISTS (SELECT 1 FROM unit_reader sr WHERE sr.user_id = s.user_id AND sr.unit_id = c.unit_id)
          OR EXISTS (SELECT 1 FROM case_team sm WHERE sm.case_id = c.id AND sm.user_id = s.user_id)))))
