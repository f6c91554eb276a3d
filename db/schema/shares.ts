/** What is shown to people who are no members: links that somebody handed to them. */
import { integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytea, instant, workspaceId } from "./columns.ts";

export const shares = pgTable(
  "shares",
  {
    workspaceId: workspaceId(),
    share: uuid("share").notNull(),
    /** For whom it is, as the audit log names whoever opens it. */
    label: text("label").notNull(),
    /** The one customer whose records it shows; null: the whole workspace, for an auditor. */
    customer: text("customer"),
    /** SHA-256 of the link's secret. */
    hash: bytea("hash").notNull(),
    createdAt: instant("created_at").notNull(),
    createdBy: text("created_by").notNull(),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
    /** How often the page was opened and the pack fetched, and when either was last. */
    views: integer("views").notNull().default(0),
    downloads: integer("downloads").notNull().default(0),
    lastUsedAt: instant("last_used_at"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.share] }),
    uniqueIndex("shares_by_hash").on(t.workspaceId, t.hash),
  ],
);
