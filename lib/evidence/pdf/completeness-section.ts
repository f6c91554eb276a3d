/** Which sources the answers rest on, from when to when, and what of them is missing. */
import type { PackDigest } from "../digest.ts";
import type { Sheet } from "./sheet.ts";
import { table } from "./table.ts";
import { count, counted, day, minute } from "./words.ts";

function sentence({ completeness: { summary } }: PackDigest): string {
  if (summary.records === 0) return "No source has sent a record: nothing below says anything.";
  const missing =
    summary.gaps + summary.rejected === 0
      ? "No gap in time was found, and every record could be read."
      : `${counted(summary.gaps, "gap")} in time and ${counted(summary.rejected, "record")} that could not be read: what happened there is not known, and not counted below.`;
  return `${counted(summary.records, "record")} from ${counted(summary.sources, "source")}. ${missing}`;
}

export function completenessSection(sheet: Sheet, digest: PackDigest): void {
  const { sources, gaps } = digest.completeness;
  sheet.heading("How complete this is");
  sheet.paragraph(sentence(digest), { weight: "strong", after: 8 });
  table(sheet, {
    columns: [
      { title: "Source", part: 22, cell: ({ source }) => source },
      { title: "Format", part: 13, cell: ({ format }) => format },
      { title: "First event", part: 13, cell: ({ firstEventAt }) => day(firstEventAt) },
      { title: "Last event (UTC)", part: 18, cell: ({ lastEventAt }) => minute(lastEventAt) },
      { title: "Records", part: 12, align: "right", cell: ({ records }) => count(records) },
      {
        title: "Not readable",
        part: 11,
        align: "right",
        cell: ({ rejected }) => count(rejected),
        tone: ({ rejected }) => (rejected > 0 ? "risk" : undefined),
      },
      {
        title: "Gaps",
        part: 7,
        align: "right",
        cell: ({ gaps: own }) => count(own.length),
        tone: ({ gaps: own }) => (own.length > 0 ? "risk" : undefined),
      },
    ],
    ...sources,
    file: "reports/completeness.csv",
    empty: "There are no sources.",
  });
  if (gaps.all === 0) return;
  sheet.subheading("Gaps");
  table(sheet, {
    columns: [
      { title: "Source", part: 20, cell: ({ source }) => source },
      { title: "From (UTC)", part: 16, cell: ({ from }) => minute(from) },
      { title: "To (UTC)", part: 16, cell: ({ to }) => minute(to) },
      { title: "What is missing", part: 48, cell: ({ why }) => why },
    ],
    ...gaps,
    file: "reports/completeness.json",
    empty: "",
  });
}
