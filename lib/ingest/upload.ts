/** A file that somebody drops onto the sources page. */
import type { Db } from "../../db/client.ts";
import type { Caller } from "../auth/caller.ts";
import type { IngestResult } from "../reports/contract.ts";
import { countRecords } from "./count-records.ts";
import { ingest } from "./ingest.ts";
import { IngestProblem } from "./problem.ts";

export interface Upload {
  body: ReadableStream<Uint8Array>;
  /** The id under which the page asks how far it is; a UUID. */
  id: string;
  fileName: string;
  bytesTotal: number | null;
  source?: string | undefined;
  customer?: string | undefined;
  /** Aborted when the process stops: the ingest ends as interrupted, with what was read by then. */
  stop?: AbortSignal | undefined;
}

async function* chunksOf(body: ReadableStream<Uint8Array>, stop?: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  // A pending read ends by it, too.
  const cancel = () => void reader.cancel().catch(() => {});
  stop?.addEventListener("abort", cancel, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (stop?.aborted) {
        throw new IngestProblem(
          "interrupted",
          "Rollcall was stopped while it read this file. Send it again: what is known already is not taken twice.",
        );
      }
      if (done) return;
      yield value;
    }
  } finally {
    stop?.removeEventListener("abort", cancel);
  }
}

/** Ingests the body to its end. @throws {IngestProblem} as `ingest` does, and with the code "interrupted". */
export async function upload(
  db: Db,
  workspace: string,
  by: Caller,
  { body, fileName, stop, ...rest }: Upload,
): Promise<IngestResult> {
  return ingest(db, workspace, by, { ...rest, chunks: chunksOf(body, stop), file: fileName }, countRecords());
}
