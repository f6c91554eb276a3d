/** How evenly an ingest goes on: records a second of each tenth of the log. Pure. */

/** What was committed by a moment. */
export interface Commit {
  /** Since the ingest began. */
  seconds: number;
  /** All that are committed by then. */
  records: number;
}

export interface Pace {
  /** Records a second of each tenth of the log, as they were read; null where there were too few commits to tell tenths apart. */
  tenths: number[] | null;
  /** The last one ÷ the first one. */
  lastVsFirst: number | null;
  /** How many commits that was read off. */
  commits: number;
  /** Until the last record was committed. */
  readingSeconds: number;
}

const TENTHS = 10;

/** When so many records were committed, as if those of one commit had come one after the other. @param commits from 0 records on. */
function timeOf(commits: readonly Commit[], records: number): number {
  const next = commits.findIndex((commit) => commit.records >= records);
  const [before, after] = [commits[next - 1], commits[next]];
  if (after === undefined) throw new Error(`${records} records were never committed.`);
  if (before === undefined) return after.seconds;
  const share = (records - before.records) / (after.records - before.records);
  return before.seconds + share * (after.seconds - before.seconds);
}

/**
 * @param looks what was seen, in order; the same number of records may have been seen again and again.
 * @throws when nothing was ever committed.
 */
export function paceOf(looks: readonly Commit[]): Pace {
  const commits: Commit[] = [{ seconds: 0, records: 0 }];
  for (const look of looks) if (look.records > (commits.at(-1)?.records ?? 0)) commits.push(look);
  const { records: all, seconds: readingSeconds } = commits.at(-1) as Commit;
  if (all === 0) throw new Error("Nothing was committed.");
  const seen = { commits: commits.length - 1, readingSeconds };
  if (seen.commits < TENTHS) return { tenths: null, lastVsFirst: null, ...seen };
  const times = Array.from({ length: TENTHS + 1 }, (_, i) => timeOf(commits, (all * i) / TENTHS));
  const tenths = times.slice(1).map((end, i) => all / TENTHS / (end - (times[i] ?? 0)));
  return { tenths, lastVsFirst: (tenths.at(-1) ?? 0) / (tenths[0] ?? 0), ...seen };
}
