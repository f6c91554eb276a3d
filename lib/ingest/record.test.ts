/** What is said of a record that can't be read may quote it, and can be stored whatever stands there. */
import { expect, it } from "vitest";
import { FactFilter } from "./fact-filter.ts";
import { readFrame } from "./record.ts";

it("the reason of what can't be read can be stored", () => {
  const frame = {
    kind: "broken",
    reason: 'Unexpected token "\u0000" after "\ud800".',
    bytes: Buffer.from("{\u0000"),
    position: { record: 1, line: 1, offset: 0 },
  } as const;
  expect(readFrame(frame, { source: "okta", adapter: null }, new FactFilter())).toMatchObject({
    rejected: { source: "okta", reason: 'Unexpected token "\ufffd" after "\ufffd".' },
  });
});
