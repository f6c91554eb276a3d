/** Timing of short things that are done again and again. */

export interface Times {
  p50Ms: number;
  p95Ms: number;
}

/** Nearest-rank percentile. */
const percentile = (sorted: readonly number[], p: number): number =>
  sorted[Math.max(Math.ceil(p * sorted.length), 1) - 1] ?? Number.NaN;

const summary = (times: readonly number[]): Times => {
  const sorted = times.toSorted((a, b) => a - b);
  return { p50Ms: percentile(sorted, 0.5), p95Ms: percentile(sorted, 0.95) };
};

/**
 * Does several things in turn, so that whatever else the machine is at meets all of them alike, and their ratios stay.
 * @param runs how often; a tenth as many come before and are not counted.
 * @returns the times of each.
 */
export async function timesInTurn<Name extends string>(
  runs: number,
  works: Record<Name, () => Promise<unknown>>,
): Promise<Record<Name, Times>> {
  const each = Object.entries<() => Promise<unknown>>(works).map(([name, work]) => ({
    name,
    work,
    times: [] as number[],
  }));
  for (let run = -Math.ceil(runs / 10); run < runs; run++) {
    for (const { work, times } of each) {
      const started = performance.now();
      await work();
      if (run >= 0) times.push(performance.now() - started);
    }
  }
  return Object.fromEntries(each.map(({ name, times }) => [name, summary(times)])) as Record<Name, Times>;
}

/** The same of one thing alone. */
export const timesOf = async (runs: number, work: () => Promise<unknown>): Promise<Times> =>
  (await timesInTurn(runs, { work })).work;

/** Seconds that something takes. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
