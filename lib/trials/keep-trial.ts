/** A trial into the log. */
import type postgres from "postgres";
import type { Db } from "../../db/client.ts";
import { lockSources } from "../../db/log/append.ts";
import { sequence } from "../../db/log/tree.ts";
import { standingIngest } from "../../db/queries/ingests.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { scimTrial } from "../ingest/adapters/scim-trial/adapter.ts";
import { frames } from "../ingest/framing.ts";
import { Packer } from "../ingest/packer.ts";
import { refresh } from "../ingest/refresh.ts";
import { appendSent, makeStandingSource } from "../ingest/standing-source.ts";
import { type Trial, verdictOf } from "./record.ts";

/** The source that all trials of a workspace are of. */
const SOURCE = "trials";
const FILE = "Trials of applications";

/** Its ingest, which goes on for good; made with the source before the first. The caller holds the source's lock. */
async function ingestOf(sql: postgres.TransactionSql, workspace: string): Promise<string> {
  const known = await standingIngest(sql, workspace, SOURCE, FILE);
  if (known !== null) return known;
  const { format } = scimTrial;
  return (await makeStandingSource(sql, workspace, { source: SOURCE, format, customer: null, file: FILE }))
    .ingest;
}

/**
 * Writes a trial into the log, in a transaction that is under way; {@link workOutTrials} follows when it has ended. The same
 * trial twice is one.
 * @param by who tried: a person, or Rollcall itself by a schedule.
 * @throws {AccessProblem} and when it can't be read as one, and whatever the database says.
 */
export async function keepTrialWithin(
  within: postgres.TransactionSql,
  workspace: string,
  by: Caller,
  trial: Trial,
): Promise<void> {
  const packer = new Packer({ source: SOURCE, adapter: scimTrial });
  const whole = (async function* () {
    yield new TextEncoder().encode(JSON.stringify(trial));
  })();
  for await (const some of frames(whole, { isRecord: (value) => scimTrial.detect(value) }))
    for (const frame of some) packer.add(frame);
  const packed = packer.flush();
  const [unreadable] = packed.rejected;
  if (unreadable !== undefined) throw new Error(`A trial that can't be kept: ${unreadable.reason}`);
  await act({ sql: within, workspace, by }, "operate", "keep-trial", async (sql) => {
    await lockSources(sql, workspace, [SOURCE]);
    const { accepted } = await appendSent(sql, workspace, await ingestOf(sql, workspace), packed);
    const { id, kind, application, steps } = trial;
    return {
      result: undefined,
      object: application,
      after: { trial: id, kind, verdict: verdictOf(steps) },
      nothing: accepted === 0,
    };
  });
}

/** Works out what follows from trials that were kept: the read models, and their place in the log's tree. */
export async function workOutTrials(db: Db, workspace: string): Promise<void> {
  await Promise.all([refresh(db, workspace), sequence(db, workspace)]);
}

/** Writes a trial into the log, and works out what follows. @throws as {@link keepTrialWithin}. */
export async function keepTrial(db: Db, workspace: string, by: Caller, trial: Trial): Promise<void> {
  await db.sql.begin((sql) => keepTrialWithin(sql, workspace, by, trial));
  await workOutTrials(db, workspace);
}
