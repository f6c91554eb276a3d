/** The last page: how to check the pack, what a check proves and what it doesn't. */
import { PRINTED_ROWS } from "../digest.ts";
import { REPLACEMENT } from "./printable.ts";
import type { Sheet } from "./sheet.ts";

export function proofSection(sheet: Sheet): void {
  const { hasReplaced } = sheet;
  sheet.page();
  sheet.heading("How to check this pack");
  sheet.paragraph(
    "Keep the zip as it was handed over; unpacking and packing it again loses its seal. With Rollcall, no database needed:",
  );
  sheet.paragraph("rollcall evidence verify FILE.zip", { weight: "strong", after: 8 });
  sheet.paragraph(
    "README.txt in the pack says how to do it without Rollcall. From a number in this document to its proof: the report's " +
      "file has the row, the row has the id of an event, and the part of the id before the colon is the fingerprint of a " +
      "line in the folder records.",
  );
  sheet.subheading("What a successful check proves");
  sheet.paragraph("• No file of the pack was changed, added, taken out or swapped since it was exported.", {
    after: 2,
  });
  sheet.paragraph(
    "• Every record has the SHA-256 that stands beside it, which Rollcall took when the record arrived.",
    {
      after: 2,
    },
  );
  sheet.paragraph("• The reports have as many rows as the manifest says.");
  sheet.subheading("What it does not prove");
  sheet.paragraph(
    "• That the sources sent every record. The first page says from when to when each was heard, and what is missing.",
    {
      after: 2,
    },
  );
  sheet.paragraph("• That what a source wrote is true.", { after: 2 });
  sheet.paragraph("• Who made it, beyond what README.txt says of that.", { after: 2 });
  sheet.paragraph("• That a control is met. That is a judgement, and an auditor's to make.");
  sheet.subheading("How the figures are worked out");
  sheet.paragraph(
    "From the records and the settings that the reports name, by rules that give the same answer each time: two exports of the same records and the same " +
      `moment give the same document, byte for byte. Tables here are cut after ${PRINTED_ROWS} rows; the files beside have all.`,
  );
  if (hasReplaced)
    sheet.paragraph(
      `The sign ${REPLACEMENT} stands for a character that this document can't print, or that would hide what is written. ` +
        "The reports' files have the text as the source sent it.",
    );
}
