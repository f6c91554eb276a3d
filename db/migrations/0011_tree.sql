CREATE TABLE "log_tiles" (
	"workspace_id" text NOT NULL,
	"level" smallint NOT NULL,
	"tile" integer NOT NULL,
	"hashes" "bytea" NOT NULL,
	CONSTRAINT "log_tiles_workspace_id_level_tile_pk" PRIMARY KEY("workspace_id","level","tile")
);
--> statement-breakpoint
CREATE TABLE "log_trees" (
	"workspace_id" text NOT NULL,
	"origin" text NOT NULL,
	"size" bigint NOT NULL,
	"root" "bytea" NOT NULL,
	CONSTRAINT "log_trees_workspace_id_pk" PRIMARY KEY("workspace_id")
);
--> statement-breakpoint
CREATE TABLE "segment_leaves" (
	"workspace_id" text NOT NULL,
	"segment" integer NOT NULL,
	"first_leaf" bigint NOT NULL,
	CONSTRAINT "segment_leaves_workspace_id_segment_pk" PRIMARY KEY("workspace_id","segment")
);
--> statement-breakpoint
CREATE TABLE "tree_heads" (
	"workspace_id" text NOT NULL,
	"size" bigint NOT NULL,
	"root" "bytea" NOT NULL,
	"checkpoint" text NOT NULL,
	"signed_at" timestamptz(3) NOT NULL,
	CONSTRAINT "tree_heads_workspace_id_size_pk" PRIMARY KEY("workspace_id","size")
);
--> statement-breakpoint
CREATE TABLE "unsequenced_segments" (
	"workspace_id" text NOT NULL,
	"segment" integer NOT NULL,
	CONSTRAINT "unsequenced_segments_workspace_id_segment_pk" PRIMARY KEY("workspace_id","segment")
);
--> statement-breakpoint
CREATE INDEX "segment_leaves_by_leaf" ON "segment_leaves" USING btree ("workspace_id","first_leaf");
--> statement-breakpoint
-- No segment stays out of the tree, whoever writes it: the program before this one too.
CREATE FUNCTION queue_segment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO public.unsequenced_segments (workspace_id, segment) VALUES (NEW.workspace_id, NEW.segment) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER queue_segment AFTER INSERT ON "segments" FOR EACH ROW EXECUTE FUNCTION queue_segment();
--> statement-breakpoint
INSERT INTO "unsequenced_segments" ("workspace_id", "segment") SELECT workspace_id, segment FROM segments ON CONFLICT DO NOTHING;
--> statement-breakpoint
-- The hashes of the leaves from one up to another, end to end. Of a record a leaf holds what db/log/leaf.ts says. A customer's
-- connection is given them too: they prove where its own records stand, and say nothing of the others.
CREATE FUNCTION log_leaves(from_leaf bigint, to_leaf bigint) RETURNS bytea LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog AS $$
DECLARE
  own constant text := public.rollcall_workspace();
  result bytea;
BEGIN
  WITH found AS MATERIALIZED (
    SELECT l.first_leaf, s.records, s.hashes || ''::bytea AS hashes,
      '","format":' || to_json(s.format)::text || ',"sha256":"' AS between, '","source":' || to_json(s.source)::text || '}' AS behind
    FROM public.segment_leaves l JOIN public.segments s ON s.workspace_id = l.workspace_id AND s.segment = l.segment
    WHERE l.workspace_id = own AND l.first_leaf < to_leaf AND l.first_leaf >= coalesce((
      SELECT max(b.first_leaf) FROM public.segment_leaves b WHERE b.workspace_id = own AND b.first_leaf <= from_leaf), 0)
  )
  SELECT string_agg(sha256('\x00'::bytea || convert_to('{"fingerprint":"' || encode(substring(f.hashes FROM p.at * 52 + 1 FOR 20), 'hex')
      || f.between || encode(substring(f.hashes FROM p.at * 52 + 21 FOR 32), 'hex') || f.behind, 'UTF8')), ''::bytea
    ORDER BY f.first_leaf + p.at)
  INTO result
  FROM found f, generate_series(greatest(from_leaf - f.first_leaf, 0)::int, least(to_leaf - f.first_leaf, f.records)::int - 1) p(at);
  RETURN coalesce(result, ''::bytea);
END $$;
--> statement-breakpoint
-- What the tree once was it stays: it grows at its end, for whatever role.
CREATE FUNCTION tree_only_grows() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF TG_TABLE_NAME = 'log_trees' THEN
    IF NEW.origin = OLD.origin AND NEW.size >= OLD.size THEN RETURN NEW; END IF;
  ELSIF length(NEW.hashes) <= 8192 AND substring(NEW.hashes FOR length(OLD.hashes)) = OLD.hashes THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the tree of the log only grows' USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER tree_only_grows BEFORE UPDATE ON "log_trees" FOR EACH ROW EXECUTE FUNCTION tree_only_grows();
--> statement-breakpoint
CREATE TRIGGER tree_only_grows BEFORE UPDATE ON "log_tiles" FOR EACH ROW EXECUTE FUNCTION tree_only_grows();
--> statement-breakpoint
DO $$
DECLARE
  name text;
  own constant text := 'workspace_id = (SELECT rollcall_workspace())';
  whole constant text := own || ' AND (SELECT rollcall_customer()) IS NULL';
BEGIN
  FOREACH name IN ARRAY ARRAY['log_trees', 'log_tiles', 'segment_leaves', 'unsequenced_segments', 'tree_heads'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY workspace ON %I USING (%s) WITH CHECK (%s)', name, CASE
      WHEN name = 'unsequenced_segments' THEN whole
      WHEN name = 'segment_leaves' THEN own || ' AND ((SELECT rollcall_customer()) IS NULL OR EXISTS (SELECT FROM segments s
        WHERE s.workspace_id = segment_leaves.workspace_id AND s.segment = segment_leaves.segment))'
      ELSE own
    END, CASE WHEN name = 'tree_heads' THEN own ELSE whole END);
  END LOOP;
END $$;
