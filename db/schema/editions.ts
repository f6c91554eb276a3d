/**
 * Reports as they were worked out, kept for whoever looks at them next: of workspaces with more people than a web process should
 * hold. All of it can be worked out again.
 */
import { boolean, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, instant, workspaceId } from "./columns.ts";

export const reportEditions = pgTable(
  "report_editions",
  {
    workspaceId: workspaceId(),
    edition: uuid("edition").notNull(),
    report: text("report").notNull(),
    /** The parameters, as lib/reports/editions/question.ts writes them; empty: none. */
    question: text("question").notNull(),
    /** What it rests on, as db/queries/version.ts tells it. */
    version: text("version").notNull(),
    asOf: instant("as_of").notNull(),
    builtAt: instant("built_at").notNull(),
    /** When a newer one took its place; null: it is the newest. */
    supersededAt: instant("superseded_at"),
    /** The report without its rows, deflated JSON, with what is told of them. */
    head: bytea("head").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.edition] }),
    index("report_editions_by_question").on(t.workspaceId, t.report, t.question),
  ],
);

/** Rows and columns of an edition, as lib/reports/editions/encode.ts puts them into blocks. */
export const reportBlocks = pgTable(
  "report_blocks",
  {
    workspaceId: workspaceId(),
    edition: uuid("edition").notNull(),
    name: text("name").notNull(),
    block: integer("block").notNull(),
    bytes: bytea("bytes").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.edition, t.name, t.block] }),
    foreignKey({
      name: "report_blocks_edition_fk",
      columns: [t.workspaceId, t.edition],
      foreignColumns: [reportEditions.workspaceId, reportEditions.edition],
    }).onDelete("cascade"),
  ],
);

/** Reports that somebody has asked for and that are not there, or not as things stand. */
export const reportWishes = pgTable(
  "report_wishes",
  {
    workspaceId: workspaceId(),
    report: text("report").notNull(),
    question: text("question").notNull(),
    askedAt: instant("asked_at").notNull(),
    /** Whether somebody waits for it; else an older one is shown meanwhile. */
    waits: boolean("waits").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.report, t.question] })],
);

/** How far the work on a workspace's reports has come, and when it ended last. */
export const reportBuilds = pgTable(
  "report_builds",
  {
    workspaceId: workspaceId(),
    beganAt: instant("began_at").notNull(),
    /** Null: it goes on, or whoever did it died. */
    endedAt: instant("ended_at"),
    /** Until then nothing is worked out but what somebody waits for: it takes a processor, and others want it too. */
    restUntil: instant("rest_until"),
    people: integer("people").notNull(),
    peopleDone: integer("people_done").notNull(),
    /** Why the last one came to nothing, in a sentence. */
    problem: text("problem"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId] })],
);
