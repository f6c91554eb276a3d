/** The report as a PDF for print and mail. The same report gives the same bytes. */

import type { Tone } from "../evidence/pdf/look.ts";
import { Sheet } from "../evidence/pdf/sheet.ts";
import { table } from "../evidence/pdf/table.ts";
import { type ConformanceReport, type Finding, VERDICTS, type Verdict } from "./finding.ts";
import { curlOf } from "./reproduce.ts";
import {
  factsOf,
  isWrong,
  LEGEND,
  requirementWords,
  sentenceOf,
  severityWords,
  titleOf,
  VERDICT_WORDS,
} from "./words.ts";

const TONES: Readonly<Record<Verdict, Tone>> = {
  failed: "bad",
  warning: "risk",
  passed: "good",
  "not-applicable": "none",
  "not-tried": "unknown",
};

/** The same text in lines that are short enough to be printed whole (lib/evidence/pdf/printable.ts). */
const inLines = (text: string): string =>
  text
    .split("\n")
    .flatMap((line) => [...(line.match(/.{1,380}/gsu) ?? [""])])
    .join("\n");

/** Of a failure's questions; the report's other forms have all of them. */
const MOST_EXCHANGES = 4;

function wrongSection(sheet: Sheet, service: string, finding: Finding): void {
  sheet.subheading(`${VERDICT_WORDS[finding.verdict]}: ${finding.title}`);
  sheet.facts([
    ["Check", finding.id],
    ["Requirement", requirementWords(finding.requirement)],
    ["Severity", severityWords(finding.severity)],
    ["Found", finding.said ?? "–"],
    ["To change", finding.mend ?? "–"],
  ]);
  for (const one of finding.exchanges.slice(-MOST_EXCHANGES)) {
    sheet.paragraph(inLines(curlOf(service, one)), { size: 7.5, after: 2 });
    sheet.paragraph(inLines(`HTTP ${one.status}${one.answer === null ? "" : `: ${one.answer}`}`), {
      size: 7.5,
      tone: "soft",
      after: 6,
    });
  }
}

export async function pdfOf(report: ConformanceReport): Promise<Buffer> {
  const title = titleOf(report);
  const sheet = await Sheet.begin({
    title,
    head: [title, report.startedAt.slice(0, 10)],
    date: report.endedAt,
  });
  sheet.paragraph(title, { size: 22, weight: "strong", after: 4 });
  sheet.paragraph(sentenceOf(report), { after: 10 });
  sheet.facts(factsOf(report));
  if (report.stopped !== null) sheet.paragraph(`The check ended early: ${report.stopped}`, { tone: "risk" });
  if (report.leftOver.length > 0) {
    sheet.heading("Left at the application");
    sheet.paragraph("These were made by the check and could not be taken away: delete them by hand.");
    for (const { type, id, why } of report.leftOver) sheet.paragraph(`• ${type} ${id}: ${why}`, { after: 2 });
  }
  sheet.heading("By theme");
  table(sheet, {
    columns: [
      { title: "Theme", part: 3, cell: ({ title: name }) => name },
      ...VERDICTS.map((verdict) => ({
        title: VERDICT_WORDS[verdict],
        part: 1.4,
        align: "right" as const,
        cell: (row: ConformanceReport["themes"][number]) => String(row[verdict]),
        tone: (row: ConformanceReport["themes"][number]) => (row[verdict] === 0 ? "none" : TONES[verdict]),
      })),
    ],
    rows: report.themes,
    all: report.themes.length,
    file: "",
    empty: "Nothing was checked.",
  });
  sheet.heading("What to change");
  const wrong = report.findings.filter(isWrong);
  if (wrong.length === 0) sheet.paragraph("Nothing.");
  else sheet.note(LEGEND);
  for (const finding of wrong) wrongSection(sheet, report.service, finding);
  const others = report.findings.filter((one) => !isWrong(one));
  sheet.heading("All other checks");
  table(sheet, {
    columns: [
      { title: "Check", part: 2, cell: ({ id }) => id },
      { title: "What holds", part: 4, cell: (one) => one.title },
      { title: "Requirement", part: 2, cell: ({ requirement }) => requirementWords(requirement) },
      {
        title: "Verdict",
        part: 2,
        cell: ({ verdict, said }) => `${VERDICT_WORDS[verdict]}${said === null ? "" : `: ${said}`}`,
        tone: ({ verdict }) => TONES[verdict],
      },
    ],
    rows: others,
    all: others.length,
    file: "",
    empty: "There is none.",
    lines: 4,
  });
  return sheet.end();
}
