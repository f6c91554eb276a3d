/**
 * Tables. `workspace_id` leads every primary key, so that rows can be isolated and distributed by it.
 * The log (sources, segments, records, events, rejected_records) is only touched by db/log/*.
 */

export * from "./schema/access.ts";
export * from "./schema/alerts.ts";
export * from "./schema/conformance.ts";
export * from "./schema/connectors.ts";
export * from "./schema/drills.ts";
export * from "./schema/editions.ts";
export * from "./schema/log.ts";
export * from "./schema/packs.ts";
export * from "./schema/privacy.ts";
export * from "./schema/push.ts";
export * from "./schema/read-models.ts";
export * from "./schema/reviews.ts";
export * from "./schema/scim.ts";
export * from "./schema/scim-server.ts";
export * from "./schema/shares.ts";
export * from "./schema/tree.ts";
export * from "./schema/triage.ts";
export * from "./schema/views.ts";
