/** Connectors that pull records from their vendors, and how far each has come. */
import {
  bigint,
  boolean,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, instant, workspaceId } from "./columns.ts";

/** What people decide of them. */
export const connectors = pgTable(
  "connectors",
  {
    workspaceId: workspaceId(),
    connector: uuid("connector").notNull(),
    name: text("name").notNull(),
    kind: text("kind").notNull(),
    source: text("source").notNull(),
    customer: text("customer"),
    settings: jsonb("settings").$type<Record<string, unknown>>().notNull(),
    /** Encrypted with a key outside of the database. */
    secret: bytea("secret").notNull(),
    everySeconds: integer("every_seconds").notNull(),
    paused: boolean("paused").notNull(),
    setAt: instant("set_at").notNull(),
    setBy: text("set_by").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.connector] }),
    uniqueIndex("connectors_by_name").on(t.workspaceId, t.name),
  ],
);

/** What workers do for them: one row for what is new, one for each backfill. Moved by workers alone. */
export const connectorWork = pgTable(
  "connector_work",
  {
    workspaceId: workspaceId(),
    work: uuid("work").notNull(),
    connector: uuid("connector").notNull(),
    /** Of a backfill: the time that it is to bring. Null: what is new. */
    windowFrom: instant("window_from"),
    windowTo: instant("window_to"),
    cursor: jsonb("cursor"),
    /** Counts the moves of the cursor: who moves it says from which one. */
    step: bigint("step", { mode: "number" }).notNull().default(0),
    /** Records that were new to the log. */
    records: bigint("records", { mode: "number" }).notNull().default(0),
    newestAt: instant("newest_at"),
    caughtUp: boolean("caught_up").notNull().default(false),
    startedAt: instant("started_at"),
    lastSuccessAt: instant("last_success_at"),
    /** Runs in a row that the vendor or the network made fail. */
    failures: integer("failures").notNull().default(0),
    /** Runs in a row that began and got nowhere. */
    tries: integer("tries").notNull().default(0),
    lastError: text("last_error"),
    nextRunAt: instant("next_run_at").notNull(),
    setAsideAt: instant("set_aside_at"),
    doneAt: instant("done_at"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.work] }),
    uniqueIndex("connector_work_by_connector").on(t.workspaceId, t.connector, t.work),
  ],
);
