/** A report as a trial of the log (docs/formats/scim-trial.md): what of provisioning it proves, and the report itself. Pure. */
import type { Trial, TrialStep } from "../trials/record.ts";
import type { ConformanceReport, Finding, Verdict } from "./finding.ts";
import { requirementWords } from "./words.ts";

const VERDICT: Readonly<Record<Verdict, TrialStep["verdict"]>> = {
  passed: "passed",
  // Clients get by: it has not failed.
  warning: "passed",
  failed: "failed",
  "not-applicable": "skipped",
  "not-tried": "skipped",
};

/** Where a service has no PATCH, its users move by PUT. */
const MOVED_BY_PATCH = "patch.replace";
const MOVED_BY_PUT = "put.replace";

/** What a step proves or disproves; null for none. A warning does neither: what was asked for came in part, or otherwise. */
function capabilityOf(finding: Finding, findings: readonly Finding[]): TrialStep["capability"] {
  if (finding.verdict === "warning") return null;
  if (finding.id !== MOVED_BY_PUT) return finding.capability;
  const patch = findings.find(({ id }) => id === MOVED_BY_PATCH);
  return patch?.verdict === "not-applicable" ? "mover" : null;
}

/**
 * @param application as the records know it.
 * @param by who asked for it; null: the schedule.
 */
export const trialOf = (report: ConformanceReport, application: string, by: string | null): Trial => ({
  $trial: 1,
  id: report.id,
  kind: "conformance",
  application,
  startedAt: report.startedAt,
  endedAt: report.endedAt,
  by,
  identity: report.identity,
  steps: report.findings.map((finding) => ({
    name: finding.id,
    capability: capabilityOf(finding, report.findings),
    verdict: VERDICT[finding.verdict],
    at: report.endedAt,
    latencyMs: null,
    requirement: requirementWords(finding.requirement),
    said: finding.said || `${finding.title}.`,
  })),
  report: { ...report },
});
