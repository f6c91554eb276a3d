/** The report of a run: what was found, counted and put in order. Pure. */
import {
  type ConformanceReport,
  type Counts,
  type Finding,
  SEVERITIES,
  THEME_NAMES,
  THEMES,
  VERDICTS,
  type Verdict,
} from "./finding.ts";

function countsOf(findings: readonly Pick<Finding, "verdict">[]): Counts {
  const counts: Record<Verdict, number> = {
    failed: 0,
    warning: 0,
    passed: 0,
    "not-applicable": 0,
    "not-tried": 0,
  };
  for (const { verdict } of findings) counts[verdict] += 1;
  return counts;
}

/** Failures first, then warnings and what was not tried, each by severity. */
const ordered = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted(
    (a, b) =>
      VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );

export type RunAbout = Pick<
  ConformanceReport,
  | "id"
  | "application"
  | "service"
  | "level"
  | "startedAt"
  | "endedAt"
  | "requests"
  | "identity"
  | "stopped"
  | "leftOver"
>;

/** @param findings in the order in which they were tried. */
export function reportOf(about: RunAbout, findings: readonly Finding[]): ConformanceReport {
  const themes = THEME_NAMES.flatMap((theme) => {
    const own = findings.filter((finding) => finding.theme === theme);
    return own.length === 0 ? [] : [{ theme, title: THEMES[theme], ...countsOf(own) }];
  });
  return { $conformance: 1, ...about, summary: countsOf(findings), themes, findings: ordered(findings) };
}

/** What became of a service from one report to the next, by the checks that both have tried. */
export interface Differences {
  /** Ids of checks that were wrong and are not any more. */
  mended: string[];
  /** That were not wrong, and are now. */
  fresh: string[];
}

const isWrong = (verdict: Verdict): boolean => verdict === "failed" || verdict === "warning";
const isTried = (verdict: Verdict): boolean => isWrong(verdict) || verdict === "passed";

export function differencesOf(
  before: Pick<ConformanceReport, "findings">,
  after: Pick<ConformanceReport, "findings">,
): Differences {
  const earlier = new Map(before.findings.map(({ id, verdict }) => [id, verdict]));
  const mended: string[] = [];
  const fresh: string[] = [];
  for (const { id, verdict } of after.findings) {
    const was = earlier.get(id);
    if (was === undefined || !isTried(was) || !isTried(verdict)) continue;
    if (isWrong(was) && !isWrong(verdict)) mended.push(id);
    if (!isWrong(was) && isWrong(verdict)) fresh.push(id);
  }
  return { mended, fresh };
}
