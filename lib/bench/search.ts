/** How long the search takes on the sample company at a size of one's choice. */
import { connect, connectAsOwner, type Db, DEFAULT_WORKSPACE } from "../../db/client.ts";
import { commandLine } from "../auth/caller.ts";
import { ingest } from "../ingest/ingest.ts";
import { search } from "../reports/search.ts";
import { prepareDatabase } from "../runtime/access.ts";
import { createDatabase } from "../runtime/database.ts";
import { withOwnPostgres } from "../runtime/own-postgres.ts";
import { sampleCompany } from "../sample/company.ts";
import { type SearchTimes, searchTexts, searchTimes } from "./searches.ts";

export interface SearchBench {
  records: number;
  /** People, accounts and applications; names and ids that stand for them. */
  subjects: number;
  refs: number;
  searches: SearchTimes[];
}

const RUNS = 100;
/** As the sample's own, so that each run searches for the same. */
const SEED = 20_260_401;
const END = Date.parse("2026-06-30T12:00:00Z");

async function fill(db: Db, scale: number, say: (text: string) => void): Promise<number> {
  say(`Planning the sample company at scale ${scale} …`);
  const { files, records } = sampleCompany({ seed: SEED, end: END, scale });
  for (const { name, source, format, customer, chunks } of files) {
    say(`${name} …`);
    const encoder = new TextEncoder();
    const bytes = (async function* () {
      for (const chunk of chunks()) yield encoder.encode(chunk);
    })();
    const input = {
      chunks: bytes,
      file: name,
      bytesTotal: null,
      source,
      format,
      customer: customer ?? undefined,
    };
    await ingest(db, DEFAULT_WORKSPACE, commandLine(), input);
  }
  return records;
}

/**
 * Loads the sample company into a PostgreSQL of its own, searches, and takes it all away again.
 * @param scale 1 is 1,200 people and some 57,000 records.
 */
export async function benchSearch(scale: number, say: (text: string) => void): Promise<SearchBench> {
  return withOwnPostgres("bench-search", async ({ url: server, home }) => {
    const url = await createDatabase(server, "bench_search");
    const db = connect(await prepareDatabase(home, url), { workspace: DEFAULT_WORKSPACE }, 4);
    const owner = connectAsOwner(url);
    try {
      const records = await fill(db, scale, say);
      await owner.sql`analyze`;
      const [counts] = await owner.sql<[{ subjects: number; refs: number }]>`
        select (select count(*)::int from subjects) subjects, (select count(*)::int from subject_refs) refs`;
      const texts = await searchTexts(owner);
      const searches = await searchTimes(texts, RUNS, (text) => search(db, DEFAULT_WORKSPACE, text));
      return { records, ...counts, searches };
    } finally {
      await Promise.all([db.close(), owner.close()]);
    }
  });
}
