import { describe, expect, it } from "vitest";
import { draftIn, emptyDraft, inputOf, moved, problems, type ReviewDraft, toggled } from "./draft.ts";

const NOW = Date.parse("2026-03-01T10:00:00.000Z");
const draft = (given: Partial<ReviewDraft> = {}): ReviewDraft => ({
  ...emptyDraft(NOW, "m1"),
  name: "Spring",
  ...given,
});
const fields = (given: Partial<ReviewDraft>): string[] =>
  problems(draft(given), NOW).map(({ field }) => field);

describe("a draft of a review", () => {
  it("is due in two weeks and can be sent once it has a name", () => {
    expect(emptyDraft(NOW, "m1").due).toBe("2026-03-15");
    expect(fields({ name: " " })).toEqual(["name"]);
    expect(fields({})).toEqual([]);
  });

  it("says of each field what is wrong with it", () => {
    expect(fields({ kinds: [] })).toEqual(["kinds"]);
    expect(fields({ asOf: "2026-03" })).toEqual(["asOf"]);
    expect(fields({ asOf: "2026-03-02" })).toEqual(["asOf"]);
    expect(fields({ asOf: "2026-03-01" })).toEqual([]);
    expect(fields({ due: "" })).toEqual(["due"]);
    expect(fields({ due: "2026-02-28" })).toEqual(["due"]);
    expect(fields({ due: "2026-03-01" })).toEqual([]);
    expect(fields({ rules: [] })).toEqual(["rules"]);
    expect(fields({ rules: ["named"] })).toEqual(["named"]);
    expect(fields({ fallback: "" })).toEqual(["fallback"]);
    expect(fields({ secondShare: "half" })).toEqual(["secondShare"]);
    expect(fields({ secondShare: "101" })).toEqual(["secondShare"]);
    expect(fields({ secondShare: "10" })).toEqual(["second"]);
    expect(fields({ secondShare: "10", second: "m2" })).toEqual([]);
  });

  it("sends whole days, and nothing that is not meant", () => {
    const sent = inputOf(
      draft({ asOf: "2026-02-28", named: ["m2"], second: "m2", secondShare: "", every: "quarter" }),
      NOW,
    );
    expect(sent).toMatchObject({
      name: "Spring",
      asOf: "2026-02-28T23:59:59.999Z",
      dueAt: "2026-03-15T23:59:59.999Z",
      named: [],
      secondShare: 0,
      second: null,
      every: "quarter",
    });
    expect(inputOf(draft(), NOW).asOf).toBeNull();
    expect(inputOf(draft({ asOf: "2026-03-01" }), NOW).asOf).toBeNull();
    expect(inputOf(draft({ rules: ["named"], named: ["m2"] }), NOW).named).toEqual(["m2"]);
  });

  it("comes back as it was kept, without what never was a part of it", () => {
    const empty = emptyDraft(NOW, "m1");
    const kept = JSON.stringify({ ...empty, name: "Spring", kinds: "account", more: 1, items: ["a"] });
    expect(draftIn(kept, empty)).toEqual({ ...empty, name: "Spring", items: ["a"] });
    expect(draftIn("{", empty)).toBe(empty);
    expect(draftIn(null, empty)).toBe(empty);
  });
});

describe("the rules' order", () => {
  it("moves an entry by one place, and not over the ends", () => {
    expect(moved(["a", "b", "c"], "a", 1)).toEqual(["b", "a", "c"]);
    expect(moved(["a", "b", "c"], "c", -1)).toEqual(["a", "c", "b"]);
    expect(moved(["a", "b"], "a", -1)).toEqual(["a", "b"]);
    expect(moved(["a", "b"], "b", 1)).toEqual(["a", "b"]);
  });

  it("takes an entry in and out", () => {
    expect(toggled(["a"], "b")).toEqual(["a", "b"]);
    expect(toggled(["a", "b"], "a")).toEqual(["b"]);
  });
});
