/**
 * Read models. All rows of one subject (lib/lifecycle/types.ts, `Projection`) are one document: it is worked out, replaced
 * and read as a whole, and fourteen tables of small rows with long keys took eight times the room. Beside it stands what is
 * searched for by SQL.
 */
import { bigint, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
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

/**
 * The records of each subject side by side, as lib/ingest/subject-lines.ts writes them: they lie all over the log, and to find a
 * hundred of them a hundred segments have to be opened. Copies: all of it can be read from the log again.
 */
export const subjectRecords = pgTable(
  "subject_records",
  {
    workspaceId: workspaceId(),
    subject: text("subject").notNull(),
    /** Hash of the refs that stand for it: of others, other records would be its own. */
    holdings: text("holdings").notNull(),
    /** Segments whose records of it are here: those of a pass over the log, and others. */
    coverage: uuid("coverage"),
    segments: integer("segments").array().notNull(),
    /** Deflated. */
    records: bytea("records").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.subject] }),
    index("subject_records_by_coverage").on(t.workspaceId, t.coverage),
  ],
);

/** Which segments a pass over the log has read. */
export const recordCoverages = pgTable(
  "record_coverages",
  {
    workspaceId: workspaceId(),
    coverage: uuid("coverage").notNull(),
    /** As spans: the first and the last number of each (lib/ingest/spans.ts). */
    segments: integer("segments").array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.coverage] })],
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
