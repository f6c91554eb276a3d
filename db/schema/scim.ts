/** SCIM services of applications at which access can be ended from here. */
import { boolean, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Ending } from "../../lib/scim/end-access.ts";
import { bytea, instant, workspaceId } from "./columns.ts";

export const scimConnections = pgTable(
  "scim_connections",
  {
    workspaceId: workspaceId(),
    /** Key of the application. */
    application: text("application").notNull(),
    label: text("label").notNull(),
    url: text("url").notNull(),
    /** Encrypted with a key outside of the database. */
    token: bytea("token").notNull(),
    /** Whether anything may be changed there. */
    writes: boolean("writes").notNull(),
    ending: text("ending").$type<Ending>().notNull(),
    setAt: instant("set_at").notNull(),
    setBy: text("set_by").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.application] })],
);
