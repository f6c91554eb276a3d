/** Timing of short things that are done again and again. */

export interface Times {
  p50Ms: number;
  p95Ms: number;
}

/** Nearest-rank percentile. */
const percentile = (sorted: readonly number[], p: number): number =>
  sorted[Math.max(Math.ceil(p * sorted.length), 1) - 1] ?? Number.NaN;

/** @param runs how often; a tenth as many come before and are not counted. */
export async function timesOf(runs: number, work: () => Promise<unknown>): Promise<Times> {
  const times: number[] = [];
  for (let run = -Math.ceil(runs / 10); run < runs; run++) {
    const started = performance.now();
    await work();
    if (run >= 0) times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return { p50Ms: percentile(times, 0.5), p95Ms: percentile(times, 0.95) };
}

/** Seconds that something takes. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
