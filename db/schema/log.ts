/** The log, what people set and decided, and what is kept to bring the read models up to date. */
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import type { ColumnMapping } from "../../lib/ingest/adapters/table.ts";
import { bytea, instant, month, workspaceId } from "./columns.ts";

export const workspaces = pgTable("workspaces", {
  workspaceId: text("workspace_id").primaryKey(),
  name: text("name").notNull(),
  /** Goes up when the read models change: what was made of them before is stale then. */
  revision: bigint("revision", { mode: "number" }).notNull().default(0),
  /** The moment at which the sample company's year ends; null while the workspace never held the sample. */
  sampleEnd: instant("sample_end"),
  /** All of the sample's files are in the log. */
  sampleLoaded: boolean("sample_loaded").notNull().default(false),
  /** How often the hours of its sources were counted anew. */
  recounts: bigint("recounts", { mode: "number" }).notNull().default(0),
});

/** One stream of records. `source` is its name, chosen once: refs and links are made of it. */
export const sources = pgTable(
  "sources",
  {
    workspaceId: workspaceId(),
    source: text("source").notNull(),
    format: text("format").notNull(),
    customer: text("customer"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.source] })],
);

/** Which column of a source's tables holds what, and which application they are about, as somebody said. */
export const sourceMappings = pgTable(
  "source_mappings",
  {
    workspaceId: workspaceId(),
    source: text("source").notNull(),
    mapping: jsonb("mapping").$type<ColumnMapping>().notNull(),
    setAt: instant("set_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.source] })],
);

/** What somebody decided for one application; without a row the defaults hold. */
export const applicationSettings = pgTable(
  "application_settings",
  {
    workspaceId: workspaceId(),
    /** Key of the application. */
    application: text("application").notNull(),
    /** Its name as it was given. */
    label: text("label").notNull(),
    /** Hours within which a leaver's account ends. */
    slaHours: doublePrecision("sla_hours").notNull(),
    setAt: instant("set_at").notNull(),
    setBy: text("set_by").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.application] })],
);

/**
 * Some hundred records of one source and month: db/log/segment.ts says how they lie in it. The only copy of every record.
 * Partitioned by month (db/migrations/0022_partitions.sql).
 */
export const segments = pgTable(
  "segments",
  {
    workspaceId: workspaceId(),
    /** Of a sequence of its own: whoever writes segments takes their numbers from it. */
    segment: integer("segment").notNull(),
    month: month(),
    source: text("source").notNull(),
    format: text("format").notNull(),
    ingest: uuid("ingest").notNull(),
    records: integer("records").notNull(),
    /** Times of its first and of its last event. */
    firstAt: instant("first_at").notNull(),
    lastAt: instant("last_at").notNull(),
    raw: bytea("raw").notNull(),
    normal: bytea("normal").notNull(),
    hashes: bytea("hashes").notNull(),
    /** The distinct refs of its events as hashes (db/log/segment.ts): by them a subject's events are found. */
    refs: integer("refs").array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.segment, t.month] }),
    // Timelines are read from now on back.
    index("segments_by_time").on(t.workspaceId, t.lastAt.desc().nullsFirst(), t.segment),
    // Each segment has two hundred of them; an inverted index keeps a few bytes for each, a row of its own would take sixty.
    index("segments_by_ref").using("gin", t.refs),
  ],
);

/** Where the record with a fingerprint lies: what makes sure that each is stored once. Partitioned by month, as segments are. */
export const records = pgTable(
  "records",
  {
    workspaceId: workspaceId(),
    /** What makes two deliveries the same record: lib/ingest/fingerprint.ts. */
    fingerprint: bytea("fingerprint").notNull(),
    /** Follows from the fingerprint, which is made of the events and their times. */
    month: month(),
    segment: integer("segment").notNull(),
    position: smallint("position").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.fingerprint, t.month] })],
);

export const rejectedRecords = pgTable(
  "rejected_records",
  {
    workspaceId: workspaceId(),
    source: text("source").notNull(),
    sha256: bytea("sha256").notNull(),
    bytes: bytea("bytes").notNull(),
    record: bigint("record", { mode: "number" }).notNull(),
    offset: bigint("offset", { mode: "number" }).notNull(),
    reason: text("reason").notNull(),
    ingest: uuid("ingest").notNull(),
    /** The bytes are encrypted: they name somebody whose records are sealed. */
    sealed: boolean("sealed").notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.source, t.sha256] })],
);

/** Event types that a source's format has no answer for: its records are kept, and read by no rule. */
export const unknownTypes = pgTable(
  "unknown_types",
  {
    workspaceId: workspaceId(),
    source: text("source").notNull(),
    type: text("type").notNull(),
    records: bigint("records", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.source, t.type] })],
);

export const ingests = pgTable(
  "ingests",
  {
    workspaceId: workspaceId(),
    ingest: uuid("ingest").notNull(),
    source: text("source").notNull(),
    format: text("format").notNull(),
    file: text("file"),
    state: text("state").$type<"running" | "done" | "failed">().notNull(),
    records: bigint("records", { mode: "number" }).notNull(),
    accepted: bigint("accepted", { mode: "number" }).notNull(),
    duplicates: bigint("duplicates", { mode: "number" }).notNull(),
    rejected: bigint("rejected", { mode: "number" }).notNull(),
    firstEventAt: instant("first_event_at"),
    lastEventAt: instant("last_event_at"),
    bytesRead: bigint("bytes_read", { mode: "number" }).notNull(),
    bytesTotal: bigint("bytes_total", { mode: "number" }),
    error: text("error"),
    startedAt: instant("started_at").notNull(),
    /** When the ingest last wrote: an old one while running means that its process died. */
    heartbeatAt: instant("heartbeat_at").notNull(),
    finishedAt: instant("finished_at"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.ingest] }),
    index("ingests_by_start").on(t.workspaceId, t.startedAt),
    index("ingests_by_end").on(t.workspaceId, t.finishedAt),
    index("ingests_by_heartbeat").on(t.workspaceId, t.heartbeatAt),
    index("ingests_running").on(t.workspaceId).where(sql`${t.state} = 'running'`),
  ],
);

/** What each source has in each UTC hour, so that nobody has to count the log: moves with every batch. */
export const eventHours = pgTable(
  "event_hours",
  {
    workspaceId: workspaceId(),
    source: text("source").notNull(),
    /** Its first moment. */
    hour: instant("hour").notNull(),
    /** Records whose first event lies in it, and events. */
    records: bigint("records", { mode: "number" }).notNull(),
    events: bigint("events", { mode: "number" }).notNull(),
    firstAt: instant("first_at").notNull(),
    lastAt: instant("last_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.source, t.hour] })],
);

/** What the log says of who is who, all of a ref in one row; the linking rules read nothing else. */
export const linkFacts = pgTable(
  "link_facts",
  {
    workspaceId: workspaceId(),
    ref: text("ref").notNull(),
    /** When each was first said, by kind and value with a space between. */
    facts: jsonb("facts").$type<Record<string, number>>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.ref] })],
);

/** What people decided of who is who: only ever added to; the newest of a pair holds. */
export const linkDecisions = pgTable(
  "link_decisions",
  {
    workspaceId: workspaceId(),
    decision: bigint("decision", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    a: text("a").notNull(),
    b: text("b").notNull(),
    verdict: text("verdict").$type<"same" | "different" | "withdrawn">().notNull(),
    reason: text("reason").notNull(),
    by: text("by").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.decision] })],
);

/** Refs whose events changed since the read models were last worked out; the empty one: link facts or decisions did. */
export const dirtyRefs = pgTable(
  "dirty_refs",
  { workspaceId: workspaceId(), ref: text("ref").notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.ref] })],
);

/** Refs of which the log says something new: whom they and their neighbours stand for is worked out anew. */
export const dirtyFacts = pgTable(
  "dirty_facts",
  { workspaceId: workspaceId(), ref: text("ref").notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.ref] })],
);

/** Which subject a ref stands for, and from when to when (a name can pass to another person). */
export const subjectRefs = pgTable(
  "subject_refs",
  {
    workspaceId: workspaceId(),
    ref: text("ref").notNull(),
    position: smallint("position").notNull(),
    from: instant("valid_from"),
    to: instant("valid_to"),
    subject: text("subject").notNull(),
    rule: text("rule").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.ref, t.position] }),
    index("subject_refs_by_subject").on(t.workspaceId, t.subject),
  ],
);
