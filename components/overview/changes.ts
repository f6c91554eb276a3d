/** What changed between two moments, in words. Pure. */
import type { OverviewFigure, OverviewReport, OverviewRow } from "../../lib/reports/contract.ts";
import { count, percent } from "../format/number.ts";
import { duration } from "../format/time.ts";

const DAY_MS = 86_400_000;
const DAYS = 90;

/** The day with which a report of the moment `asOf` is compared, as `2026-03-01`: a whole day, so that the answer for it is kept. */
export const dayBefore = (asOf: string): string =>
  new Date(Date.parse(asOf) - DAYS * DAY_MS).toISOString().slice(0, 10);

export interface Change {
  /** `↓ 3`, `same`, `was not reached`. */
  words: string;
  verdict: "better" | "worse" | "same" | null;
}

/** Of how things stood before nothing is known of these: what could not be read has no time. */
const TIMELESS: ReadonlySet<OverviewFigure> = new Set<OverviewFigure>(["records-rejected"]);

const share = ({ value, of }: OverviewRow): number | null =>
  value === null || of === null || of === 0 ? null : (100 * value) / of;

/** More of it is good only in proportion: a company that grows covers more accounts without covering more of them. */
const isShare = (row: OverviewRow): boolean => row.better === "more" && row.of !== null;

/** A figure as it is shown. */
export function figureInWords(row: OverviewRow): string {
  if (row.value === null) return "not reached";
  if (row.unit === "seconds") return duration(row.value);
  return isShare(row) ? percent(row.value, row.of ?? 0) : count(row.value);
}

const judged = (row: OverviewRow, difference: number): Change["verdict"] =>
  difference === 0 ? "same" : difference > 0 === (row.better === "more") ? "better" : "worse";

const arrow = (difference: number): string => (difference > 0 ? "↑" : "↓");

/** From nothing or to nothing: no difference can be told, and which way it went can. */
function outOfReach(now: OverviewRow, before: OverviewRow): Change {
  if (now.value === before.value) return { words: "same", verdict: "same" };
  if (before.value !== null) return { words: `was ${figureInWords(before)}`, verdict: "worse" };
  return { words: "was not reached", verdict: "better" };
}

/** @returns null when no change can be told of the figure at all. */
export function changeOf(now: OverviewRow, before: OverviewRow | undefined): Change | null {
  if (before === undefined || TIMELESS.has(now.figure)) return null;
  if (isShare(now)) {
    const [shareNow, shareBefore] = [share(now), share(before)];
    if (shareNow === null || shareBefore === null) return null;
    const points = Math.round(10 * (shareNow - shareBefore)) / 10;
    const size = Math.abs(points);
    const words = points === 0 ? "same" : `${arrow(points)} ${size} ${size === 1 ? "point" : "points"}`;
    return { words, verdict: judged(now, points) };
  }
  if (now.value === null || before.value === null) return outOfReach(now, before);
  const difference = now.value - before.value;
  const size = Math.abs(difference);
  const told = now.unit === "seconds" ? duration(size) : count(size);
  return {
    words: difference === 0 ? "same" : `${arrow(difference)} ${told}`,
    // That more came in is the course of things.
    verdict: now.figure === "records" ? null : judged(now, difference),
  };
}

/** Whether the log had anything then. */
export const hadRecords = (report: OverviewReport): boolean => report.summary.records > 0;
