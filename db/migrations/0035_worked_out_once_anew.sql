-- Records that came while the same people were worked out could be forgotten: everybody is worked out once anew, by all of the log.
INSERT INTO dirty_refs (workspace_id, ref)
SELECT workspace_id, ref FROM link_facts UNION ALL SELECT DISTINCT workspace_id, '' FROM link_facts
ON CONFLICT DO NOTHING;
