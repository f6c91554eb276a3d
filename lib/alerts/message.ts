/** What a channel is told: one message for all that a rule has found. Pure. */
import { createHash } from "node:crypto";
import { counted } from "../evidence/pdf/words.ts";
import type { AlertRule } from "./contract.ts";
import { RULES } from "./rules.ts";
import { moment } from "./words.ts";

/** A message before it takes the form of its channel. */
export interface Message {
  /** The same for one that is repeated: who gets it twice can tell. */
  id: string;
  /** One line. */
  title: string;
  lines: string[];
  link: string;
  /** For programs, as JSON. */
  content: Record<string, unknown>;
}

/** What of an alert a message tells. Times in milliseconds since 1970. */
export interface ToldAlert {
  alert: number;
  rule: AlertRule;
  what: string;
  link: string;
  since: number;
  resolvedAt: number | null;
}

/** In words; the link has the rest. */
const MOST_LINES = 10;
/** As JSON: programs that want more ask the API. */
const MOST_ITEMS = 100;

/** A text that can be told from others by it alone. */
export const idOf = (parts: readonly unknown[]): string =>
  `rollcall_${createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32)}`;

/**
 * @param alerts of the rule, at least one, the oldest first.
 * @param linkTo makes an address of a path.
 */
export function messageOf(
  rule: AlertRule,
  alerts: readonly ToldAlert[],
  channel: string,
  linkTo: (path: string) => string,
): Message {
  const { one, many, link: all, title } = RULES[rule];
  const [first] = alerts;
  const link = linkTo(alerts.length === 1 && first !== undefined ? first.link : all);
  const more = alerts.length - MOST_LINES;
  const lines = alerts
    .slice(0, MOST_LINES)
    .map(({ what, resolvedAt }) =>
      resolvedAt === null ? what : `${what} (resolved since, ${moment(resolvedAt)})`,
    );
  return {
    id: idOf([channel, rule, alerts.map(({ alert }) => alert)]),
    title: counted(alerts.length, one, many),
    lines: more > 0 ? [...lines, `… and ${more} more.`] : lines,
    link,
    content: {
      type: "alert",
      rule,
      title,
      count: alerts.length,
      alerts: alerts.slice(0, MOST_ITEMS).map(({ alert, what, since, resolvedAt, ...one }) => ({
        alert,
        what,
        since: new Date(since).toISOString(),
        resolvedAt: resolvedAt === null ? null : new Date(resolvedAt).toISOString(),
        link: linkTo(one.link),
      })),
      link,
    },
  };
}

/** What "Send a test" sends. */
export const testMessage = (channel: string, at: number, link: string): Message => ({
  id: idOf([channel, "test", at]),
  title: "A test of Rollcall's alerts",
  lines: [`The channel ${channel} works: alerts will come here.`],
  link,
  content: { type: "test", link },
});
