import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkFactsOf, linkKeyOf, mergeFacts } from "../lifecycle/refs.ts";
import { eventOf } from "./adapters/normal.ts";
import { LAYERS, OPERATIONS } from "./event.ts";
import { FactFilter } from "./fact-filter.ts";

/** Few values, so that events often say the same; and such as look like none. */
const text = fc.constantFrom(null, "null", "a", "=a", "b");
const known = fc.constantFrom("a", "b");

const event = fc
  .record({
    at: fc.nat(3),
    layer: fc.constantFrom(...LAYERS),
    operation: fc.constantFrom(...OPERATIONS),
    object: fc.constantFrom(null, "user", "group", "credential", "application"),
    person: fc.option(
      fc.record({ id: text, externalId: text, userName: text, email: text, displayName: text }),
    ),
    application: fc.option(fc.record({ id: text, name: known })),
    account: fc.option(fc.record({ id: text, userName: text, displayName: text })),
    credential: fc.option(fc.record({ id: known, name: known })),
  })
  .map((given) =>
    eventOf({ nativeId: null, nativeType: "t", outcome: "success", ...given } as Parameters<
      typeof eventOf
    >[0]),
  );

describe("link facts", () => {
  it("are the same for events with the same key, but for the time", () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 2, maxLength: 60 }), (events) => {
        const byKey = new Map<string, unknown>();
        for (const one of events) {
          const key = linkKeyOf(one, "s");
          const facts = linkFactsOf(one, "s").map(({ first: _first, ...fact }) => fact);
          if (byKey.has(key)) expect(facts).toEqual(byKey.get(key));
          byKey.set(key, facts);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("of a person are told also after a decision on the same account", () => {
    const of = (layer: "governance" | "directory") =>
      eventOf({
        nativeId: null,
        nativeType: "t",
        at: 0,
        layer,
        operation: "create",
        outcome: "success",
        application: { id: null, name: "Chat" },
        account: { id: "a", userName: "ann", displayName: null },
      });
    const filter = new FactFilter();
    expect(filter.fresh([of("governance")], "s")).toEqual([]);
    expect(filter.fresh([of("directory")], "s")).toEqual(linkFactsOf(of("directory"), "s"));
    expect(linkFactsOf(of("directory"), "s").length).toBeGreaterThan(0);
  });

  it("are all told, each from its earliest time, though most are left out", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const filter = new FactFilter();
        const told = events.flatMap((one) => filter.fresh([one], "s"));
        expect(mergeFacts(told)).toEqual(mergeFacts(events.flatMap((one) => linkFactsOf(one, "s"))));
        expect(filter.fresh(events, "s")).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
