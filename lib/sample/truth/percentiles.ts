/** Percentiles of how long it took, from their definitions. */

export interface Observation {
  seconds: number;
  /** Whether it ended then; otherwise it was watched until then and had not. */
  ended: boolean;
}

/** Nearest rank: the ⌈p·n⌉-th smallest of what ended; null when nothing did. */
export function nearestRank(observations: Observation[], p: number): number | null {
  const ended = observations.filter((one) => one.ended).map(({ seconds }) => seconds);
  ended.sort((a, b) => a - b);
  return ended[Math.ceil(p * ended.length) - 1] ?? null;
}

/** Sums of products of ratios are not exact; no true value lies so near a threshold without being it. */
const EPSILON = 1e-9;

/**
 * Kaplan and Meier (1958): S(t) is the product over all times t' ≤ t at which something ended of 1 − ended / at risk, where
 * at risk is whatever was watched at least until t'. The percentile is the smallest t with S(t) ≤ 1 − p; null when S stays above.
 */
export function kaplanMeier(observations: Observation[], p: number): number | null {
  const times = [...new Set(observations.filter((one) => one.ended).map(({ seconds }) => seconds))];
  let surviving = 1;
  for (const time of times.sort((a, b) => a - b)) {
    const atRisk = observations.filter(({ seconds }) => seconds >= time).length;
    const ended = observations.filter((one) => one.ended && one.seconds === time).length;
    surviving *= 1 - ended / atRisk;
    if (surviving <= 1 - p + EPSILON) return time;
  }
  return null;
}
