/** What came of an ingest, in words. */
import type { IngestResult } from "../../lib/reports/contract.ts";
import { count, plural } from "../format/number.ts";

type Counts = Pick<IngestResult, "records" | "accepted" | "duplicates" | "rejected">;

/** `2,000 records: 1,990 new, 8 already known, 2 not readable`. */
export function ingestWords({ records, accepted, duplicates, rejected }: Counts): string {
  if (records === 0) return "No records in it";
  const parts = [`${count(accepted)} new`];
  if (duplicates > 0) parts.push(`${count(duplicates)} already known`);
  if (rejected > 0) parts.push(`${count(rejected)} not readable`);
  return `${plural(records, "record")}: ${parts.join(", ")}`;
}
