import { totalmem } from "node:os";
import { describe, expect, it } from "vitest";
import { memoryHere, sharedBuffersMb } from "./memory.ts";

const GB = 1024 ** 3;

describe("the database's memory", () => {
  it.each([
    [0.5 * GB, 128],
    [1 * GB, 128],
    [2 * GB, 256],
    [4 * GB, 512],
    [8 * GB, 1024],
    [24 * GB, 3072],
    [1024 * GB, 4096],
  ])("of %d bytes is %d MB", (bytes, mb) => {
    expect(sharedBuffersMb(bytes)).toBe(mb);
  });

  it("is of what there is", () => {
    expect(memoryHere()).toBeGreaterThan(0);
    expect(memoryHere()).toBeLessThanOrEqual(totalmem());
  });
});
