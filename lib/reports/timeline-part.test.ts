import { describe, expect, it } from "vitest";
import { event } from "../lifecycle/testing.ts";
import { isWished } from "./timeline-part.ts";

describe("a timeline", () => {
  const wish = { limit: 100 };
  const shown = { layer: "application", operation: "read", detail: "state" } as const;

  it("tells of what happened, and not of each reading that shows an account as it was", () => {
    expect(isWished(wish, event(1))).toBe(true);
    expect(isWished(wish, event(1, { ...shown, active: true }))).toBe(false);
    expect(isWished(wish, event(1, { ...shown, active: null }))).toBe(false);
    // It may be the only word of the account's end.
    expect(isWished(wish, event(1, { ...shown, active: false }))).toBe(true);
    // That there was a reading at all.
    expect(isWished(wish, event(1, { ...shown, object: "application" }))).toBe(true);
  });
});
