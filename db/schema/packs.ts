/** Evidence packs that are made by the calendar: how often, and what was made. */
import { sql } from "drizzle-orm";
import { bigint, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { Every } from "../../lib/packs/periods.ts";
import { bytea, instant, workspaceId } from "./columns.ts";

/** One a scope. */
export const packSchedules = pgTable(
  "pack_schedules",
  {
    workspaceId: workspaceId(),
    schedule: uuid("schedule").notNull(),
    every: text("every").$type<Every>().notNull(),
    /** At most one of the two; neither: the whole workspace. */
    customer: text("customer"),
    application: text("application"),
    /** So many packs are kept, the newest. */
    keep: integer("keep").notNull(),
    /** Periods that end later have a pack. */
    setAt: instant("set_at").notNull(),
    setBy: text("set_by").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.schedule] }),
    uniqueIndex("pack_schedules_by_scope").on(
      t.workspaceId,
      sql`coalesce(${t.customer}, '')`,
      sql`coalesce(${t.application}, '')`,
    ),
  ],
);

/** The pack of one period of a schedule, made or tried. It stays when the schedule is removed. */
export const packs = pgTable(
  "packs",
  {
    workspaceId: workspaceId(),
    pack: uuid("pack").notNull(),
    schedule: uuid("schedule").notNull(),
    every: text("every").$type<Every>().notNull(),
    customer: text("customer"),
    application: text("application"),
    /** The first moment of the period, and of the one after it, which is what the pack is as of. */
    periodFrom: instant("period_from").notNull(),
    asOf: instant("as_of").notNull(),
    /** As whoever fetches it gets it. */
    name: text("name").notNull(),
    /** Attempts that failed, why the last did, and when the next is due. */
    failures: integer("failures").notNull().default(0),
    error: text("error"),
    nextTryAt: instant("next_try_at"),
    /** When it was made; its size and SHA-256. Null while it is not. */
    madeAt: instant("made_at"),
    bytes: bigint("bytes", { mode: "number" }),
    sha256: bytea("sha256"),
    /** When its file was deleted for newer ones. */
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.pack] }),
    uniqueIndex("packs_by_period").on(t.workspaceId, t.schedule, t.asOf),
  ],
);
