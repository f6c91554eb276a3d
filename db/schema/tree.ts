/** The log as a Merkle tree: db/log/tree.ts says how it grows. Every hash of it can be worked out again from the log. */
import { bigint, index, integer, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { bytea, instant, workspaceId } from "./columns.ts";

/** Each workspace's tree. */
export const logTrees = pgTable(
  "log_trees",
  {
    workspaceId: workspaceId(),
    /** By which the log is known everywhere: the first line of its checkpoints. */
    origin: text("origin").notNull(),
    /** Leaves. */
    size: bigint("size", { mode: "number" }).notNull(),
    root: bytea("root").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId] })],
);

/** Which leaves a segment's records are: those from `first_leaf` on, in their order. */
export const segmentLeaves = pgTable(
  "segment_leaves",
  {
    workspaceId: workspaceId(),
    segment: integer("segment").notNull(),
    firstLeaf: bigint("first_leaf", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.segment] }),
    index("segment_leaves_by_leaf").on(t.workspaceId, t.firstLeaf),
  ],
);

/** Segments that have no leaves yet: a trigger puts each one here as it is written. */
export const unsequencedSegments = pgTable(
  "unsequenced_segments",
  { workspaceId: workspaceId(), segment: integer("segment").notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.segment] })],
);

/** Tiles from level 1 on; those of level 0 say again what segments hold, and are worked out from them (log_leaves). */
export const logTiles = pgTable(
  "log_tiles",
  {
    workspaceId: workspaceId(),
    level: smallint("level").notNull(),
    tile: integer("tile").notNull(),
    /** Up to 256 hashes, end to end. */
    hashes: bytea("hashes").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.level, t.tile] })],
);

/** Signed heads of the tree that somebody may have been given: what comes later has to be consistent with each. */
export const treeHeads = pgTable(
  "tree_heads",
  {
    workspaceId: workspaceId(),
    size: bigint("size", { mode: "number" }).notNull(),
    root: bytea("root").notNull(),
    /** C2SP tlog-checkpoint. */
    checkpoint: text("checkpoint").notNull(),
    signedAt: instant("signed_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.size] })],
);
