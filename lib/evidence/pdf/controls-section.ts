/** Which controls the pack answers a part of, and what it doesn't. */
import type { ControlRow } from "../controls.ts";
import type { Tone } from "./look.ts";
import type { Sheet } from "./sheet.ts";
import { table } from "./table.ts";
import { count } from "./words.ts";

const TONES: Record<ControlRow["coverage"], Tone> = {
  partly: "ink",
  "not answered": "risk",
  withdrawn: "none",
};

/** The files without their endings, each once: `reports/accounts`. */
function answeredBy({ answers, coverage }: ControlRow): string {
  if (coverage !== "partly") return coverage;
  const files = answers.flatMap((answer) => answer.files);
  return [...new Set(files.map((file) => file.replace(/\.(?:csv|json)$/u, "")))].join(", ");
}

export function controlsSection(sheet: Sheet, controls: readonly ControlRow[]): void {
  const partly = controls.filter(({ coverage }) => coverage === "partly").length;
  sheet.heading("Controls");
  sheet.paragraph(
    `Of ${count(controls.length)} controls of five frameworks, this pack answers a part of ${count(partly)}. It claims of ` +
      "none that it is met: that is for whoever audits. controls.json and controls.csv say what each file answers.",
  );
  for (const framework of new Set(controls.map((row) => row.framework))) {
    const rows = controls.filter((row) => row.framework === framework);
    sheet.subheading(framework);
    table<ControlRow>(sheet, {
      columns: [
        { title: "Control", part: 13, cell: ({ id }) => id },
        { title: "What it is about", part: 25, cell: ({ title }) => title },
        {
          title: "Files that answer a part",
          part: 24,
          cell: answeredBy,
          tone: ({ coverage }) => TONES[coverage],
        },
        { title: "Not answered", part: 38, cell: ({ notAnswered }) => notAnswered, tone: () => "soft" },
      ],
      rows,
      all: rows.length,
      file: "controls.csv",
      empty: "",
      lines: 8,
    });
  }
}
