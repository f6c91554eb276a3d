import { describe, expect, it } from "vitest";
import type { CoverageCell, CoverageReport } from "../../lib/reports/contract.ts";
import { capabilityNamed, fitting, tileInWords, tilesOf } from "./tiles.ts";

const cell = (state: CoverageCell["state"]): Partial<CoverageCell> => ({ state, why: "Because." });
const row = (application: string, people: number) => ({
  application,
  people,
  uncovered: false,
  cells: { joiner: cell("automated"), mover: cell("none"), roles: cell("none"), leaver: cell("manual") },
});
const report = {
  rows: [row("Wiki", 0), row("Slack", 12), row("Chat", 12), row("Mail", 40)],
} as CoverageReport;

describe("tilesOf", () => {
  it("puts the most people first, and shades by the capability that is asked for", () => {
    expect(tilesOf(report, "leaver").map(({ name }) => name)).toEqual(["Mail", "Chat", "Slack", "Wiki"]);
    expect(tilesOf(report, "joiner").every(({ state }) => state === "automated")).toBe(true);
    expect(tilesOf(report, "leaver").every(({ state }) => state === "manual")).toBe(true);
  });

  it("says in words what the tile shows", () => {
    const [first] = tilesOf(report, "leaver");
    expect(first && tileInWords({ ...first, people: 1 }, "leaver")).toBe(
      "Mail, Leaver: Manual, 1 person. Because.",
    );
  });
});

describe("capabilityNamed", () => {
  it("is the leaver's where the address names none that is known", () => {
    expect([null, "toString", "roles"].map(capabilityNamed)).toEqual(["leaver", "leaver", "roles"]);
  });
});

describe("fitting", () => {
  it.each([
    ["Slack", 100, "Slack"],
    ["A rather long name", 74, "A rather …"],
    ["Slack", 20, null],
    ["", 0, ""],
  ])("%s in %d px: %s", (text, width, shown) => {
    expect(fitting(text, width)).toBe(shown);
  });
});
