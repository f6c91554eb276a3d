/** `report.pdf`: the pack for somebody who reads. First what it is and how complete it is, then what it shows. */
import type { ControlRow } from "../controls.ts";
import type { PackDigest } from "../digest.ts";
import type { Manifest } from "../manifest.ts";
import { accountsSection } from "./accounts-section.ts";
import { answersSection } from "./answers-section.ts";
import { completenessSection } from "./completeness-section.ts";
import { controlsSection } from "./controls-section.ts";
import { coverageSection } from "./coverage-section.ts";
import { failuresSection } from "./failures-section.ts";
import { offboardingSection } from "./offboarding-section.ts";
import { proofSection } from "./proof-section.ts";
import { reviewsSection } from "./reviews-section.ts";
import { Sheet } from "./sheet.ts";
import { day, moment } from "./words.ts";

export type ReportAbout = Pick<Manifest, "workspace" | "asOf" | "period" | "scope" | "template">;

const periodOf = ({ period, asOf }: ReportAbout): string =>
  `${period.from === null ? "the beginning of the records" : day(period.from)} to ${day(period.to ?? asOf)}`;

function firstLines(sheet: Sheet, about: ReportAbout, title: string): void {
  sheet.paragraph(title, { size: 22, weight: "strong", after: 4 });
  sheet.paragraph(
    "Does the state of every account match the source of truth, and how long did it take? This document says what the " +
      "provisioning records show. It is one file of an evidence pack: the reports with all their rows, the raw records and " +
      "the means to check them are beside it.",
    { tone: "soft", after: 10 },
  );
  sheet.facts([
    ["Workspace", about.workspace],
    ["Customer", about.scope.customer ?? "all"],
    ["Application", about.scope.application ?? "all"],
    ["Access review", about.scope.review ?? "all"],
    ["As of", moment(about.asOf)],
    ["Period", periodOf(about)],
  ]);
}

/**
 * The document's bytes; the same for the same input.
 * @throws what pdfkit throws when the fonts are not installed.
 */
export async function reportPdf(
  about: ReportAbout,
  digest: PackDigest,
  controls: readonly ControlRow[],
): Promise<Buffer> {
  const quarterly = about.template?.name === "quarterly-review" || about.scope.review !== null;
  const title =
    about.scope.review !== null
      ? "Evidence of an access review"
      : quarterly
        ? "Quarterly access review"
        : "Evidence of account provisioning";
  const sheet = await Sheet.begin({
    title: `${title}, workspace ${about.workspace}, as of ${about.asOf}`,
    head: [`${title} · ${about.workspace}`, `As of ${moment(about.asOf)}`],
    date: about.asOf,
  });
  firstLines(sheet, about, title);
  completenessSection(sheet, digest);
  if (quarterly) reviewsSection(sheet, digest);
  answersSection(sheet, digest);
  // Without a record, a nought would look like an answer.
  if (digest.completeness.summary.records > 0) {
    coverageSection(sheet, digest);
    offboardingSection(sheet, digest);
    failuresSection(sheet, digest);
    accountsSection(sheet, digest);
  }
  if (!quarterly) reviewsSection(sheet, digest);
  controlsSection(sheet, controls);
  proofSection(sheet);
  return sheet.end();
}
