/** The weekly digest: the five answers and their change, what is new, what was resolved. */
import type { Db } from "../../db/client.ts";
import { type Alert, readOpenAlerts, readResolvedAlerts } from "../../db/queries/alerts.ts";
import { counted } from "../evidence/pdf/words.ts";
import { iso } from "../reports/base.ts";
import { recentReport } from "../reports/recent.ts";
import type { Digest, DigestPart } from "./contract.ts";
import { answersOf } from "./digest-words.ts";
import { idOf, type Message } from "./message.ts";
import { RULE_NAMES, RULES } from "./rules.ts";

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
/** Of each rule so many are named. */
const MOST_ITEMS = 5;

const partsOf = (alerts: readonly Alert[]): DigestPart[] =>
  RULE_NAMES.flatMap((rule) => {
    const own = alerts.filter((alert) => alert.rule === rule).sort((a, b) => a.since - b.since);
    if (own.length === 0) return [];
    const items = own.slice(0, MOST_ITEMS).map(({ what }) => what);
    return [{ rule, title: RULES[rule].title, count: own.length, items }];
  });

/** A week before some moment, of a whole hour, so that the answer for it is kept. */
export const weekBefore = (at: number): number => Math.floor((at - WEEK) / HOUR) * HOUR;

/**
 * The digest of what came since some moment, up to now; milliseconds since 1970.
 * @param since whoever tries again asks for the same: in a large workspace the answer for it has to be worked out first.
 * @throws {ReportPending} when that answer, or the one of now, is not there yet.
 */
export async function digestOf(
  db: Db,
  workspace: string,
  { now, since }: { now: number; since: number },
): Promise<Digest> {
  const { report } = await recentReport(db, workspace, "overview");
  const { report: before } = await recentReport(db, workspace, "overview", { asOf: since });
  const open = await readOpenAlerts(db.sql, workspace);
  const raised = open.filter(({ firstRaisedAt }) => firstRaisedAt >= since);
  const resolved = await readResolvedAlerts(db.sql, workspace, { after: since, limit: null });
  return {
    asOf: iso(now),
    since: iso(since),
    answers: answersOf(report.rows, before.summary.records > 0 ? before.rows : []),
    raised: partsOf(raised),
    resolved: partsOf(resolved),
    stillOpen: open.length - raised.length,
  };
}

const sum = (parts: readonly DigestPart[]): number => parts.reduce((total, { count }) => total + count, 0);

const partLines = (word: string, parts: readonly DigestPart[]): string[] =>
  parts.map(({ title, count, items }) => {
    const more = count - items.length;
    return `${word}: ${title} (${count}). ${items.join(". ")}${more > 0 ? `. And ${more} more` : ""}.`;
  });

/** The digest as a message. @param channel to which it goes. @param at the Monday that it is of. */
export function digestMessage(
  digest: Digest,
  channel: string,
  at: number,
  linkTo: (path: string) => string,
): Message {
  const { asOf, answers, raised, resolved, stillOpen } = digest;
  const figures = answers.map(({ title, figures: own }) => {
    const words = own.map(
      ({ label, value, change }) => `${label} ${value}${change === null ? "" : ` (${change})`}`,
    );
    return `${title} ${words.join(", ")}.`;
  });
  return {
    id: idOf([channel, "digest", at]),
    title: `The week up to ${asOf.slice(0, 10)}: ${counted(sum(raised), "new alert")}, ${sum(resolved)} resolved`,
    lines: [
      ...figures,
      ...partLines("New", raised),
      ...partLines("Resolved", resolved),
      ...(stillOpen === 0 ? [] : [`Open since before: ${counted(stillOpen, "alert")}.`]),
    ],
    link: linkTo("/alerts"),
    content: { type: "digest", ...digest, link: linkTo("/alerts") },
  };
}
