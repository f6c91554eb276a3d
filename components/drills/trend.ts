/** How long steps took from trial to trial. Pure. */
import type { KeptTrial } from "../../lib/trials/read-trials.ts";
import { duration } from "../format/time.ts";

/** The steps of drills whose latencies are drawn: what a joiner, a mover and a leaver wait for. */
export const DRAWN = ["create", "change", "deactivate", "delete"] as const;

/** One drill: milliseconds of each step that passed, null of one that did not. */
export interface TrendPoint extends Record<(typeof DRAWN)[number], number | null> {
  at: string;
}

/** A latency: `120 ms`, `3.2 s`, `12 min`. */
export function latency(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : duration(ms / 1_000);
}

/** Of drills alone, the oldest first. @param trials the newest first. */
export const trendOf = (trials: readonly Pick<KeptTrial, "kind" | "endedAt" | "steps">[]): TrendPoint[] =>
  trials
    .filter(({ kind }) => kind === "drill")
    .map(({ endedAt, steps }) => {
      const of = (name: string) =>
        steps.find((step) => step.name === name && step.verdict === "passed")?.latencyMs ?? null;
      return {
        at: endedAt,
        create: of("create"),
        change: of("change"),
        deactivate: of("deactivate"),
        delete: of("delete"),
      };
    })
    .reverse();
