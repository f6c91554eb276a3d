/** A small run of the load and the soak: docs/performance.md and docs/reliability.md have the long ones. */
import { expect, test } from "playwright/test";
import { soak } from "../../lib/load/soak.ts";

test("people, records, exports and reviews at once are served, counted, and nothing is lost", async () => {
  test.setTimeout(600_000);
  // One round of exports ends with a pack, and the next must begin within the time that is counted, on a slow machine too.
  const options = { minutes: 0.5, readers: 8, events: 3_000, webs: 1, workers: 1 };
  const { kinds, records, decisions, memoryPeakMb, connections, broken, trends } = await soak(
    options,
    () => {},
  );
  expect(kinds.filter(({ errors }) => Object.keys(errors).length > 0)).toEqual([]);
  const names = kinds.map(({ kind }) => kind);
  for (const kind of ["upload", "export: CSV", "export: OCSF", "export: pack", "review: decide"])
    expect(names).toContain(kind);
  for (const { kind, requests, p50Ms, p95Ms, p99Ms, maxMs } of kinds) {
    expect(requests, kind).toBeGreaterThan(0);
    const times = [p50Ms, p95Ms, p99Ms, maxMs].map(Number);
    expect(times, kind).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0], kind).toBeGreaterThan(0);
  }
  expect(records).toMatchObject({ lost: 0, doubled: 0, strange: 0 });
  expect(records.sent).toBeGreaterThan(3_000);
  expect(decisions).toEqual({ acknowledged: expect.any(Number), lost: 0 });
  expect(broken).toEqual([]);
  expect(Object.keys(memoryPeakMb)).toHaveLength(2);
  expect(connections).toBeGreaterThan(0);
  expect(trends).toHaveLength(3);
  expect(trends.every(({ mean, rise }) => mean > 0 && Number.isFinite(rise))).toBe(true);
});
