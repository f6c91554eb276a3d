/** Alerts: what rules found, who was told of it, and how. */
import { sql } from "drizzle-orm";
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
} from "drizzle-orm/pg-core";
import type { AlertRule, ChannelKind, RuleSetting } from "../../lib/alerts/contract.ts";
import { bytea, instant, workspaceId } from "./columns.ts";

/** One raising each. No name of a person stands here: rows outlive what the log has withheld. */
export const alerts = pgTable(
  "alerts",
  {
    workspaceId: workspaceId(),
    alert: bigint("alert", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    rule: text("rule").$type<AlertRule>().notNull(),
    subject: text("subject").notNull(),
    what: text("what").notNull(),
    link: text("link").notNull(),
    since: instant("since").notNull(),
    firstRaisedAt: instant("first_raised_at").notNull(),
    lastRaisedAt: instant("last_raised_at").notNull(),
    resolvedAt: instant("resolved_at"),
    notifiedAt: instant("notified_at"),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.alert] }),
    uniqueIndex("alerts_open").on(t.workspaceId, t.rule, t.subject).where(sql`${t.resolvedAt} is null`),
    index("alerts_open_by_age").on(t.workspaceId, t.since, t.alert).where(sql`${t.resolvedAt} is null`),
    index("alerts_by_end").on(t.workspaceId, t.resolvedAt),
  ],
);

/** Which channel has had which alert. */
export const alertTellings = pgTable(
  "alert_tellings",
  {
    workspaceId: workspaceId(),
    channel: text("channel").notNull(),
    alert: bigint("alert", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.channel, t.alert] })],
);

/** Where messages go, as people have set it. */
export const alertChannels = pgTable(
  "alert_channels",
  {
    workspaceId: workspaceId(),
    name: text("name").notNull(),
    kind: text("kind").$type<ChannelKind>().notNull(),
    /** An address; where the address is the secret, its host. */
    target: text("target").notNull(),
    /** The address of a Slack webhook, or what a webhook's calls are signed with, encrypted with a key outside of the database. */
    secret: bytea("secret"),
    active: boolean("active").notNull(),
    digest: boolean("digest").notNull(),
    setAt: instant("set_at").notNull(),
    setBy: text("set_by").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.name] })],
);

/** How each channel fares. Moved by workers alone. */
export const alertChannelStates = pgTable(
  "alert_channel_states",
  {
    workspaceId: workspaceId(),
    channel: text("channel").notNull(),
    /** The last message: when, whether it was taken, and what was answered. */
    triedAt: instant("tried_at"),
    ok: boolean("ok"),
    answer: text("answer"),
    failures: integer("failures").notNull().default(0),
    nextTryAt: instant("next_try_at"),
    /** The Monday of the last digest. */
    digestAt: instant("digest_at"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.channel] })],
);

/** What people have set of the rules and the digest; without a row the usual holds. */
export const alertSettings = pgTable(
  "alert_settings",
  {
    workspaceId: workspaceId(),
    rules: jsonb("rules").$type<Partial<Record<AlertRule, RuleSetting>>>().notNull(),
    zone: text("zone").notNull(),
    setAt: instant("set_at").notNull(),
    setBy: text("set_by").notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId] })],
);

/** When the rules are looked at. Moved by workers; without a row it is due. */
export const alertRounds = pgTable(
  "alert_rounds",
  {
    workspaceId: workspaceId(),
    /** When a round is due: to look at the rules, or to send what could not be sent. */
    nextRunAt: instant("next_run_at").notNull(),
    nextLookAt: instant("next_look_at").notNull(),
    lookedAt: instant("looked_at"),
    error: text("error"),
  },
  (t) => [primaryKey({ columns: [t.workspaceId] })],
);
