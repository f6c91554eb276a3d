import { expect, it } from "vitest";
import { ingestWords } from "./ingest-words.ts";

it("tells what came of an ingest", () => {
  expect(ingestWords({ records: 2000, accepted: 1990, duplicates: 8, rejected: 2 })).toBe(
    "2,000 records: 1,990 new, 8 already known, 2 not readable",
  );
  expect(ingestWords({ records: 1, accepted: 1, duplicates: 0, rejected: 0 })).toBe("1 record: 1 new");
  expect(ingestWords({ records: 0, accepted: 0, duplicates: 0, rejected: 0 })).toBe("No records in it");
});
