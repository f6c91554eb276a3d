/** What the curves are drawn from. Pure. */
import type { CurveStep } from "../../lib/reports/contract.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A logarithmic axis has no zero: everything under a minute stands at its beginning. */
export const START = MINUTE;
export const TICKS = [MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, DAY, 7 * DAY, 30 * DAY, 365 * DAY];
/** The moments that tables tell of. */
export const MOMENTS = [15 * MINUTE, HOUR, 4 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY];

const ALL_OPEN: CurveStep = { seconds: 0, open: 1, lower: 1, upper: 1 };

/**
 * The estimate after so many seconds.
 * @param watched seconds for which the longest has been watched.
 * @returns null where nothing has been watched for so long, and something was still open.
 */
export function estimateAt(curve: readonly CurveStep[], watched: number, seconds: number): CurveStep | null {
  const step = curve.findLast((one) => one.seconds <= seconds) ?? ALL_OPEN;
  return seconds > watched && step.open > 0 ? null : step;
}

export interface CurvePoint {
  seconds: number;
  open: number;
  band: [lower: number, upper: number];
  /** The share of all groups together; null where they are not drawn. */
  all: number | null;
}

/** The curve from "all open", past its last step for as long as open cases have been watched; steps of `whole` beside it. */
export function pointsOf(
  curve: readonly CurveStep[],
  watched: number,
  whole: readonly CurveStep[] | null = null,
): CurvePoint[] {
  const last = Math.max(watched, curve.at(-1)?.seconds ?? 0, START);
  const moments = [START, ...curve.map(({ seconds }) => seconds), last];
  // Beyond what was watched of this one the others go on; its own line ends.
  const beside = whole?.map(({ seconds }) => seconds).filter((seconds) => seconds <= last) ?? [];
  const places = [...new Set([...moments, ...beside].map((seconds) => Math.max(seconds, START)))];
  const at = (steps: readonly CurveStep[], seconds: number): CurveStep =>
    steps.findLast((step) => Math.max(step.seconds, START) <= seconds) ?? ALL_OPEN;
  return places
    .sort((a, b) => a - b)
    .map((seconds) => {
      const { open, lower, upper } = at(curve, seconds);
      return {
        seconds,
        open,
        band: [lower, upper],
        all: whole === null ? null : at(whole, seconds).open,
      };
    });
}

const oneDigit = (share: number): string => (100 * share).toFixed(1);

/** `12.5 % (8.1–17.0 %)`; `not known yet` of null. */
export function estimateInWords(step: Pick<CurveStep, "open" | "lower" | "upper"> | null): string {
  if (step === null) return "not known yet";
  return `${oneDigit(step.open)} % (${oneDigit(step.lower)}–${oneDigit(step.upper)} %)`;
}

/** `12.5 %`; `not known yet` of null. */
export const shareInWords = (step: CurveStep | null): string =>
  step === null ? "not known yet" : `${oneDigit(step.open)} %`;
