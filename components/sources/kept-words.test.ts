import { expect, it } from "vitest";
import { keptWords } from "./kept-words.ts";

it("tells how long records are kept, and what was removed", () => {
  expect(keptWords({ keptDays: null, removed: null })).toBe("for good");
  expect(keptWords({ keptDays: 1, removed: null })).toBe("1 day");
  const removed = { records: 1_200, before: "2026-02-03T00:00:00.000Z" };
  expect(keptWords({ keptDays: 400, removed })).toBe("400 days; 1,200 from before 3 Feb 2026 removed");
  expect(keptWords({ keptDays: null, removed })).toBe("for good; 1,200 from before 3 Feb 2026 removed");
});
