/** How people look at tables. */
import { boolean, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant, workspaceId } from "./columns.ts";

/** An address of a table that somebody has kept under a name. */
export const savedViews = pgTable(
  "saved_views",
  {
    workspaceId: workspaceId(),
    view: uuid("view").notNull(),
    /** The report that the table shows. */
    page: text("page").notNull(),
    name: text("name").notNull(),
    /** The address behind the question mark. */
    query: text("query").notNull(),
    /** Whoever saved it. */
    member: uuid("member").notNull(),
    /** Everybody of the workspace sees it. */
    shared: boolean("shared").notNull(),
    createdAt: instant("created_at").notNull(),
    /** Deleted, until somebody takes that back. */
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.view] }),
    index("saved_views_by_page").on(t.workspaceId, t.page),
  ],
);
