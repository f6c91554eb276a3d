/** SLAs and the limits of percentiles in words. Pure. */
import type { Limits, OffboardingReport } from "../../lib/reports/contract.ts";
import { duration } from "../format/time.ts";

/** `24 h`, or where applications differ `the SLA of each application`. */
export const slaInWords = ({ commonSla }: Pick<OffboardingReport, "commonSla">): string =>
  commonSla === null ? "the SLA of each application" : duration(commonSla);

/** A number with its unit, as most durations are told. */
const ONE_UNIT = /^(\d+) (\D+)$/u;

/** Confidence limits: `8–11 min`, `59 min to 1 h 2 min`, `from 8 min`; null when nothing is known of them. */
export function limitsInWords({ lower, upper }: Limits): string | null {
  if (lower === null) return null;
  const low = duration(lower);
  if (upper === null) return `from ${low}`;
  const high = duration(upper);
  if (low === high) return low;
  const [, lowNumber, lowUnit] = ONE_UNIT.exec(low) ?? [];
  const [, , highUnit] = ONE_UNIT.exec(high) ?? [];
  return lowUnit !== undefined && lowUnit === highUnit ? `${lowNumber}–${high}` : `${low} to ${high}`;
}

/** A percentile with its limits: `9 min (8–11 min)`. */
export function percentileInWords(seconds: number | null, limits: Limits): string {
  const range = limitsInWords(limits);
  if (seconds === null) return range === null ? "not reached" : `not reached (${range})`;
  return range === null ? duration(seconds) : `${duration(seconds)} (${range})`;
}
