/**
 * Read models. All rows of one subject (lib/lifecycle/types.ts, `Projection`) are one document: it is worked out, replaced
 * and read as a whole, and fourteen tables of small rows with long keys took eight times the room. Beside it stands what is
 * searched for by SQL.
 */
import { bigint, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { bytea, instant, workspaceId } from "./columns.ts";

export const subjects = pgTable(
  "subjects",
  {
    workspaceId: workspaceId(),
    subject: text("subject").notNull(),
    /** Revision of the workspace in which it was worked out. */
    revision: bigint("revision", { mode: "number" }).notNull(),
    /** Of its identity row; null where it has none: an application, a credential of nobody. */
    kind: text("kind").$type<"identity" | "account">(),
    userName: text("user_name"),
    displayName: text("display_name"),
    email: text("email"),
    inactiveFrom: instant("inactive_from"),
    /** The rows, as db/queries/projection.ts packs them. */
    rows: bytea("rows").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.subject] }),
    index("subjects_by_revision").on(t.workspaceId, t.revision),
  ],
);

/** The label of each application that was ever seen, as it was spelled last. */
export const applicationLabels = pgTable(
  "application_labels",
  {
    workspaceId: workspaceId(),
    application: text("application").notNull(),
    label: text("label").notNull(),
    labelAt: instant("label_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.application] })],
);
