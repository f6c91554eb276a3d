/** Records for tests: in through the way that all records come in. */
import type { Db } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import type { IngestResult } from "../reports/contract.ts";
import { ingest } from "./ingest.ts";

/**
 * Ingests a text, or the pieces of one.
 * @throws when a record of it is rejected.
 */
export async function ingestText(
  db: Db,
  workspace: string,
  text: string | Iterable<string | Uint8Array>,
  source: string,
  format = "auto",
  customer?: string,
): Promise<IngestResult> {
  const chunks = (async function* () {
    for (const piece of typeof text === "string" ? [text] : text) yield Buffer.from(piece);
  })();
  const input = { chunks, file: source, bytesTotal: null, source, format, customer };
  const result = await ingest(db, workspace, commandLine(), input);
  if (result.rejected > 0) throw new Error(`${result.rejected} records were rejected.`);
  return result;
}
