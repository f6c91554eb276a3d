/** The figures of the overview as a digest says them, with what became of them in a week. Pure. */
import { count, duration } from "../evidence/pdf/words.ts";
import type { OverviewFigure, OverviewQuestion, OverviewRow } from "../reports/contract.ts";
import type { Digest, DigestFigure } from "./contract.ts";

const QUESTIONS: Record<OverviewQuestion, { title: string; link: string }> = {
  coverage: { title: "What does provisioning carry?", link: "/coverage" },
  offboarding: { title: "How fast do leavers lose access?", link: "/offboarding" },
  failures: { title: "What fails now, and why?", link: "/failures" },
  accounts: { title: "Which accounts should not be active?", link: "/dormant" },
  evidence: { title: "What does all this rest on?", link: "/sources" },
};

const LABELS: Record<OverviewFigure, string> = {
  "accounts-covered": "accounts covered",
  "applications-uncovered": "applications uncovered",
  "capabilities-degraded": "capabilities failing or late",
  "leavers-in-time": "leavers in time",
  "accounts-open": "accounts of leavers still open",
  "leavers-with-access": "leavers who used an account after",
  "half-within": "half closed within",
  "most-within": "95 % closed within",
  "causes-open": "causes of failures open",
  "items-open": "accounts not right",
  zombies: "zombies",
  orphans: "orphans",
  dormant: "dormant",
  "never-used": "never used",
  records: "records",
  "records-rejected": "records not readable",
  gaps: "gaps",
};

/** Of how things stood before nothing is known of it: what could not be read has no time. */
const TIMELESS: OverviewFigure = "records-rejected";

function valueWords({ value, of, unit, better }: OverviewRow): string {
  if (value === null) return "not reached";
  if (unit === "seconds") return duration(value);
  return better === "more" && of !== null ? `${count(value)} of ${count(of)}` : count(value);
}

function changeOf(now: OverviewRow, before: OverviewRow | undefined): string | null {
  if (before === undefined || now.figure === TIMELESS || now.value === null || before.value === null)
    return null;
  const difference = now.value - before.value;
  if (difference === 0) return "the same";
  const [more, less] = now.unit === "seconds" ? ["longer", "shorter"] : ["more", "fewer"];
  const size = Math.abs(difference);
  return `${now.unit === "seconds" ? duration(size) : count(size)} ${difference > 0 ? more : less}`;
}

/** @param before of a week before; empty where there were no records then. */
export function answersOf(now: readonly OverviewRow[], before: readonly OverviewRow[]): Digest["answers"] {
  return (Object.keys(QUESTIONS) as OverviewQuestion[]).map((question) => ({
    question,
    ...QUESTIONS[question],
    figures: now
      .filter((row) => row.question === question)
      .map(
        (row): DigestFigure => ({
          figure: row.figure,
          label: LABELS[row.figure],
          value: valueWords(row),
          change: changeOf(
            row,
            before.find(({ figure }) => figure === row.figure),
          ),
        }),
      ),
  }));
}
