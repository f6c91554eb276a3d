-- contract: the tables of the log become partitions of tables with their names, which all that runs goes on reading and writing
-- What was written before, and by the program before this one, stands in the partition of all months without one of their own,
-- with the month -infinity: no row is moved.
CREATE SCHEMA IF NOT EXISTS "log_months";
--> statement-breakpoint
DO $$
DECLARE
  name text;
  given record;
  last bigint;
  called boolean;
  acl aclitem[];
BEGIN
  LOCK TABLE public.segments, public.records IN ACCESS EXCLUSIVE MODE;
  SELECT last_value, is_called INTO last, called FROM public.segments_segment_seq;
  SELECT relacl INTO acl FROM pg_class WHERE oid = 'public.segments_segment_seq'::regclass;
  ALTER TABLE public.segments ALTER COLUMN segment DROP IDENTITY;
  DROP TRIGGER queue_segment ON public.segments;
  FOREACH name IN ARRAY ARRAY['segments', 'records'] LOOP
    EXECUTE format('ALTER TABLE public.%I RENAME TO %I', name, name || '_before');
    EXECUTE format('ALTER TABLE public.%I SET SCHEMA log_months', name || '_before');
    EXECUTE format('CREATE TABLE public.%I (LIKE log_months.%I INCLUDING DEFAULTS INCLUDING STORAGE) PARTITION BY RANGE (month)',
      name, name || '_before');
    FOR given IN SELECT grantee, string_agg(privilege_type, ', ') AS privileges
        FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid = format('log_months.%I', name || '_before')::regclass AND a.grantee <> c.relowner
        GROUP BY grantee LOOP
      EXECUTE format('GRANT %s ON public.%I TO %s', given.privileges, name,
        CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE given.grantee::regrole::text END);
    END LOOP;
  END LOOP;
  CREATE SEQUENCE public.segments_segment_seq AS integer OWNED BY public.segments.segment;
  PERFORM setval('public.segments_segment_seq', last, called);
  FOR given IN SELECT grantee, string_agg(privilege_type, ', ') AS privileges FROM aclexplode(acl) a
      WHERE a.grantee <> a.grantor GROUP BY grantee LOOP
    EXECUTE format('GRANT %s ON SEQUENCE public.segments_segment_seq TO %s', given.privileges,
      CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE given.grantee::regrole::text END);
  END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE log_months.segments_before DROP CONSTRAINT "segments_workspace_id_segment_pk";
--> statement-breakpoint
ALTER TABLE log_months.segments_before ADD CONSTRAINT "segments_before_pk" PRIMARY KEY USING INDEX "segments_workspace_id_segment_month";
--> statement-breakpoint
ALTER TABLE log_months.records_before DROP CONSTRAINT "records_workspace_id_fingerprint_pk";
--> statement-breakpoint
ALTER TABLE log_months.records_before ADD CONSTRAINT "records_before_pk" PRIMARY KEY USING INDEX "records_workspace_id_fingerprint_month";
--> statement-breakpoint
ALTER INDEX log_months.segments_by_ref RENAME TO segments_before_by_ref;
--> statement-breakpoint
ALTER TABLE public.segments ADD CONSTRAINT "segments_workspace_id_segment_month_pk" PRIMARY KEY ("workspace_id", "segment", "month");
--> statement-breakpoint
CREATE INDEX "segments_by_ref" ON public.segments USING gin ("refs") WITH (fastupdate = off);
--> statement-breakpoint
CREATE INDEX "segments_by_time" ON public.segments ("workspace_id", "last_at" DESC, "segment");
--> statement-breakpoint
ALTER TABLE public.records ADD CONSTRAINT "records_workspace_id_fingerprint_month_pk" PRIMARY KEY ("workspace_id", "fingerprint", "month");
--> statement-breakpoint
ALTER TABLE public.segments ATTACH PARTITION log_months.segments_before FOR VALUES FROM (MINVALUE) TO ('2000-01-01');
--> statement-breakpoint
ALTER TABLE public.records ATTACH PARTITION log_months.records_before FOR VALUES FROM (MINVALUE) TO ('2000-01-01');
--> statement-breakpoint
CREATE TABLE log_months.segments_after PARTITION OF public.segments FOR VALUES FROM ('2100-01-01') TO (MAXVALUE);
--> statement-breakpoint
CREATE TABLE log_months.records_after PARTITION OF public.records FOR VALUES FROM ('2100-01-01') TO (MAXVALUE);
--> statement-breakpoint
CREATE TRIGGER queue_segment AFTER INSERT ON public.segments FOR EACH ROW EXECUTE FUNCTION queue_segment();
--> statement-breakpoint
-- The program before this one knows no months: a record that stands in a month of its own is told to it as one that is there.
CREATE FUNCTION record_stands_once() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF EXISTS (SELECT FROM public.records r WHERE r.workspace_id = NEW.workspace_id AND r.fingerprint = NEW.fingerprint) THEN
    RAISE EXCEPTION 'the record is in the log already' USING ERRCODE = 'unique_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER record_stands_once BEFORE INSERT ON log_months.records_before FOR EACH ROW
  WHEN (NEW.month = '-infinity') EXECUTE FUNCTION record_stands_once();
--> statement-breakpoint
-- Sees to it that each of the months has its partition; called before rows of them are written, and ahead of time. A month before
-- 2000 or after 2099 has none of its own, so that no file, however strange its times, makes more than 1,200.
CREATE FUNCTION ensure_log_months(wanted date[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  first date;
  parent text;
  own text;
BEGIN
  FOR first IN SELECT DISTINCT date_trunc('month', w)::date FROM unnest(wanted) w
      WHERE w >= '2000-01-01' AND w < '2100-01-01' ORDER BY 1 LOOP
    CONTINUE WHEN to_regclass('log_months.records_' || to_char(first, 'YYYY_MM')) IS NOT NULL;
    PERFORM pg_advisory_xact_lock(hashtextextended('rollcall log months', 0));
    FOREACH parent IN ARRAY ARRAY['segments', 'records'] LOOP
      own := parent || '_' || to_char(first, 'YYYY_MM');
      CONTINUE WHEN to_regclass('log_months.' || own) IS NOT NULL;
      -- Made apart and attached: so readers and writers of the other months wait for nothing.
      EXECUTE format('CREATE TABLE log_months.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING STORAGE INCLUDING CONSTRAINTS)', own, parent);
      EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION log_months.%I FOR VALUES FROM (%L) TO (%L)',
        parent, own, first, (first + interval '1 month')::date);
    END LOOP;
  END LOOP;
END $$;
--> statement-breakpoint
DO $$
DECLARE
  name text;
  own constant text := 'workspace_id = (SELECT rollcall_workspace())';
  no_customer constant text := '(SELECT rollcall_customer()) IS NULL';
  visible text;
BEGIN
  -- As before, of the tables that have the names now.
  FOREACH name IN ARRAY ARRAY['segments', 'records'] LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', name);
    visible := own || CASE name
      WHEN 'segments' THEN format(' AND (%s OR source IN (SELECT s.source FROM sources s))', no_customer)
      ELSE format(' AND (%s OR EXISTS (SELECT FROM segments s WHERE s.workspace_id = records.workspace_id
        AND s.segment = records.segment AND s.month = records.month))', no_customer)
    END;
    EXECUTE format('CREATE POLICY workspace ON public.%I USING (%s) WITH CHECK (%s AND %s)', name, visible, own, no_customer);
    EXECUTE format('DROP POLICY workspace ON log_months.%I', name || '_before');
  END LOOP;
  FOREACH name IN ARRAY ARRAY['segment_leaves', 'withheld_records'] LOOP
    EXECUTE format('ALTER POLICY workspace ON %I USING (%s AND (%s OR EXISTS (SELECT FROM segments s
      WHERE s.workspace_id = %I.workspace_id AND s.segment = %I.segment)))', name, own, no_customer, name, name);
  END LOOP;
END $$;
--> statement-breakpoint
-- Puts a month of which retention has been everywhere to what has no month of its own, and gives its partition back: whoever
-- comes later finds the same segments and fingerprints. Only the owner may.
CREATE FUNCTION fold_log_month(first date) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
  parent text;
  own text;
  columns text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('rollcall log months', 0));
  FOREACH parent IN ARRAY ARRAY['segments', 'records'] LOOP
    own := parent || '_' || to_char(first, 'YYYY_MM');
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO columns FROM pg_attribute
      WHERE attrelid = format('public.%I', parent)::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'month';
    EXECUTE format('ALTER TABLE public.%I DETACH PARTITION log_months.%I', parent, own);
    EXECUTE format('INSERT INTO log_months.%I (%s) SELECT %s FROM log_months.%I', parent || '_before', columns, columns, own);
    EXECUTE format('DROP TABLE log_months.%I', own);
  END LOOP;
  -- They have their leaves.
  DELETE FROM public.unsequenced_segments u USING public.segment_leaves l
    WHERE l.workspace_id = u.workspace_id AND l.segment = u.segment;
END $$;
