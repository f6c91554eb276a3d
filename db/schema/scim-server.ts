/** What identity providers provision into the SCIM endpoint: each source with its token, its users and groups, who is in which. */
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, instant, workspaceId } from "./columns.ts";

export const scimSources = pgTable(
  "scim_sources",
  {
    workspaceId: workspaceId(),
    source: text("source").notNull(),
    /** SHA-256 of the token; and its first characters, by which people tell one from another. */
    hash: bytea("hash").notNull(),
    prefix: text("prefix").notNull(),
    /** Whoever is deactivated in it is no member here any more. */
    governsMembers: boolean("governs_members").notNull(),
    /** Under which its records stand in the list of what came in. */
    ingest: uuid("ingest").notNull(),
    createdAt: instant("created_at").notNull(),
    createdBy: text("created_by").notNull(),
    lastUsedAt: instant("last_used_at"),
    /** Time of its newest record: the next one's is later, so that their order is known. */
    lastRecordAt: instant("last_record_at"),
    revokedAt: instant("revoked_at"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.source] }),
    uniqueIndex("scim_sources_by_hash").on(t.workspaceId, t.hash),
  ],
);

export const scimResources = pgTable(
  "scim_resources",
  {
    workspaceId: workspaceId(),
    source: text("source").notNull(),
    resource: uuid("resource").notNull(),
    type: text("type").$type<"User" | "Group">().notNull(),
    /** The order in which they were made: that of lists. */
    position: bigint("position", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    version: integer("version").notNull(),
    /** As they are looked up: names in lower case. */
    userName: text("user_name"),
    displayName: text("display_name"),
    externalId: text("external_id"),
    /** The attributes that were sent, without what the server sets and without members. */
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
    createdAt: instant("created_at").notNull(),
    changedAt: instant("changed_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.source, t.resource] }),
    uniqueIndex("scim_resources_by_user_name").on(t.workspaceId, t.source, t.userName),
    index("scim_resources_by_position").on(t.workspaceId, t.source, t.type, t.position),
    index("scim_resources_by_external_id").on(t.workspaceId, t.source, t.externalId),
    index("scim_resources_by_display_name").on(t.workspaceId, t.source, t.displayName),
  ],
);

export const scimMembers = pgTable(
  "scim_members",
  {
    workspaceId: workspaceId(),
    source: text("source").notNull(),
    /** The group, and a user or another group in it. */
    team: uuid("team").notNull(),
    member: uuid("member").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.source, t.team, t.member] }),
    index("scim_members_by_member").on(t.workspaceId, t.source, t.member),
  ],
);
