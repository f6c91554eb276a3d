/** Who may come in, with what, and what they did. */

import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { Role } from "../../lib/auth/permissions.ts";
import { bytea, instant, workspaceId } from "./columns.ts";

const xid8 = customType<{ data: string }>({ dataType: () => "xid8" });

/** People who may sign in. Nobody is ever taken away: the audit log names them. */
export const members = pgTable(
  "members",
  {
    workspaceId: workspaceId(),
    member: uuid("member").notNull(),
    name: text("name").notNull(),
    /** Lower-case; null for the operator of this installation. */
    email: text("email"),
    role: text("role").$type<Role>().notNull(),
    /** The one customer whose records a customer viewer sees. */
    customer: text("customer"),
    /** The OpenID provider and its `sub` for them; null until they first signed in. */
    issuer: text("issuer"),
    subject: text("subject"),
    /** Their role came from the provider's groups, and goes with them. */
    byProvider: boolean("by_provider").notNull().default(false),
    active: boolean("active").notNull().default(true),
    /** From then on they are shut out: an auditor's last moment. */
    endsAt: instant("ends_at"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.member] }),
    uniqueIndex("members_by_email").on(t.workspaceId, t.email),
    uniqueIndex("members_by_subject").on(t.workspaceId, t.issuer, t.subject),
  ],
);

/** Browsers that are signed in. */
export const sessions = pgTable(
  "sessions",
  {
    workspaceId: workspaceId(),
    session: uuid("session").notNull(),
    member: uuid("member").notNull(),
    /** SHA-256 of the cookie's value. */
    hash: bytea("hash").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    revokedAt: instant("revoked_at"),
    /** Address and browser from which it was begun. */
    address: text("address"),
    agent: text("agent"),
    /** The provider's own session (`sid`), which its logout names. */
    providerSession: text("provider_session"),
    /** The provider's refresh token, encrypted with a key outside of the database; null where it gave none. */
    refreshToken: bytea("refresh_token"),
    /** When the provider was last asked whether they may still come in. */
    checkedAt: instant("checked_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.session] }),
    uniqueIndex("sessions_by_hash").on(t.workspaceId, t.hash),
    index("sessions_by_member").on(t.workspaceId, t.member),
  ],
);

/** Addresses that sign in whoever opens them, once. */
export const signInLinks = pgTable(
  "sign_in_links",
  {
    workspaceId: workspaceId(),
    hash: bytea("hash").notNull(),
    member: uuid("member").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.hash] })],
);

/** What programs come in with. A token can do what its scopes say, as far as the member who made it may. */
export const apiTokens = pgTable(
  "api_tokens",
  {
    workspaceId: workspaceId(),
    token: uuid("token").notNull(),
    name: text("name").notNull(),
    member: uuid("member").notNull(),
    /** SHA-256 of the token; and its first characters, by which people tell one from another. */
    hash: bytea("hash").notNull(),
    prefix: text("prefix").notNull(),
    scopes: text("scopes").array().notNull(),
    /** The one source into which it may ingest; null: any. */
    source: text("source"),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    lastUsedAt: instant("last_used_at"),
    revokedAt: instant("revoked_at"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.token] }),
    uniqueIndex("api_tokens_by_hash").on(t.workspaceId, t.hash),
  ],
);

/** Every act: written in the transaction of what it tells of, and never changed. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    workspaceId: workspaceId(),
    entry: bigint("entry", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    at: instant("at").notNull().default(sql`now()`),
    actorKind: text("actor_kind")
      .$type<"member" | "token" | "share" | "command-line" | "provider" | "system">()
      .notNull(),
    actorId: text("actor_id").notNull(),
    actorName: text("actor_name").notNull(),
    /** From where: a network address, or the machine's own user. */
    address: text("address"),
    verb: text("verb").notNull(),
    object: text("object").notNull(),
    before: jsonb("before"),
    after: jsonb("after"),
    /** The transaction: what it changed has its entry. */
    tx: xid8("tx").notNull().default(sql`pg_current_xact_id()`),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.entry] }),
    index("audit_entries_by_tx").on(t.workspaceId, t.tx),
    // What somebody did last: whoever reads from a replica has to see it.
    index("audit_entries_by_actor").on(t.workspaceId, t.actorKind, t.actorId, t.entry),
  ],
);
