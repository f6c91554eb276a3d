/**
 * Tables. `workspace_id` leads every primary key, so that rows can be isolated and distributed by it.
 * The log (sources, segments, records, events, rejected_records) is only touched by db/log/*; the read models below
 * it are functions of the log and can be dropped and rebuilt.
 */
import {
  bigint,
  boolean,
  customType,
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
import type { HrMapping } from "../lib/ingest/adapters/hr/columns.ts";
import type { ErrorClass, NormalEvent, Operation } from "../lib/ingest/event.ts";

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** timestamptz, in the program a number of milliseconds since 1970 (`Instant`). */
const instant = customType<{ data: number; driverData: string }>({
  dataType: () => "timestamptz(3)",
  fromDriver: (value) => Date.parse(value),
  toDriver: (value) => new Date(value).toISOString(),
});

const workspaceId = () => text("workspace_id").notNull();

export const workspaces = pgTable("workspaces", {
  workspaceId: text("workspace_id").primaryKey(),
  name: text("name").notNull(),
  /** Goes up when the read models change: what was made of them before is stale then. */
  revision: bigint("revision", { mode: "number" }).notNull().default(0),
  /** The moment at which the sample company's year ends; null while the workspace never held the sample. */
  sampleEnd: instant("sample_end"),
  /** All of the sample's files are in the log. */
  sampleLoaded: boolean("sample_loaded").notNull().default(false),
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

/** Which column of a source's HR files holds what, as somebody named them. */
export const sourceMappings = pgTable(
  "source_mappings",
  {
    workspaceId: workspaceId(),
    source: text("source").notNull(),
    mapping: jsonb("mapping").$type<HrMapping>().notNull(),
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

/** Raw bytes of many records, compressed together. */
export const segments = pgTable(
  "segments",
  {
    workspaceId: workspaceId(),
    segment: bigint("segment", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    encoding: text("encoding").$type<"gzip">().notNull(),
    bytes: bytea("bytes").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.segment] })],
);

/** One record of a source: where its bytes lie, and their hash. */
export const records = pgTable(
  "records",
  {
    workspaceId: workspaceId(),
    source: text("source").notNull(),
    /** SHA-256 over the normal form: what makes two deliveries the same record. */
    fingerprint: bytea("fingerprint").notNull(),
    sha256: bytea("sha256").notNull(),
    format: text("format").notNull(),
    segment: bigint("segment", { mode: "number" }).notNull(),
    offset: integer("offset").notNull(),
    length: integer("length").notNull(),
    firstAt: instant("first_at").notNull(),
    ingest: uuid("ingest").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.source, t.fingerprint] }),
    index("records_by_time").on(t.workspaceId, t.firstAt),
  ],
);

export const events = pgTable(
  "events",
  {
    workspaceId: workspaceId(),
    source: text("source").notNull(),
    fingerprint: bytea("fingerprint").notNull(),
    ordinal: smallint("ordinal").notNull(),
    at: instant("at").notNull(),
    /** Whom or what the event is about, before linking; null when no rule reads it. */
    ref: text("ref"),
    normal: jsonb("normal").$type<NormalEvent>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.source, t.fingerprint, t.ordinal] }),
    index("events_by_ref").on(t.workspaceId, t.ref, t.at),
    index("events_by_time").on(t.workspaceId, t.at),
  ],
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
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.source, t.sha256] })],
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
  (t) => [primaryKey({ columns: [t.workspaceId, t.ingest] })],
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

/** What the log says of who is who; the linking rules read nothing else. */
export const linkFacts = pgTable(
  "link_facts",
  {
    workspaceId: workspaceId(),
    ref: text("ref").notNull(),
    kind: text("kind").$type<"seen" | "name" | "external" | "person" | "alias">().notNull(),
    value: text("value").notNull(),
    /** When it was first said. */
    first: instant("first").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.ref, t.kind, t.value] })],
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

/** Refs whose events changed since the read models were last worked out. */
export const dirtyRefs = pgTable(
  "dirty_refs",
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

const ofSubject = () => ({
  workspaceId: workspaceId(),
  subject: text("subject").notNull(),
  /** Place among the subject's rows of this table. */
  position: integer("position").notNull(),
});

export const identities = pgTable(
  "identities",
  {
    ...ofSubject(),
    kind: text("kind").$type<"identity" | "account">().notNull(),
    userName: text("user_name").notNull(),
    displayName: text("display_name"),
    email: text("email"),
    inactiveFrom: instant("inactive_from"),
    department: text("department"),
    title: text("title"),
    manager: text("manager"),
    firstSeen: instant("first_seen").notNull(),
    lastSeen: instant("last_seen").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.subject, t.position] })],
);

const provenance = () =>
  text("provenance").$type<"scim" | "jit" | "by-hand" | "bespoke" | "import" | "unknown">().notNull();

export const accounts = pgTable(
  "accounts",
  {
    ...ofSubject(),
    application: text("application").notNull(),
    account: text("account").notNull(),
    userName: text("user_name"),
    identityKnown: boolean("identity_known").notNull(),
    active: boolean("active").notNull(),
    provenance: provenance(),
    provenanceEventId: text("provenance_event_id"),
    createdAt: instant("created_at"),
    firstSeen: instant("first_seen").notNull(),
    lastEventAt: instant("last_event_at").notNull(),
    lastActivityAt: instant("last_activity_at"),
    endedAt: instant("ended_at"),
    entitlements: jsonb("entitlements").$type<string[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.subject, t.position] })],
);

const trigger = () =>
  text("trigger").$type<"hr-termination" | "deactivate" | "suspend" | "delete">().notNull();

const access = () => ({
  accessFirst: instant("access_first"),
  accessLast: instant("access_last"),
  accessCount: integer("access_count").notNull(),
});

export const leaverCases = pgTable(
  "leaver_cases",
  {
    ...ofSubject(),
    leftAt: instant("left_at").notNull(),
    trigger: trigger(),
    source: text("source").notNull(),
    department: text("department"),
    rehiredAt: instant("rehired_at"),
    ...access(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.subject, t.position] })],
);

export const leaverSteps = pgTable(
  "leaver_steps",
  {
    ...ofSubject(),
    application: text("application").notNull(),
    account: text("account").notNull(),
    accountUserName: text("account_user_name"),
    leftAt: instant("left_at").notNull(),
    trigger: trigger(),
    source: text("source").notNull(),
    department: text("department"),
    endedAt: instant("ended_at"),
    rehiredAt: instant("rehired_at"),
    failing: boolean("failing").notNull(),
    lastError: text("last_error"),
    ...access(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.subject, t.position] })],
);

export const failureItems = pgTable(
  "failure_items",
  {
    ...ofSubject(),
    application: text("application").notNull(),
    account: text("account"),
    userName: text("user_name"),
    entitlement: text("entitlement"),
    connection: boolean("connection").notNull(),
    operation: text("operation").$type<Operation>().notNull(),
    errorClass: text("error_class").$type<ErrorClass>().notNull(),
    errorCode: text("error_code"),
    httpStatus: integer("http_status"),
    message: text("message"),
    advice: text("advice"),
    attempts: integer("attempts").notNull(),
    firstSeen: instant("first_seen").notNull(),
    lastSeen: instant("last_seen").notNull(),
    openSince: instant("open_since"),
    resolvedAt: instant("resolved_at"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.subject, t.position] })],
);

export const coverageFacts = pgTable(
  "coverage_facts",
  {
    ...ofSubject(),
    application: text("application").notNull(),
    account: text("account"),
    capability: text("capability").$type<"joiner" | "mover" | "roles" | "leaver">().notNull(),
    kind: text("kind").$type<"success" | "failure" | "manual">().notNull(),
    at: instant("at").notNull(),
    eventId: text("event_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.subject, t.position] })],
);

export const credentials = pgTable(
  "credentials",
  {
    ...ofSubject(),
    id: text("id").notNull(),
    name: text("name").notNull(),
    application: text("application").notNull(),
    owned: boolean("owned").notNull(),
    createdAt: instant("created_at"),
    firstSeen: instant("first_seen").notNull(),
    revokedAt: instant("revoked_at"),
    lastUsedAt: instant("last_used_at"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.subject, t.position] })],
);

/** Each time that an account held a group, role or licence. */
export const entitlements = pgTable(
  "entitlements",
  {
    ...ofSubject(),
    application: text("application").notNull(),
    account: text("account").notNull(),
    name: text("name").notNull(),
    kind: text("kind").$type<"group" | "role" | "licence" | "assignment">().notNull(),
    provenance: provenance(),
    eventId: text("event_id").notNull(),
    grantedAt: instant("granted_at").notNull(),
    heldUntil: instant("held_until"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.subject, t.position] })],
);

const joining = () => ({
  joinedAt: instant("joined_at").notNull(),
  start: text("start").$type<"create" | "rehire">().notNull(),
});

export const joinerCases = pgTable("joiner_cases", { ...ofSubject(), ...joining() }, (t) => [
  primaryKey({ columns: [t.workspaceId, t.subject, t.position] }),
]);

export const joinerSteps = pgTable(
  "joiner_steps",
  {
    ...ofSubject(),
    ...joining(),
    application: text("application").notNull(),
    account: text("account").notNull(),
    accountUserName: text("account_user_name"),
    workingAt: instant("working_at"),
    leftAt: instant("left_at"),
    failing: boolean("failing").notNull(),
    lastError: text("last_error"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.subject, t.position] })],
);

/** Changes of mover cases; those of one case share `moved_at`. */
export const moves = pgTable(
  "moves",
  {
    ...ofSubject(),
    movedAt: instant("moved_at").notNull(),
    at: instant("at").notNull(),
    what: text("what").$type<"department" | "title" | "manager" | "group">().notNull(),
    from: text("value_before"),
    to: text("value_after"),
    eventId: text("event_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.subject, t.position] })],
);

export const drift = pgTable(
  "drift",
  {
    ...ofSubject(),
    application: text("application").notNull(),
    account: text("account").notNull(),
    entitlement: text("entitlement").notNull(),
    kind: text("kind").$type<"group" | "department" | "title" | "outside">().notNull(),
    movedAt: instant("moved_at"),
    change: text("change"),
    grantedAt: instant("granted_at").notNull(),
    removedAt: instant("removed_at"),
    provenance: provenance(),
    eventId: text("event_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.subject, t.position] })],
);

/** One application as one subject's events show it. */
export const sightings = pgTable(
  "sightings",
  {
    ...ofSubject(),
    application: text("application").notNull(),
    label: text("label").notNull(),
    labelAt: instant("label_at").notNull(),
    provisioned: boolean("provisioned").notNull(),
    lastSignInAt: instant("last_sign_in_at"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.subject, t.position] })],
);
