/** Latencies counted in bands: what pages draw as bars. Pure. */
import type { LatencyBand } from "./contract.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Up to and with so many seconds each, beyond the one before. */
export const OFFBOARDING_BANDS: readonly number[] = [
  15 * MINUTE,
  HOUR,
  4 * HOUR,
  DAY,
  3 * DAY,
  7 * DAY,
  30 * DAY,
];
export const JOINER_BANDS: readonly number[] = [15 * MINUTE, HOUR, 8 * HOUR, DAY, 3 * DAY, 14 * DAY];

/** Counts latencies by the bands of some limits, and last what took longer. */
export class BandTally {
  private readonly bands: LatencyBand[];

  /** @param limits in seconds, rising. */
  constructor(private readonly limits: readonly number[]) {
    this.bands = [...limits, null].map((upTo) => ({ upTo, steps: 0, breached: 0 }));
  }

  /** @param latency in seconds. */
  add(latency: number, breached = false): void {
    const at = this.limits.findIndex((limit) => latency <= limit);
    const band = this.bands.at(at) as LatencyBand;
    band.steps += 1;
    if (breached) band.breached += 1;
  }

  result(): LatencyBand[] {
    return this.bands.map((band) => ({ ...band }));
  }
}
