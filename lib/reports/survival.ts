/** Percentiles of durations, some of which have not ended yet. */

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

/** One step of the Kaplan–Meier curve: the share still open after `seconds`. */
export interface SurvivalStep {
  seconds: number;
  open: number;
}

/**
 * Kaplan–Meier estimate (Kaplan & Meier 1958): S(t) = Π (1 − dᵢ/nᵢ) over the times tᵢ ≤ t at which durations ended. Those
 * censored at a time count as at risk at that time.
 * @returns the curve's steps in order of time.
 */
export function kaplanMeier(durations: readonly Duration[]): SurvivalStep[] {
  const sorted = durations.toSorted((a, b) => a.seconds - b.seconds);
  const steps: SurvivalStep[] = [];
  let open = 1;
  for (let i = 0; i < sorted.length; ) {
    const at = sorted[i]?.seconds ?? 0;
    const atRisk = sorted.length - i;
    let ended = 0;
    for (; i < sorted.length && sorted[i]?.seconds === at; i++) if (sorted[i]?.ended) ended++;
    if (ended === 0) continue;
    open *= 1 - ended / atRisk;
    steps.push({ seconds: at, open });
  }
  return steps;
}

/** Smallest time with S(t) ≤ 1 − p; null when the curve does not fall so far. */
export function survivalPercentile(curve: readonly SurvivalStep[], p: number): number | null {
  // S is a product of fractions: what is 0.05 on paper may be a hair more here.
  const tolerance = 1e-9;
  return curve.find((step) => step.open <= 1 - p + tolerance)?.seconds ?? null;
}
