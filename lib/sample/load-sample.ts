/** Loads the sample company as one would one's own files: through the pipeline, record by record. */
import type { Db } from "../../db/client.ts";
import { readWorkspace, setSample } from "../../db/queries/workspace.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { type IngestProgress, ingest } from "../ingest/ingest.ts";
import { sampleCompany } from "./company.ts";

/** The sample that everybody sees: one seed, so that screenshots and questions agree. */
const SEED = 20_260_401;

async function* encoded(chunks: Iterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const chunk of chunks) yield encoder.encode(chunk);
}

/** `own-data`: the workspace holds other records, and the sample is never mixed into those. */
export type SampleOutcome = "loaded" | "already-loaded" | "own-data";

/** How far the loading is: records read, of all; and, at the end of each file, that the rows are worked out. */
export interface SampleProgress {
  records: number;
  all: number;
  phase: IngestProgress["phase"];
}

/**
 * Loads the sample, its year ending now. A load that was cut off is taken up again: what is there is not stored twice.
 */
export async function loadSample(
  db: Db,
  workspace: string,
  by: Caller,
  onProgress?: (progress: SampleProgress) => void,
): Promise<SampleOutcome> {
  const { sampleEnd, sampleLoaded, empty } = await readWorkspace(db, workspace);
  if (sampleLoaded) return "already-loaded";
  if (sampleEnd === null && !empty) return "own-data";
  const end = sampleEnd ?? Math.floor(Date.now() / 60_000) * 60_000;
  await act({ db, workspace, by }, "operate", "load-sample", async (sql) => {
    await setSample(sql, workspace, end, false);
    return { result: undefined, object: "sample company", after: { end: new Date(end).toISOString() } };
  });
  const { files, records: all } = sampleCompany({ seed: SEED, end });
  let before = 0;
  for (const { name, source, format, customer, records, chunks } of files) {
    const input = {
      chunks: encoded(chunks()),
      file: name,
      bytesTotal: null,
      source,
      format,
      customer: customer ?? undefined,
    };
    await ingest(db, workspace, by, input, (progress) =>
      onProgress?.({ records: before + progress.records, all, phase: progress.phase }),
    );
    before += records;
  }
  await setSample(db.sql, workspace, end, true);
  return "loaded";
}
