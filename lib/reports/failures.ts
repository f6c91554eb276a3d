/** Report failures: what fails now, grouped by cause. docs/semantics.md §7. */
import { createHash } from "node:crypto";
import type { FailureDecision } from "../../db/queries/failure-decisions.ts";
import type { TriageItem } from "../failures/triage.ts";
import { causeCode } from "../lifecycle/failures.ts";
import { groupBy } from "../lifecycle/group-by.ts";
import type { FailureItemRow } from "../lifecycle/types.ts";
import { ofApplication } from "./accounts.ts";
import { baseOf, byText, iso, isoOrNull, labelOf, seconds } from "./base.ts";
import type { FailureItem, FailureRow } from "./contract.ts";
import { decidedOf } from "./decided.ts";
import type { NewFold } from "./fold.ts";
import type { About, ModelPart } from "./model.ts";
import { remedyFor } from "./remedies.ts";
import { SETTINGS } from "./settings.ts";

/** All items; those of a connection resolved by the first success of its application after them. */
export function failureItems({ across, failures }: Pick<ModelPart, "across" | "failures">): FailureItemRow[] {
  return failures.map((item) => {
    if (!item.connection) return item;
    const mended = across.successes.get(item.application)?.find((at) => at > item.lastSeen);
    return mended === undefined ? item : { ...item, openSince: null, resolvedAt: mended };
  });
}

const groupKey = (item: FailureItemRow): string =>
  JSON.stringify([item.application, item.operation, item.errorClass, causeCode(item)]);

/** An id for links: of the group's key alone, so that it stays when the group grows. */
const groupId = (key: string): string => createHash("sha256").update(key).digest("hex").slice(0, 16);

/** The id of the group that an item is of. */
export const groupOf = (item: FailureItemRow): string => groupId(groupKey(item));

/** The items of a group by its id; none when there is no such group. */
export const itemsOfGroup = (model: Pick<ModelPart, "across" | "failures">, id: string): FailureItemRow[] =>
  failureItems(model).filter((item) => groupOf(item) === id);

function itemOf(item: FailureItemRow, openSince: number | null): FailureItem {
  return {
    subject: item.connection || item.subject.startsWith("a:") ? null : item.subject,
    userName: item.userName ?? item.entitlement,
    account: item.account,
    attempts: item.attempts,
    firstSeen: iso(item.firstSeen),
    lastSeen: iso(item.lastSeen),
    openSince: isoOrNull(openSince),
    resolvedAt: isoOrNull(item.resolvedAt),
  };
}

/** A connection's run of failures is known to have begun after the last success before its newest failure. */
function triageItem(item: FailureItemRow, successes: readonly number[]): TriageItem {
  const { firstSeen, lastSeen, openSince } = item;
  const mended = item.connection ? successes.findLast((at) => at <= lastSeen) : undefined;
  const begun = openSince !== null && mended !== undefined && mended > openSince ? mended : openSince;
  return { firstSeen, lastSeen, openSince: begun };
}

/** The row of a group. @param items all of one group, at least one. @param most so many of them are told of; all are counted. */
export const failureRow = (about: About, items: readonly FailureItemRow[], most?: number): FailureRow =>
  rowOf(
    about,
    items,
    groupBy(about.failureDecisions, ({ group }) => group),
    most,
  );

/** @param decisions by group. */
function rowOf(
  about: About,
  items: readonly FailureItemRow[],
  decisions: ReadonlyMap<string, readonly FailureDecision[]>,
  most?: number,
): FailureRow {
  const newest = items.reduce((a, b) => (b.lastSeen > a.lastSeen ? b : a));
  const id = groupId(groupKey(newest));
  const own = decisions.get(id) ?? [];
  const judged = new Map(
    items.map((item) => [item, triageItem(item, about.across.successes.get(item.application) ?? [])]),
  );
  const openItems = items.filter((item) => item.openSince !== null);
  const oldestOpen = openItems.map((item) => item.openSince ?? 0).sort((a, b) => a - b)[0];
  return {
    id,
    application: labelOf(about, newest.application),
    operation: newest.operation,
    errorClass: newest.errorClass,
    errorCode: causeCode(newest) || null,
    httpStatus: newest.httpStatus,
    message: newest.message,
    advice: newest.advice,
    attempts: items.reduce((sum, item) => sum + item.attempts, 0),
    affected: items.length,
    open: openItems.length,
    firstSeen: iso(items.map((item) => item.firstSeen).reduce((a, b) => Math.min(a, b))),
    lastSeen: iso(newest.lastSeen),
    age: oldestOpen === undefined ? null : seconds(about.asOf - oldestOpen),
    ...decidedOf(own, [...judged.values()], about.asOf),
    remedy: remedyFor(newest.errorClass, newest.operation),
    items: items
      .toSorted(
        (a, b) =>
          Number(a.openSince === null) - Number(b.openSince === null) ||
          b.lastSeen - a.lastSeen ||
          byText(a.subject, b.subject),
      )
      .slice(0, most)
      .map((item) => itemOf(item, judged.get(item)?.openSince ?? null)),
  };
}

/** Quarantines first, then what is open, the most affected and newest on top. */
function byUrgency(a: FailureRow, b: FailureRow): number {
  const closed = (row: FailureRow) => Number(row.state === "resolved");
  const held = (row: FailureRow) => Number(row.errorClass !== "quarantine");
  return (
    closed(a) - closed(b) ||
    held(a) - held(b) ||
    b.open - a.open ||
    byText(b.lastSeen, a.lastSeen) ||
    byText(a.id, b.id)
  );
}

/** Causes with all their items are held whole: of what fails there is little beside what is there. */
export const failuresFold: NewFold<"failures"> = (about, params) => {
  const isWanted = ofApplication(params);
  const seen: FailureItemRow[] = [];
  return {
    take(part) {
      for (const item of failureItems(part))
        if (
          isWanted(item) &&
          item.lastSeen >= (params.from ?? -Infinity) &&
          item.firstSeen <= (params.to ?? Infinity)
        )
          seen.push(item);
    },
    result() {
      const decisions = groupBy(about.failureDecisions, ({ group }) => group);
      const rows = [...groupBy(seen, groupKey).values()]
        .map((items) => rowOf(about, items, decisions))
        .sort(byUrgency);
      return {
        ...baseOf(about, { failureSlaSeconds: seconds(SETTINGS.failureSla) }),
        summary: {
          groups: rows.length,
          open: rows.filter((row) => row.state !== "resolved").length,
          affected: rows.reduce((sum, row) => sum + row.affected, 0),
          openItems: rows.reduce((sum, row) => sum + row.open, 0),
        },
        rows,
      };
    },
  };
};
