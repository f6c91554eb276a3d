import { expect, it } from "vitest";
import { lines } from "./lines.ts";

it("writes a line a row, and nothing that a spreadsheet would run", () => {
  expect(lines([])).toBe("");
  expect(
    lines([
      ["Slack", "alice\tb\nc"],
      ["=1+1", ' "@x'],
    ]),
  ).toBe("Slack\talice b c\n'=1+1\t' \"@x");
});
