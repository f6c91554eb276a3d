/** Records of many months in no order: memory holds some megabytes of them, and each segment is of one month. */
import { expect, it } from "vitest";
import { monthOf } from "../../db/log/month.ts";
import { Packer } from "./packer.ts";

it("keeps no more waiting than fits, whatever the order of times, and packs each month apart", () => {
  const packer = new Packer({ source: "okta", adapter: null });
  let [records, packed, longest] = [0, 0, 0];
  let waiting = 0;
  const take = (segments: ReturnType<Packer["take"]>["segments"]) => {
    for (const segment of segments) {
      packed += segment.records;
      waiting = 0;
      expect(monthOf(segment.firstAt)).toBe(monthOf(segment.lastAt));
    }
  };
  for (let serial = 0; serial < 3_000; serial++) {
    // A month after another, two hundred of them, again and again.
    const published = new Date(Date.UTC(2005, serial % 200, 10)).toISOString();
    const value = {
      uuid: `u${serial}`,
      published,
      eventType: "user.session.start",
      outcome: { result: "SUCCESS" },
      actor: { id: "00u1", type: "User", alternateId: "ann@larkspur.example" },
      debugContext: { debugData: { filler: "x".repeat(6_000) } },
    };
    const bytes = Buffer.from(JSON.stringify(value));
    packer.add({
      kind: "record",
      value,
      bytes,
      position: { record: serial + 1, line: serial + 1, offset: 0 },
    });
    records += 1;
    waiting += bytes.length;
    longest = Math.max(longest, waiting);
    take(packer.take().segments);
  }
  take(packer.flush().segments);
  expect(packed).toBe(records);
  expect(longest).toBeLessThan(9 * 1024 * 1024);
});
