/** Faults under load: meanwhile those who ask are told what is so, and afterwards nothing is lost, doubled or broken. */
import { expect, test } from "playwright/test";
import { benchFaults } from "../../lib/load/faults.ts";

test("nothing is lost, nothing doubled, and every page comes back after each fault", async () => {
  test.setTimeout(600_000);
  const { faults, records, decisions } = await benchFaults(
    { seconds: 2, events: 3_000, readers: 6 },
    () => {},
  );
  expect(faults.flatMap(({ name, wrong }) => wrong.map((what) => `${name}: ${what}`))).toEqual([]);
  for (const { name, skipped, requests, backSeconds } of faults) {
    if (skipped !== null) {
      test.info().annotations.push({ type: "not tried", description: `${name}: ${skipped}` });
      continue;
    }
    expect(requests, name).toBeGreaterThan(0);
    expect(backSeconds, name).not.toBeNull();
  }
  expect(records).toMatchObject({ lost: 0, doubled: 0, strange: 0 });
  expect(records.sent).toBeGreaterThan(3_000);
  expect(decisions.acknowledged).toBeGreaterThan(0);
  expect(decisions.lost).toBe(0);
});
