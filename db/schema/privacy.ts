/** Personal data that is withheld: people sealed or erased, records of which the log keeps the hashes alone, how long sources keep theirs. */
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import type { PrivacyRequest } from "../../lib/privacy/request.ts";
import { bytea, instant, workspaceId } from "./columns.ts";

/** People whose records are sealed. The key of each lies outside of the database; with it goes what is erased. */
export const sealedPeople = pgTable(
  "sealed_people",
  {
    workspaceId: workspaceId(),
    person: uuid("person").notNull(),
    /** The subject by its pseudonym. */
    subject: text("subject").notNull(),
    state: text("state").$type<"sealed" | "erased">().notNull(),
    reason: text("reason").notNull(),
    sealedAt: instant("sealed_at").notNull(),
    erasedAt: instant("erased_at"),
    /** What each pseudonym stands for, encrypted with the person's key. */
    dictionary: bytea("dictionary").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.person] }),
    index("sealed_people_by_subject").on(t.workspaceId, t.subject),
  ],
);

/** Records whose bytes are withheld, and on whose account. Their hashes stay in their segments. */
export const withheldRecords = pgTable(
  "withheld_records",
  {
    workspaceId: workspaceId(),
    segment: integer("segment").notNull(),
    position: smallint("position").notNull(),
    /** The sealed person; or `retention`. */
    cause: text("cause").notNull(),
    at: instant("at").notNull(),
    /** Of a record that was removed: the time of its first event, and how many it had. */
    firstAt: instant("first_at"),
    events: integer("events"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.segment, t.position, t.cause] }),
    index("withheld_records_by_cause").on(t.workspaceId, t.cause),
  ],
);

/** How long records of a source are kept, and what was removed by that; without a row: for good, nothing. */
export const retentionRules = pgTable(
  "retention_rules",
  {
    workspaceId: workspaceId(),
    source: text("source").notNull(),
    /** Null: from now on for good. */
    days: integer("days"),
    /** Up to when records were removed; null before the first time. */
    removedBefore: instant("removed_before"),
    /** How many, in all. */
    removed: bigint("removed", { mode: "number" }).notNull().default(0),
    setAt: instant("set_at").notNull(),
    setBy: text("set_by").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.source] })],
);

/** What was asked for from the pages, to be done by the database's owner; gone an hour after it is done. */
export const privacyRequests = pgTable(
  "privacy_requests",
  {
    workspaceId: workspaceId(),
    request: uuid("request").notNull(),
    wish: jsonb("wish").$type<PrivacyRequest>().notNull(),
    askedAt: instant("asked_at").notNull(),
    /** Why it could not be done. */
    problem: text("problem"),
    /** When it was done, and by which subject the person is known since; the wish names them so too. */
    doneAt: instant("done_at"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.request] })],
);
