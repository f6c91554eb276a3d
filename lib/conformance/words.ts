/** The report in words, for the forms that people read. */
import type { ConformanceReport, Finding, Requirement, Severity, Verdict } from "./finding.ts";

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  failed: "Failed",
  warning: "Warning",
  passed: "Passed",
  "not-applicable": "Not applicable",
  "not-tried": "Not tried",
};

const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  high: "high: provisioning breaks by it, or access stays open",
  medium: "medium: some of it goes wrong",
  low: "low: clients get by",
};

export const severityWords = (severity: Severity): string => SEVERITY_WORDS[severity];

/** `RFC 7644 §3.5.2, MUST` */
export const requirementWords = ({ document, section, level, practice }: Requirement): string =>
  `${document} §${section}, ${level}${practice === undefined ? "" : `; ${practice} sends it`}`;

export const titleOf = ({ application, service }: ConformanceReport): string =>
  `SCIM conformance of ${application ?? new URL(service).host}`;

const minute = (iso: string): string => `${iso.slice(0, 16).replace("T", " ")} UTC`;

/** What was checked, when and how: names and values. */
export const factsOf = (report: ConformanceReport): [name: string, value: string][] => [
  ["Service", report.service],
  [
    "Level",
    report.level === "read"
      ? "read: questions alone, nothing was changed"
      : "write: test users and groups were made, changed and taken away",
  ],
  ["When", `${minute(report.startedAt)} to ${minute(report.endedAt)}`],
  ["Requests", String(report.requests)],
  ...(report.identity === null ? [] : [["Test user", report.identity] as [string, string]]),
];

/** `12 of 113 checks failed, 3 gave a warning.` */
export function sentenceOf({ summary }: Pick<ConformanceReport, "summary">): string {
  const { failed, warning, passed } = summary;
  const tried = failed + warning + passed;
  if (failed === 0 && warning === 0) return `All ${tried} checks that were tried have passed.`;
  return `${failed} of ${tried} checks failed, ${warning} gave a warning, ${passed} passed.`;
}

export const isWrong = ({ verdict }: Pick<Finding, "verdict">): boolean =>
  verdict === "failed" || verdict === "warning";

export const LEGEND =
  "Values of users and groups that live at the application are left out: ‹text›, ‹e-mail› and the like stand for their kind, " +
  "{userName} and the like for what was asked for. The token is in none of it: set it as TOKEN to put a question again.";
