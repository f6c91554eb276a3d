/** Whether the read models say the same as before, but for the names. Pure. */
import type { Document } from "../../db/queries/projection.ts";
import { eachText } from "./each-text.ts";
import { namedAgain } from "./pseudonyms.ts";

/** All rows of documents as texts in one order. @param originals what pseudonyms in them stand for. */
export function rowTexts(
  documents: Iterable<Document>,
  originals: ReadonlyMap<string, string> = new Map(),
): string[] {
  const texts: string[] = [];
  for (const document of documents) {
    for (const [kind, rows] of Object.entries(document)) {
      for (const row of rows) {
        const named = eachText(row, (text) => namedAgain(text, originals)) as object;
        const members = Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1));
        texts.push(`${kind} ${JSON.stringify(Object.fromEntries(members))}`);
      }
    }
  }
  return texts.sort();
}
