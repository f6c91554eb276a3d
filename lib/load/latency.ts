/** What was asked, how often it failed and by what, and how long it took: a histogram for each kind of request. */
import type { build, Histogram } from "hdr-histogram-js";

/** Microseconds told apart by three digits, up to ten minutes. */
const HIGHEST = 10 * 60 * 1_000_000;
const DIGITS = 3;

/** Of one kind of request; milliseconds. */
export interface KindFigures {
  kind: string;
  requests: number;
  /** How often each error came; empty: none. */
  errors: Record<string, number>;
  /** Of those that went well; null where none did. */
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
  maxMs: number | null;
}

interface Kept {
  requests: number;
  errors: Map<string, number>;
  times: Histogram;
}

export class Latencies {
  readonly #kinds = new Map<string, Kept>();
  readonly #build: typeof build;

  private constructor(make: typeof build) {
    this.#build = make;
  }

  /** The library comes with the development packages: commands that measure nothing start without it. */
  static async begin(): Promise<Latencies> {
    return new Latencies((await import("hdr-histogram-js")).build);
  }

  #of(kind: string): Kept {
    let kept = this.#kinds.get(kind);
    if (kept === undefined) {
      const times = this.#build({
        lowestDiscernibleValue: 1,
        highestTrackableValue: HIGHEST,
        numberOfSignificantValueDigits: DIGITS,
      });
      kept = { requests: 0, errors: new Map(), times };
      this.#kinds.set(kind, kept);
    }
    return kept;
  }

  /** One that went well, to its answer's last byte. */
  add(kind: string, ms: number): void {
    const kept = this.#of(kind);
    kept.requests++;
    kept.times.recordValue(Math.min(Math.max(Math.round(ms * 1000), 1), HIGHEST));
  }

  fail(kind: string, error: string): void {
    const kept = this.#of(kind);
    kept.requests++;
    kept.errors.set(error, (kept.errors.get(error) ?? 0) + 1);
  }

  /** By kind, in the order of their names. */
  figures(): KindFigures[] {
    return [...this.#kinds]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, { requests, errors, times }]) => {
        const maxMs = times.totalCount === 0 ? null : times.maxValue / 1000;
        // The histogram says the highest that it does not tell apart from the value: no more than the highest there was.
        const at = (percent: number) =>
          maxMs === null ? null : Math.min(times.getValueAtPercentile(percent) / 1000, maxMs);
        return {
          kind,
          requests,
          errors: Object.fromEntries([...errors].sort()),
          p50Ms: at(50),
          p95Ms: at(95),
          p99Ms: at(99),
          maxMs,
        };
      });
  }
}
