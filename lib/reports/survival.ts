/** Percentiles of durations, some of which have not ended yet, and how sure they are. */
import type { Limits, Percentiles } from "./contract.ts";

/** A duration in seconds; `ended` false: at least so long, and unknown beyond (right-censored). */
export interface Duration {
  seconds: number;
  ended: boolean;
}

/** Nearest-rank percentile of durations that ended: the ⌈p·n⌉-th smallest; null of none. */
export function nearestRank(durations: readonly Duration[], p: number): number | null {
  const ended = durations
    .filter((duration) => duration.ended)
    .map((duration) => duration.seconds)
    .sort((a, b) => a - b);
  return ended[Math.max(Math.ceil(p * ended.length), 1) - 1] ?? null;
}

/** One step of the Kaplan–Meier curve. */
export interface SurvivalStep {
  seconds: number;
  /** The estimated share still open after `seconds`. */
  open: number;
  /** Its pointwise 95 % confidence band. */
  lower: number;
  upper: number;
  /** Greenwood's; null where nothing is open any more: it is not defined there. */
  standardError: number | null;
}

/** The normal distribution has 95 % of its mass within so many standard deviations. */
const Z = 1.959963984540054;

/**
 * Kaplan–Meier estimate (Kaplan & Meier 1958): S(t) = Π (1 − dᵢ/nᵢ) over the times tᵢ ≤ t at which durations ended. Those
 * censored at a time count as at risk at that time.
 *
 * Its band has the variance of Greenwood (1926), σ² = Σ dᵢ/(nᵢ(nᵢ − dᵢ)), on the scale log(−log S) (Kalbfleisch & Prentice
 * 1980): S^exp(±zσ/|ln S|) stays within 0 and 1. A share that never rises has limits that never rise: where fewer at
 * risk would lift one, the one before holds. Where S is 0 the variance is not defined: 0 below, and above the limit before.
 * @returns the curve's steps in order of time.
 */
export function kaplanMeier(durations: readonly Duration[]): SurvivalStep[] {
  const sorted = durations.toSorted((a, b) => a.seconds - b.seconds);
  const steps: SurvivalStep[] = [];
  let last = { open: 1, lower: 1, upper: 1 };
  let variance = 0;
  for (let i = 0; i < sorted.length; ) {
    const at = sorted[i]?.seconds ?? 0;
    const atRisk = sorted.length - i;
    let ended = 0;
    for (; i < sorted.length && sorted[i]?.seconds === at; i++) if (sorted[i]?.ended) ended++;
    if (ended === 0) continue;
    const open = last.open * (1 - ended / atRisk);
    variance += ended / (atRisk * (atRisk - ended));
    const sigma = Math.sqrt(variance);
    const spread = open === 0 ? Infinity : Math.exp((Z * sigma) / -Math.log(open));
    last = {
      open,
      lower: Math.min(open ** spread, last.lower),
      upper: open === 0 ? last.upper : Math.min(open ** (1 / spread), last.upper),
    };
    steps.push({ seconds: at, ...last, standardError: open === 0 ? null : open * sigma });
  }
  return steps;
}

/** S is a product of fractions: what is 0.05 on paper may be a hair more here. */
const TOLERANCE = 1e-9;

/** The first time at which a share of the curve is down to 1 − p; null when it does not fall so far. */
function reached(curve: readonly SurvivalStep[], share: "open" | "lower" | "upper", p: number) {
  return curve.find((step) => step[share] <= 1 - p + TOLERANCE)?.seconds ?? null;
}

/** Smallest time with S(t) ≤ 1 − p; null when the curve does not fall so far. */
export function survivalPercentile(curve: readonly SurvivalStep[], p: number): number | null {
  return reached(curve, "open", p);
}

/**
 * 95 % confidence limits of a percentile, in seconds (Brookmeyer & Crowley 1982): the times at which the band's lower and
 * its upper edge fall to 1 − p; null where they don't.
 */
export function percentileLimits(curve: readonly SurvivalStep[], p: number): Limits {
  return { lower: reached(curve, "lower", p), upper: reached(curve, "upper", p) };
}

/** Median and 95th percentile, counted both ways. */
export interface Latencies {
  naive: Percentiles;
  kaplanMeier: Percentiles;
  /** Limits of those by Kaplan–Meier. */
  bands: { p50: Limits; p95: Limits };
}

/** @param curve the Kaplan–Meier curve of the same durations. */
export function latenciesOf(
  durations: readonly Duration[],
  curve: readonly SurvivalStep[] = kaplanMeier(durations),
): Latencies {
  return {
    naive: { p50: nearestRank(durations, 0.5), p95: nearestRank(durations, 0.95) },
    kaplanMeier: { p50: survivalPercentile(curve, 0.5), p95: survivalPercentile(curve, 0.95) },
    bands: { p50: percentileLimits(curve, 0.5), p95: percentileLimits(curve, 0.95) },
  };
}
