import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { OffboardingRow } from "../../reports/contract.ts";
import { exampleReports } from "../../reports/fixtures.ts";
import { controlMapping } from "../controls.ts";
import { ABOUT, digestOf, FULL_PACK } from "../testing/example.ts";
import { openPdf } from "../testing/pdf-pages.ts";
import { letterPdf } from "./letter.ts";
import { type ReportAbout, reportPdf } from "./report.ts";

const controls = controlMapping(FULL_PACK);
const pdfOf = (digest = digestOf(), about: ReportAbout = ABOUT) => reportPdf(about, digest, controls);

/** The offboarding report with rows that are still open. */
function withOpen(rows: Partial<OffboardingRow>[]) {
  const { offboarding } = exampleReports;
  const [row] = offboarding.rows;
  if (row === undefined) throw new Error("The example has no row.");
  const open = { ...row, status: "open", endedAt: null, latency: null, breached: true } as const;
  return digestOf({
    offboarding: {
      ...offboarding,
      rows: rows.map((changed, i) => ({ ...open, openFor: 86_400 * (i + 1), ...changed })),
    },
  });
}

describe("the readable report", () => {
  test("opens, tells completeness before any answer, and how to check it on the last page", async () => {
    const { pages, info, tagged } = await openPdf(await pdfOf());
    const [first = ""] = pages;
    for (const words of ["Workspace main", "As of 2026-04-01 00:00 UTC", "1 gap in time and 1 record"])
      expect(first).toContain(words);
    expect(first.indexOf("How complete this is")).toBeLessThan(first.indexOf("The answers"));
    expect(pages.at(-1)).toContain("What it does not prove");
    expect(tagged).toBe(true);
    expect(info).toMatchObject({
      Title: "Evidence of account provisioning, workspace main, as of 2026-04-01T00:00:00.000Z",
      CreationDate: "D:20260401000000Z",
      Language: "en",
    });
    pages.forEach((page, i) => {
      expect(page).toContain(`Page ${i + 1} of ${pages.length}`);
      expect(page).toContain("Evidence of account provisioning · main");
    });
  });

  test("is the same, byte for byte, each time", async () => {
    expect((await pdfOf()).equals(await pdfOf())).toBe(true);
  });

  test("cuts long tables, says how many rows are where, and repeats their heads", async () => {
    const rows = Array.from({ length: 1244 }, (_, i) => ({
      identity: { userName: `leaver-${1244 - i}@larkspur.example`, displayName: null },
    }));
    const { pages } = await openPdf(await pdfOf(withOpen(rows)));
    const text = pages.join(" ");
    expect(text).toContain("… and 1,204 more, in reports/offboarding.csv");
    expect([...text.matchAll(/leaver-\d+@/gu)].map(([name]) => name)).toEqual(
      // The oldest first.
      Array.from({ length: 40 }, (_, i) => `leaver-${1244 - i}@`),
    );
    const withRows = pages.filter((page) => /leaver-\d+@/u.test(page));
    expect(withRows.length).toBeGreaterThan(1);
    for (const page of withRows) expect(page).toContain("Who Application Left (UTC) Open for");
  });

  test("prints names in Latin, Greek and Cyrillic, and signs for what it can't print", async () => {
    const names = ["Zoë Łukasiewicz", "Ωμέγα Παπαδοπούλου", "Жанна Щукина", "محمد", "漢字", "a\u0000\u202eb"];
    const rows = names.map((userName) => ({ identity: { userName, displayName: null } }));
    const { pages } = await openPdf(await pdfOf(withOpen(rows)));
    const text = pages.join(" ");
    for (const name of names.slice(0, 3)) expect(text).toContain(name);
    expect(text).toContain("a��b");
    expect(text).toContain("stands for a character that this document can't print");
    expect((await openPdf(await pdfOf())).pages.join(" ")).not.toContain("stands for a character");
  });

  test("takes any names", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: "binary", maxLength: 500 }), { minLength: 1, maxLength: 6 }),
        async (names) => {
          const rows = names.map((name) => ({
            identity: { userName: name, displayName: name },
            application: name,
            lastError: name,
          }));
          const about = {
            ...ABOUT,
            workspace: names[0] ?? "",
            scope: { customer: null, application: "x", review: null },
          };
          const { pages } = await openPdf(await pdfOf(withOpen(rows), about));
          expect(pages.at(-1)).toContain("How to check this pack");
        },
      ),
      { numRuns: 8 },
    );
  }, 120_000);
});

test("a letter keeps to one page, also with very long names", async () => {
  const about = { ...ABOUT, scope: { customer: "Larkspur ".repeat(100), application: null, review: null } };
  const { pages } = await openPdf(await letterPdf(about, digestOf()));
  expect(pages).toHaveLength(1);
  expect(pages[0]).toContain("What is not known");
});
