/** The forms in which a report is handed on. */
import type { ConformanceReport } from "./finding.ts";
import { htmlOf } from "./html.ts";
import { pdfOf } from "./pdf.ts";

export const FORMS = ["html", "pdf", "json"] as const;
export type Form = (typeof FORMS)[number];

export interface FormedReport {
  /** `scim-conformance-team-chat-2026-03-01.html` */
  name: string;
  type: string;
  bytes: Buffer;
}

const TYPES: Readonly<Record<Form, string>> = {
  html: "text/html; charset=utf-8",
  pdf: "application/pdf",
  json: "application/json",
};

/** What of a name can stand in a file's. */
const inFileName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, "-")
    .slice(0, 60)
    .replace(/^-|-$/gu, "") || "service";

export const isForm = (text: string): text is Form => (FORMS as readonly string[]).includes(text);

async function bytesOf(report: ConformanceReport, form: Form): Promise<Buffer> {
  if (form === "pdf") return pdfOf(report);
  return Buffer.from(form === "html" ? htmlOf(report) : `${JSON.stringify(report, null, 2)}\n`);
}

/** @throws what pdfkit throws when the fonts are not installed. */
export async function formed(report: ConformanceReport, form: Form): Promise<FormedReport> {
  const of = inFileName(report.application ?? new URL(report.service).host);
  return {
    name: `scim-conformance-${of}-${report.startedAt.slice(0, 10)}.${form}`,
    type: TYPES[form],
    bytes: await bytesOf(report, form),
  };
}
