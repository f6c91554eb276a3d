/** What people decide of failures, and where tickets go. */
import { bigint, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { TriageVerb } from "../../lib/failures/triage.ts";
import { bytea, instant, workspaceId } from "./columns.ts";

/** One decision of one failure group; only ever added to. What holds is worked out from all of them. */
export const failureDecisions = pgTable(
  "failure_decisions",
  {
    workspaceId: workspaceId(),
    decision: bigint("decision", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    /** Id of the failure group, as the report has it. */
    group: text("group_id").notNull(),
    at: instant("at").notNull(),
    by: text("by").notNull(),
    /** The member who decided; null for the machine's own user. */
    member: uuid("member"),
    verb: text("verb").$type<TriageVerb>().notNull(),
    /** Until when a snooze lasts. */
    until: instant("until"),
    /** Whom it was assigned to; null: nobody. */
    owner: uuid("owner"),
    /** What was noted, or what the ticket system answered. */
    note: text("note"),
    /** The decision that this one takes back. */
    undoes: bigint("undoes", { mode: "number" }),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.decision] }),
    index("failure_decisions_by_group").on(t.workspaceId, t.group),
  ],
);

/** The ticket system's address. */
export const ticketWebhooks = pgTable(
  "ticket_webhooks",
  {
    workspaceId: workspaceId(),
    url: text("url").notNull(),
    /** What calls are signed with, encrypted with a key outside of the database. */
    secret: bytea("secret").notNull(),
    setAt: instant("set_at").notNull(),
    setBy: text("set_by").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId] })],
);
