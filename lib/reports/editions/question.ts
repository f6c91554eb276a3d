/** What is asked of a report, as a text by which its answers are kept. Pure. */
import type { ReportParams } from "../contract.ts";

/** Of a document about somebody also whom. */
export type AskedParams = ReportParams & { subject?: string | undefined };

/** The same for the same question; empty where nothing is asked but the report. */
export function questionOf(params: AskedParams): string {
  const asked = Object.entries(params)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return asked.length === 0 ? "" : JSON.stringify(Object.fromEntries(asked));
}

/** The parameters that a question was made of. */
export const paramsOf = (question: string): AskedParams =>
  question === "" ? {} : (JSON.parse(question) as AskedParams);
