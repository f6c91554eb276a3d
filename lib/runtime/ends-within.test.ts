import { describe, expect, it } from "vitest";
import { endsWithin } from "./ends-within.ts";

describe("an end that is waited for", () => {
  it("comes in time, comes too late, or fails", async () => {
    expect(await endsWithin(Promise.resolve("done"), 10_000)).toBe(true);
    expect(await endsWithin(new Promise(() => {}), 5)).toBe(false);
    await expect(endsWithin(Promise.reject(new Error("broken")), 10_000)).rejects.toThrow("broken");
    let fail = (_: Error): void => {};
    const late = new Promise((_resolve, reject) => {
      fail = reject;
    });
    expect(await endsWithin(late, 5)).toBe(false);
    fail(new Error("nobody waits"));
  });
});
