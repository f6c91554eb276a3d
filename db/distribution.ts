/**
 * Where each table's rows are once the database has more than one machine (Citus, docs/scale.md): with their workspace on one
 * node, or on the coordinator alone. The tests hold schema and queries to it on every machine, with or without Citus.
 */

/** The column whose value says on which node a row is. */
export const DISTRIBUTION_COLUMN = "workspace_id";

/** The table with which all others are colocated: a workspace's rows of every table are on the same node. */
export const ROOT_TABLE = "workspaces";

/**
 * Shards of each distributed table: 32 to 128 are usual for many tenants. They are cheap to have and can't be made more of in
 * passing; 128 are spread evenly over up to 16 nodes, 8 or more on each.
 */
export const SHARDS = 128;

export type Placement =
  /** By workspace_id, colocated with ROOT_TABLE. */
  | { kind: "distributed" }
  /** The same rows on every node. */
  | { kind: "reference"; why: string }
  /** On the coordinator alone. */
  | { kind: "local"; why: string };

const DISTRIBUTED: Placement = { kind: "distributed" };

/** Every table of the schema. Partitions are where their table is. No table is the same for all workspaces: none is a reference. */
export const PLACEMENTS: Readonly<Record<string, Placement>> = {
  workspaces: DISTRIBUTED,
  sources: DISTRIBUTED,
  source_mappings: DISTRIBUTED,
  application_settings: DISTRIBUTED,
  application_labels: DISTRIBUTED,
  application_owners: DISTRIBUTED,
  segments: DISTRIBUTED,
  records: DISTRIBUTED,
  rejected_records: DISTRIBUTED,
  unknown_types: DISTRIBUTED,
  ingests: DISTRIBUTED,
  event_hours: DISTRIBUTED,
  link_facts: DISTRIBUTED,
  link_decisions: DISTRIBUTED,
  dirty_refs: DISTRIBUTED,
  dirty_facts: DISTRIBUTED,
  subject_refs: DISTRIBUTED,
  subjects: DISTRIBUTED,
  subject_records: DISTRIBUTED,
  record_coverages: DISTRIBUTED,
  report_editions: DISTRIBUTED,
  report_blocks: DISTRIBUTED,
  report_wishes: DISTRIBUTED,
  report_builds: DISTRIBUTED,
  log_trees: DISTRIBUTED,
  log_tiles: DISTRIBUTED,
  segment_leaves: DISTRIBUTED,
  unsequenced_segments: DISTRIBUTED,
  tree_heads: DISTRIBUTED,
  members: DISTRIBUTED,
  sessions: DISTRIBUTED,
  sign_in_links: DISTRIBUTED,
  api_tokens: DISTRIBUTED,
  audit_entries: DISTRIBUTED,
  saved_views: DISTRIBUTED,
  failure_decisions: DISTRIBUTED,
  ticket_webhooks: DISTRIBUTED,
  reviews: DISTRIBUTED,
  review_items: DISTRIBUTED,
  scim_connections: DISTRIBUTED,
  scim_sources: DISTRIBUTED,
  scim_resources: DISTRIBUTED,
  scim_members: DISTRIBUTED,
  push_sources: DISTRIBUTED,
  connectors: DISTRIBUTED,
  connector_work: DISTRIBUTED,
  alerts: DISTRIBUTED,
  alert_tellings: DISTRIBUTED,
  alert_channels: DISTRIBUTED,
  alert_channel_states: DISTRIBUTED,
  alert_settings: DISTRIBUTED,
  alert_rounds: DISTRIBUTED,
  conformance_schedules: DISTRIBUTED,
  conformance_turns: DISTRIBUTED,
  drill_settings: DISTRIBUTED,
  drill_turns: DISTRIBUTED,
  drills: DISTRIBUTED,
  shares: DISTRIBUTED,
  pack_schedules: DISTRIBUTED,
  packs: DISTRIBUTED,
  sealed_people: DISTRIBUTED,
  withheld_records: DISTRIBUTED,
  retention_rules: DISTRIBUTED,
  privacy_requests: DISTRIBUTED,
  scope_keys: {
    kind: "local",
    why: "the secret behind proofs of scope: whoever connects comes by the coordinator, and no node needs it",
  },
};

/** The tables of which each node has some workspaces, the root first. */
export const DISTRIBUTED_TABLES: readonly string[] = Object.entries(PLACEMENTS)
  .filter(([, { kind }]) => kind === "distributed")
  .map(([table]) => table);

/**
 * Where a function of the schema is called. `node`: by policies and triggers, for each row, where the row is; it may read no
 * table. `coordinator`: by statements; one that reads tables can't be pushed to a node, and so is called beside no table.
 */
export const FUNCTIONS: Readonly<Record<string, "node" | "coordinator">> = {
  rollcall_workspace: "node",
  rollcall_customer: "node",
  tree_only_grows: "node",
  workspace_exists: "coordinator",
  workspace_names: "coordinator",
  segments_with_refs: "coordinator",
  segments_with_refs_since: "coordinator",
  segments_among: "coordinator",
  refs_near: "coordinator",
  search_subjects: "coordinator",
  log_leaves: "coordinator",
  ensure_log_months: "coordinator",
  fold_log_month: "coordinator",
  record_stands_once: "coordinator",
  customer_reviews: "coordinator",
  audit_required: "coordinator",
  queue_segment: "coordinator",
  queue_segments: "coordinator",
};

/**
 * What triggers of the functions that read tables would do on a node they can't: a query of a node's own shard may ask for no
 * distributed table. Distributed, tables are without them.
 */
export const TRIGGERS_TAKEN_AWAY: Readonly<Record<string, string>> = {
  audit_required:
    "looks for the entry of the same transaction: the program writes both in one (lib/auth/act.ts), but nothing refuses a program that doesn't",
  record_stands_once:
    "keeps the program before months from storing a record twice: it does not run where tables are distributed",
  queue_segment: "notes a new segment for the log's tree: the program notes it too (db/log/store.ts)",
};
