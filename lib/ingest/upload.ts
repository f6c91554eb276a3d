/** A file that somebody drops onto the sources page. */
import type { Db } from "../../db/client.ts";
import type { Caller } from "../auth/caller.ts";
import type { IngestResult } from "../reports/contract.ts";
import { ingest } from "./ingest.ts";

export interface Upload {
  body: ReadableStream<Uint8Array>;
  /** The id under which the page asks how far it is; a UUID. */
  id: string;
  fileName: string;
  bytesTotal: number | null;
  source?: string | undefined;
  customer?: string | undefined;
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** Ingests the body to its end. @throws {IngestProblem} as `ingest` does. */
export async function upload(
  db: Db,
  workspace: string,
  by: Caller,
  { body, fileName, ...rest }: Upload,
): Promise<IngestResult> {
  return ingest(db, workspace, by, { ...rest, chunks: chunksOf(body), file: fileName });
}
