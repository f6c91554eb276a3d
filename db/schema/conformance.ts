/** Checks of conformance by a schedule: what is set for an application, and when it is its turn. */
import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Level } from "../../lib/conformance/finding.ts";
import { instant, workspaceId } from "./columns.ts";

/** As people have set it; an application without a row is checked by hand alone. */
export const conformanceSchedules = pgTable(
  "conformance_schedules",
  {
    workspaceId: workspaceId(),
    /** Key of the application. */
    application: text("application").notNull(),
    label: text("label").notNull(),
    everyDays: integer("every_days").notNull(),
    level: text("level").$type<Level>().notNull(),
    /** From which its turns are counted: when this rhythm was set. */
    since: instant("since").notNull(),
    setAt: instant("set_at").notNull(),
    setBy: text("set_by").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.application] })],
);

/** Whose turn it is when; a row for each schedule. */
export const conformanceTurns = pgTable(
  "conformance_turns",
  {
    workspaceId: workspaceId(),
    application: text("application").notNull(),
    nextRunAt: instant("next_run_at").notNull(),
    /** Of this turn, that came to nothing. */
    tries: integer("tries").notNull(),
    /** Why the last try came to nothing, in a sentence. */
    problem: text("problem"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.application] })],
);
