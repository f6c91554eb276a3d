import { describe, expect, it } from "vitest";
import { decided, type Look, lookAt, lookAway, NO_LOOK, secondsOf } from "./look.ts";

const steps = (...each: ((look: Look) => Look)[]): Look => each.reduce((look, step) => step(look), NO_LOOK);

describe("how long an item was looked at", () => {
  it("does not take a glance in passing for an opening", () => {
    const look = steps(
      (now) => lookAt(now, "a", false, 0),
      (now) => lookAt(now, "b", false, 900),
    );
    expect(secondsOf(look, "a", 5_000)).toBeNull();
    expect(secondsOf(look, "b", 1_500)).toBeNull();
    expect(secondsOf(look, "b", 4_900)).toBe(4);
  });

  it("takes a panel for an opening at once, and counts a second at least", () => {
    const look = lookAt(NO_LOOK, "a", true, 0);
    expect(secondsOf(look, "a", 10)).toBe(1);
  });

  it("adds up what was looked at in parts, and leaves out what lay between", () => {
    const look = steps(
      (now) => lookAt(now, "a", true, 0),
      (now) => lookAway(now, 3_000),
      (now) => lookAt(now, "a", false, 60_000),
    );
    expect(secondsOf(look, "a", 60_500)).toBe(4);
    expect(secondsOf(look, "a", 62_000)).toBe(5);
  });

  it("counts on from the row into its panel", () => {
    const look = steps(
      (now) => lookAt(now, "a", false, 0),
      (now) => lookAt(now, "a", true, 2_000),
    );
    expect(secondsOf(look, "a", 5_000)).toBe(5);
  });

  it("begins anew after a decision", () => {
    const look = steps(
      (now) => lookAt(now, "a", true, 0),
      (now) => decided(now, "a", 9_000),
    );
    expect(secondsOf(look, "a", 11_000)).toBe(2);
    expect(secondsOf(lookAway(look, 9_000), "b", 11_000)).toBeNull();
  });
});
