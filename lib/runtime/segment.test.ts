import { expect, it } from "vitest";
import { segmentText } from "./segment.ts";

it("reads a segment of an address, encoded or decoded", () => {
  expect(segmentText("Caf%C3%A9%20%26%20Co")).toBe("Café & Co");
  expect(segmentText("100%25")).toBe("100%");
  expect(segmentText("100%")).toBe("100%");
  expect(segmentText("%E0%A4")).toBe("%E0%A4");
});
