/** Sources that vendors push into: each with its address, how its deliveries are told from others', and what came last. */
import { bigint, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytea, instant, workspaceId } from "./columns.ts";

export const pushSources = pgTable(
  "push_sources",
  {
    workspaceId: workspaceId(),
    source: text("source").notNull(),
    /** By which its address names it. */
    push: uuid("push").notNull(),
    kind: text("kind").notNull(),
    settings: jsonb("settings").$type<Record<string, unknown>>().notNull(),
    /** Encrypted with a key outside of the database; null where there is none (yet). */
    secret: bytea("secret"),
    /** Under which its records stand in the list of what came in. */
    ingest: uuid("ingest").notNull(),
    setAt: instant("set_at").notNull(),
    setBy: text("set_by").notNull(),
    /** Records that were new to the log. */
    records: bigint("records", { mode: "number" }).notNull().default(0),
    lastReceivedAt: instant("last_received_at"),
    lastRefusedAt: instant("last_refused_at"),
    /** Why, in a sentence. */
    lastRefusal: text("last_refusal"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.source] }),
    uniqueIndex("push_sources_by_push").on(t.workspaceId, t.push),
  ],
);
