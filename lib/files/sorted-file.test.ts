import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { SortedFile } from "./sorted-file.ts";

interface Row {
  key: number;
  text: string;
  place: number;
}

const byKey = (a: Row, b: Row) => a.key - b.key;

const rows = fc
  .array(fc.record({ key: fc.integer({ min: 0, max: 9 }), text: fc.string({ unit: "binary" }) }), {
    maxLength: 60,
  })
  .map((list) => list.map((row, place): Row => ({ ...row, place })));

describe("a sorted file", () => {
  it("gives what an array would, equal rows in the order in which they came, again and again", () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 70 }), (all, runRows) => {
        const file = new SortedFile(byKey, runRows);
        try {
          for (const row of all) file.add(row);
          const sorted = file.sorted();
          expect(sorted.length).toBe(all.length);
          expect([...sorted]).toEqual(all.toSorted(byKey));
          expect([...sorted]).toEqual(all.toSorted(byKey));
        } finally {
          file.close();
        }
      }),
    );
  });

  it("reads rows longer than it reads at once", () => {
    const long = (key: number): Row => ({ key, text: "ü€𝄞".repeat(30_000), place: 0 });
    const file = new SortedFile(byKey, 2);
    for (const key of [3, 1, 2, 0, 4]) file.add(long(key));
    expect([...file.sorted()]).toEqual([0, 1, 2, 3, 4].map(long));
    file.close();
  });

  it("leaves no file that anybody could open", async () => {
    const own = await mkdtemp(join(tmpdir(), "rollcall-test-"));
    vi.stubEnv("TMPDIR", own);
    const file = new SortedFile(byKey, 1);
    try {
      file.add({ key: 1, text: "", place: 0 });
      expect(await readdir(own)).toEqual([]);
      expect([...file.sorted()]).toHaveLength(1);
    } finally {
      file.close();
      vi.unstubAllEnvs();
      await rm(own, { recursive: true });
    }
  });
});
