/** Counts the records of an ingest for /metrics while it runs. */
import { metrics } from "../runtime/metrics.ts";
import type { IngestProgress } from "./ingest.ts";

/** One file may hold several formats; each mix of them must not become a label of its own. */
const labelOf = (format: string): string =>
  format === "" ? "unknown" : format.includes("+") ? "several" : format;

/** Takes the progress of one ingest, whose numbers are of all its records up to now. */
export function countRecords(): (progress: IngestProgress) => void {
  const told = { accepted: 0, duplicates: 0, rejected: 0 };
  return (progress) => {
    for (const outcome of ["accepted", "duplicates", "rejected"] as const) {
      const more = progress[outcome] - told[outcome];
      told[outcome] = progress[outcome];
      if (more > 0) metrics().records.inc({ format: labelOf(progress.format), outcome }, more);
    }
  };
}
