/** What checks of conformance came to, from check to check. Pure. */
import type { Level } from "../../lib/conformance/finding.ts";
import type { ConformanceTold } from "../../lib/conformance/read-reports.ts";

/** The verdicts that are drawn: of what was tried. */
export const DRAWN = ["failed", "warning", "passed"] as const;

const BOTH: readonly Level[] = ["read", "write"];

/** One check: how many of what it tried had each verdict. */
export interface Point extends Record<(typeof DRAWN)[number], number> {
  at: string;
}

export interface LevelTrend {
  level: Level;
  /** The oldest first. */
  points: Point[];
}

/**
 * A trend for each level of which there are two checks or more: the levels try different things. What ended early is left out: it
 * has fewer failures because it has tried less.
 * @param reports the newest first.
 */
export const trendsOf = (
  reports: readonly Pick<ConformanceTold, "level" | "startedAt" | "summary" | "stopped">[],
): LevelTrend[] =>
  BOTH.map((level) => ({
    level,
    points: reports
      .filter((report) => report.level === level && report.stopped === null)
      .map(({ startedAt, summary: { failed, warning, passed } }) => ({
        at: startedAt,
        failed,
        warning,
        passed,
      }))
      .reverse(),
  })).filter(({ points }) => points.length > 1);
