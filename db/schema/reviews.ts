/** Access reviews: read models of the governance records in the log. */
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { Item, Review } from "../../lib/reviews/fold.ts";
import { instant, workspaceId } from "./columns.ts";

/** Goes up with each change, in the order in which the changes were committed (`db/queries/reviews.ts`). */
const changed = () => bigint("changed", { mode: "number" }).notNull();

export const reviews = pgTable(
  "reviews",
  {
    workspaceId: workspaceId(),
    review: uuid("review").notNull(),
    state: jsonb("state").$type<Review>().notNull(),
    changed: changed(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.review] })],
);

export const reviewItems = pgTable(
  "review_items",
  {
    workspaceId: workspaceId(),
    review: uuid("review").notNull(),
    item: text("item").notNull(),
    place: integer("place").notNull(),
    state: jsonb("state").$type<Item>().notNull(),
    changed: changed(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.review, t.item] }),
    index("review_items_by_change").on(t.workspaceId, t.review, t.changed),
    index("review_items_by_item").on(t.workspaceId, t.item),
  ],
);

/** Who owns an application, and so reviews the access to it. */
export const applicationOwners = pgTable(
  "application_owners",
  {
    workspaceId: workspaceId(),
    /** Key of the application. */
    application: text("application").notNull(),
    label: text("label").notNull(),
    member: uuid("member").notNull(),
    setAt: instant("set_at").notNull(),
    setBy: text("set_by").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.application] })],
);
