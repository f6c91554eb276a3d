/** The last page: how to check the pack, what a check proves and what it doesn't. */
import { PRINTED_ROWS } from "../digest.ts";
import { REPLACEMENT } from "./printable.ts";
import type { Sheet } from "./sheet.ts";

export function proofSection(sheet: Sheet): void {
  const { hasReplaced } = sheet;
  sheet.page();
  sheet.heading("How to check this pack");
  sheet.paragraph(
    "Keep the zip as it was handed over; unpacking and packing it again loses its seal. verify.mjs in the pack needs Node.js " +
      "and nothing else; it is a part of Rollcall's source too:",
  );
  sheet.paragraph("node verify.mjs FILE.zip --key KEY", { weight: "strong", after: 8 });
  sheet.paragraph(
    "Ask whoever gave you the pack for their key by another way than the pack came: a pack made by somebody else carries " +
      "somebody else's key. README.txt says more. From a number in this document to its proof: the report's " +
      "file has the row, the row has the id of an event, and the part of the id before the colon is the fingerprint of a " +
      "line in the folder records.",
  );
  sheet.subheading("What a successful check proves");
  for (const line of [
    "No file of the pack was changed, added, taken out or swapped since it was signed, by the holder of that key.",
    "Every record has the SHA-256 that it had when it arrived, and its place in the log whose root was signed.",
    "The log continues each of its earlier states that were signed: nothing was taken out of it or put in between.",
  ])
    sheet.paragraph(`• ${line}`, { after: 2 });
  sheet.subheading("What it does not prove");
  for (const line of [
    "That the sources sent every record. The first page says from when to when each was heard, and what is missing.",
    "That what a source wrote is true.",
    "Whose the key is, if it was not handed over by another way.",
    "That a control is met. That is a judgement, and an auditor's to make.",
  ])
    sheet.paragraph(`• ${line}`, { after: 2 });
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
