/** Whether something that is looked at again and again stays as it is. Pure. */
import type { Sample } from "./samples.ts";

export interface Trend {
  what: string;
  /** The middle of the second half. */
  mean: number;
  /** By how much it went up in the second half, by the straight line that fits best. */
  rise: number;
  /** As much may be chance. */
  allowed: number;
  flat: boolean;
}

/** Collections of garbage come and go: a tenth, or so many megabytes. */
const MEMORY_SHARE = 0.1;
const MEMORY_MB = 32;
/** Pools open and close connections by what is asked at a time. */
const CONNECTIONS = 4;

/** Rise of the straight line through the points from the first to the last (least squares). */
export function riseOf(points: readonly (readonly [at: number, value: number])[]): number {
  const n = points.length;
  const [first, last] = [points[0]?.[0] ?? 0, points.at(-1)?.[0] ?? 0];
  if (n < 2 || first === last) return 0;
  const meanAt = points.reduce((sum, [at]) => sum + at, 0) / n;
  const mean = points.reduce((sum, [, value]) => sum + value, 0) / n;
  const above = points.reduce((sum, [at, value]) => sum + (at - meanAt) * (value - mean), 0);
  const below = points.reduce((sum, [at]) => sum + (at - meanAt) ** 2, 0);
  return (above / below) * (last - first);
}

function trendOf(
  what: string,
  points: readonly (readonly [number, number])[],
  allowedOf: (mean: number) => number,
): Trend {
  const end = points.at(-1)?.[0] ?? 0;
  // In the first half all that is kept is filled.
  const half = points.filter(([at]) => at >= end / 2);
  const mean = half.reduce((sum, [, value]) => sum + value, 0) / Math.max(half.length, 1);
  const rise = riseOf(half);
  const allowed = allowedOf(mean);
  return { what, mean, rise, allowed, flat: rise <= allowed };
}

/** Memory of each process, and connections. */
export function trendsOf(samples: readonly Sample[]): Trend[] {
  const names = [...new Set(samples.flatMap(({ memory }) => Object.keys(memory)))];
  const memory = names.map((name) =>
    trendOf(
      `memory of ${name}, MB`,
      samples.flatMap(({ at, memory }) => (memory[name] === undefined ? [] : [[at, memory[name]] as const])),
      (mean) => Math.max(mean * MEMORY_SHARE, MEMORY_MB),
    ),
  );
  const connections = trendOf(
    "connections to PostgreSQL",
    samples.flatMap(({ at, connections }) => (connections === null ? [] : [[at, connections] as const])),
    () => CONNECTIONS,
  );
  return [...memory, connections];
}
