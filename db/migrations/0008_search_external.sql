-- The search from anywhere, as before, and by the ids that other systems know somebody by. The index for these is made in a
-- migration of its own.
CREATE OR REPLACE FUNCTION search_subjects(wanted text, most integer) RETURNS TABLE (subject text, rank integer, ref text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
#variable_conflict use_column
DECLARE
  own text := public.rollcall_workspace();
  word text := lower(wanted);
  -- No text that begins with the word comes after this one.
  past text := lower(wanted) || U&'\+10FFFF';
  words tsquery;
  found_now integer;
  whole boolean;
BEGIN
  -- Of a customer's connection: what is known of all customers together is not theirs.
  IF own IS NULL OR public.rollcall_customer() IS NOT NULL OR word = '' THEN RETURN; END IF;

  -- Ids and account names: exact, then by their beginning. In this order the exact one comes first.
  RETURN QUERY
    SELECT i.subject, CASE WHEN i.name = word THEN 0 ELSE 2 END, i.ref FROM (
      SELECT r.subject, r.ref, lower(regexp_replace(r.ref, '^(?:[an]:|[pxc]:[^:]*:#?)', '')) AS name FROM public.subject_refs r
      WHERE r.workspace_id = own
        AND lower(regexp_replace(r.ref, '^(?:[an]:|[pxc]:[^:]*:#?)', '')) ~>=~ word
        AND lower(regexp_replace(r.ref, '^(?:[an]:|[pxc]:[^:]*:#?)', '')) ~<~ past
      ORDER BY lower(regexp_replace(r.ref, '^(?:[an]:|[pxc]:[^:]*:#?)', '')) USING ~<~ LIMIT most * 5) i;

  -- Names and e-mails, likewise.
  RETURN QUERY
    SELECT i.subject, CASE WHEN i.name = word THEN 1 ELSE 2 END, NULL::text FROM (
      (SELECT s.subject, lower(s.user_name) AS name FROM public.subjects s
        WHERE s.workspace_id = own AND lower(s.user_name) ~>=~ word AND lower(s.user_name) ~<~ past
        ORDER BY lower(s.user_name) USING ~<~ LIMIT most * 2)
      UNION ALL
      (SELECT s.subject, lower(s.display_name) FROM public.subjects s
        WHERE s.workspace_id = own AND lower(s.display_name) ~>=~ word AND lower(s.display_name) ~<~ past
        ORDER BY lower(s.display_name) USING ~<~ LIMIT most * 2)
      UNION ALL
      (SELECT s.subject, lower(s.email) FROM public.subjects s
        WHERE s.workspace_id = own AND lower(s.email) ~>=~ word AND lower(s.email) ~<~ past
        ORDER BY lower(s.email) USING ~<~ LIMIT most * 2)) i;

  -- Whole ids by which another system knows somebody.
  RETURN QUERY
    SELECT r.subject, 0, r.ref FROM public.link_facts f
    JOIN public.subject_refs r ON r.workspace_id = f.workspace_id AND r.ref = f.ref
    WHERE f.workspace_id = own AND f.facts::text LIKE '%"external %'
      AND jsonb_path_query_array(lower(f.facts::text)::jsonb, '$.keyvalue().key ? (@ starts with "external ")') ? concat('external ', word)
    LIMIT most * 2;

  -- The beginnings of their words, each of those that were asked for.
  SELECT to_tsquery('simple', string_agg(quote_literal(part) || ':*', ' & ')) INTO words
    FROM regexp_split_to_table(word, '[^[:alnum:]]+') part WHERE part <> '';
  IF words IS NOT NULL AND numnode(words) > 0 THEN
    RETURN QUERY
      -- Apart from the limit: it would have the planner hope that reading on ends soon.
      WITH fitting AS MATERIALIZED (
        SELECT s.subject FROM public.subjects s
        WHERE s.workspace_id = own
          AND to_tsvector('simple', regexp_replace(lower(coalesce(s.user_name, '') || ' ' || coalesce(s.display_name, '') || ' ' || coalesce(s.email, '')), '[^[:alnum:]]+', ' ', 'g')) @@ words)
      SELECT f.subject, 3, NULL::text FROM fitting f
      LIMIT most * 2;
    GET DIAGNOSTICS found_now = ROW_COUNT;
    -- Who is found by the beginning of a word is not looked for in the middle of one.
    IF found_now >= most THEN RETURN; END IF;
  END IF;

  -- In the middle of a word no index helps: this reads every name. Nobody needs it who gave a whole name or id, and one or two
  -- letters everybody has.
  whole := EXISTS (SELECT FROM public.subject_refs r WHERE r.workspace_id = own
      AND lower(regexp_replace(r.ref, '^(?:[an]:|[pxc]:[^:]*:#?)', '')) = word)
    OR EXISTS (SELECT FROM public.subjects s WHERE s.workspace_id = own AND lower(s.display_name) = word)
    OR EXISTS (SELECT FROM public.subjects s WHERE s.workspace_id = own AND lower(s.email) = word)
    OR EXISTS (SELECT FROM public.link_facts f WHERE f.workspace_id = own AND f.facts::text LIKE '%"external %'
      AND jsonb_path_query_array(lower(f.facts::text)::jsonb, '$.keyvalue().key ? (@ starts with "external ")') ? concat('external ', word));
  IF length(word) >= 3 AND NOT whole THEN
    RETURN QUERY
      SELECT s.subject, 4, NULL::text FROM public.subjects s
      WHERE s.workspace_id = own
        AND strpos(lower(coalesce(s.user_name, '') || ' ' || coalesce(s.display_name, '') || ' ' || coalesce(s.email, '')), word) > 0
      LIMIT most;
  END IF;
END $$;
