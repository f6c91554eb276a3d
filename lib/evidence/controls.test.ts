import { expect, test } from "vitest";
import { tablePieces } from "../reports/csv.ts";
import { CONTROL_COLUMNS, controlLines, controlMapping } from "./controls.ts";
import { FULL_PACK } from "./testing/example.ts";

const ofPart = FULL_PACK.filter((path) => !path.startsWith("reviews/") && path !== "audit.csv");

test("every control that is asked for is there, once", () => {
  const rows = controlMapping(FULL_PACK);
  const ids = rows.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual([
    ...["CC6.1", "CC6.2", "CC6.3"],
    ...["A.5.15", "A.5.16", "A.5.17", "A.5.18", "A.8.2"],
    "AC-2",
    ...Array.from({ length: 13 }, (_, i) => `AC-2(${i + 1})`),
    ...["8.2.4", "8.2.5", "8.2.6"],
    "164.308(a)(3)(ii)(C)",
  ]);
});

test("each says what it doesn't answer, and whether it answers anything", () => {
  for (const { coverage, answers, notAnswered } of controlMapping(FULL_PACK)) {
    expect(notAnswered).toMatch(/\.$/u);
    expect(coverage === "partly").toBe(answers.length > 0);
  }
  const coverage = (id: string) => controlMapping(FULL_PACK).find((row) => row.id === id)?.coverage;
  expect(coverage("AC-2(10)")).toBe("withdrawn");
  expect(coverage("AC-2(5)")).toBe("not answered");
  expect(coverage("8.2.5")).toBe("partly");
});

test("a full pack has every file that a control names", () => {
  const named = controlMapping(FULL_PACK).flatMap(({ answers }) => answers.flatMap(({ files }) => files));
  expect(named.length).toBeGreaterThan(100);
  for (const { notAnswered } of controlMapping(FULL_PACK)) expect(notAnswered).not.toContain("does not have");
});

test("a pack of a part names no file that it lacks, and says what it lacks", () => {
  const rows = controlMapping(ofPart);
  for (const file of rows.flatMap(({ answers }) => answers.flatMap(({ files }) => files)))
    expect(ofPart.some((path) => path === file || path.startsWith(file))).toBe(true);
  expect(rows.find(({ id }) => id === "A.5.18")?.notAnswered).toContain(
    "does not have reviews/, audit.csv, which would answer a part.",
  );
});

test("of an empty pack, no control is answered", () => {
  for (const { coverage } of controlMapping([])) expect(coverage).not.toBe("partly");
});

test("the table has a line for each answer, and one for a control without any", () => {
  const rows = controlMapping(FULL_PACK);
  const lines = controlLines(rows);
  expect(lines).toHaveLength(rows.reduce((sum, { answers }) => sum + Math.max(answers.length, 1), 0));
  const csv = [...tablePieces(CONTROL_COLUMNS, lines)].join("");
  expect(csv.split("\n")[0]).toBe("framework,id,title,coverage,files,what,notAnswered");
});

test("a text that a spreadsheet would run is made harmless in it", () => {
  const [line] = controlLines(controlMapping(FULL_PACK));
  const csv = [...tablePieces(CONTROL_COLUMNS, [{ ...line, title: "=1+1" }])].join("");
  expect(csv).toContain(",'=1+1,");
});
