-- For tables that lie on more than one machine (docs/scale.md), and the same as before on one. A shard's name is its table's
-- with a number behind it.
CREATE OR REPLACE FUNCTION tree_only_grows() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF starts_with(TG_TABLE_NAME, 'log_trees') THEN
    IF NEW.origin = OLD.origin AND NEW.size >= OLD.size THEN RETURN NEW; END IF;
  ELSIF length(NEW.hashes) <= 8192 AND substring(NEW.hashes FOR length(OLD.hashes)) = OLD.hashes THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the tree of the log only grows' USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
-- Each table is asked for the workspace by its name: what stands in a query around it can't be followed from one machine to another.
CREATE OR REPLACE FUNCTION customer_reviews() RETURNS TABLE (review uuid, alone boolean, name text, state text, opened_at text, due_at text,
  ended_at text, closed_at text, items jsonb) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  own_workspace text := public.rollcall_workspace();
  own_customer text := public.rollcall_customer();
BEGIN
  IF own_workspace IS NULL OR own_customer IS NULL THEN RETURN; END IF;
  RETURN QUERY
    SELECT r.review, of_one.alone,
      CASE WHEN of_one.alone THEN r.state #>> '{opened,input,name}' END, r.state ->> 'state', r.state ->> 'openedAt',
      r.state #>> '{opened,input,dueAt}', r.state ->> 'endedAt', r.state ->> 'closedAt',
      CASE WHEN of_one.alone THEN (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
          'kind', i.state #> '{frozen,kind}', 'application', i.state #> '{frozen,application}', 'account', i.state #> '{frozen,account}',
          'decision', i.state #> '{first,decision}', 'remove', i.state #> '{first,remove}', 'second', i.state #> '{second,decision}',
          'exemptUntil', i.state #> '{exemption,until}') ORDER BY i.place), '[]')
        FROM public.review_items i WHERE i.workspace_id = own_workspace AND i.review = r.review) END
    FROM public.reviews r
    CROSS JOIN LATERAL (SELECT jsonb_array_length(r.state #> '{opened,input,scope,customers}') = 1) of_one(alone)
    WHERE r.workspace_id = own_workspace AND (r.state #> '{opened,input,scope,customers}') ? own_customer
    ORDER BY r.state ->> 'openedAt' DESC, r.review;
END $$;
--> statement-breakpoint
-- What the trigger on segments does, asked for by whoever has written them: where the tables lie on several machines there is no
-- such trigger. Only what is there and has no leaves yet is noted, so that nobody can spoil the tree by it.
CREATE FUNCTION queue_segments(written integer[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  own constant text := public.rollcall_workspace();
BEGIN
  INSERT INTO public.unsequenced_segments (workspace_id, segment)
  SELECT own, s.segment FROM public.segments s
  WHERE s.workspace_id = own AND s.segment = ANY (written)
    AND NOT EXISTS (SELECT FROM public.segment_leaves l WHERE l.workspace_id = own AND l.segment = s.segment)
  ON CONFLICT DO NOTHING;
END $$;
