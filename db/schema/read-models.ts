/** The read models: functions of the log, worked out subject by subject; they can be dropped and rebuilt. */
import { boolean, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { ErrorClass, Operation } from "../../lib/ingest/event.ts";
import { instant, workspaceId } from "./columns.ts";

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
export const moverSteps = pgTable(
  "mover_steps",
  {
    ...ofSubject(),
    movedAt: instant("moved_at").notNull(),
    application: text("application").notNull(),
    account: text("account").notNull(),
    accountUserName: text("account_user_name"),
    carriedAt: instant("carried_at"),
    failing: boolean("failing").notNull(),
    lastError: text("last_error"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.subject, t.position] })],
);

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
