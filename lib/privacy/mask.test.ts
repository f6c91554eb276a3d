/** Pseudonyms in place of what tells of a person, on records of any kind. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeEvents, encodeEvents } from "../../db/log/codec.ts";
import { eventOf } from "../ingest/adapters/normal.ts";
import type { NormalEvent } from "../ingest/event.ts";
import { linkFactsOf, normaliseName, refOf } from "../lifecycle/refs.ts";
import { wrap } from "./cipher.ts";
import { type Keys, peeled, withoutLayer } from "./layers.ts";
import { Marks } from "./marks.ts";
import { Mask, unmaskedLine } from "./mask.ts";
import { isPseudonym, keyFor, pseudonymOf } from "./pseudonym.ts";
import { namedAgain, Pseudonyms } from "./pseudonyms.ts";
import { isTelling, wordsPattern } from "./words.ts";

const KEY = Buffer.alloc(32, 7);
const OTHER_KEY = Buffer.alloc(32, 8);

/** What the person is called, with all that texts of strangers may hold. */
const NAMES = [
  "Ánna.Müller@Larkspur.example",
  'an"na\\7',
  "anna müller",
  "00uANNA1",
  "ANNA.müller@larkspur.EXAMPLE",
  "7",
];
const OTHERS = ["bob@larkspur.example", "00uBOB22", "7", "bob", "Müller"];
const REF = "p:okta:00uANNA1";

const text = fc.oneof(
  fc.constantFrom(...NAMES, ...OTHERS),
  fc.tuple(fc.constantFrom(...NAMES), fc.string()).map(([name, more]) => `User ${name}, ${more}`),
  fc.string({ unit: "binary" }).map((value) => value.replace(/\p{Surrogate}|\0/gu, "?")),
);
const maybe = fc.option(text);
const own = fc.constantFrom(...NAMES);

const event: fc.Arbitrary<NormalEvent> = fc
  .record({
    at: fc.nat(1_000_000),
    person: fc.oneof(
      fc.record({
        id: fc.constant("00uANNA1"),
        externalId: fc.option(own),
        userName: fc.option(own),
        email: fc.option(own),
        displayName: fc.option(own),
      }),
      fc.record({
        id: fc.constant("00uBOB22"),
        externalId: maybe,
        userName: maybe,
        email: maybe,
        displayName: maybe,
      }),
    ),
    account: fc.option(
      fc.record({ id: fc.option(own), userName: fc.option(own), displayName: fc.option(own) }),
    ),
    actor: fc.option(fc.record({ id: maybe, type: fc.constant("User"), name: maybe })),
    message: maybe,
    nativeId: maybe,
    attributes: fc.option(fc.record({ department: text, title: text, manager: text })),
  })
  .map(({ message, account, ...known }) =>
    eventOf({
      nativeType: "user.lifecycle.create",
      layer: "directory",
      operation: "update",
      outcome: "failure",
      object: "user",
      ...known,
      application: account && { id: null, name: "Slack" },
      account,
      error: { class: "unknown", code: null, httpStatus: null, scimType: null, message, advice: null },
    }),
  );

function marksFor(events: readonly NormalEvent[]): Marks {
  const marks = new Marks(REF, [{ ref: REF, from: null, to: null, subject: REF }]);
  for (const one of events) if (refOf(one, "okta") === REF) marks.learn(one, "okta", REF);
  return marks;
}

describe("a pseudonym", () => {
  it("is the same for one name however it is spelled, and differs where the spelling does", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (a, b) => {
        const [one, other] = [pseudonymOf(KEY, a), pseudonymOf(KEY, b)];
        expect(isPseudonym(one)).toBe(true);
        expect(normaliseName(one) === normaliseName(other)).toBe(normaliseName(a) === normaliseName(b));
        expect(one === other).toBe(a === b);
        expect(pseudonymOf(OTHER_KEY, a)).not.toBe(one);
      }),
    );
    const spellings = ["Anna@x.example", "anna@x.example", "ANNA@x.example", " anna@x.example"];
    expect(new Set(spellings.map((spelling) => pseudonymOf(KEY, spelling))).size).toBe(4);
    expect(new Set(spellings.map((spelling) => normaliseName(pseudonymOf(KEY, spelling)))).size).toBe(1);
  });

  it("of one purpose says nothing of another's", () => {
    expect(pseudonymOf(keyFor(KEY, "a"), "anna")).not.toBe(pseudonymOf(keyFor(KEY, "b"), "anna"));
    expect(keyFor(KEY, "a")).toEqual(keyFor(KEY, "a"));
  });
});

describe("a masked record", () => {
  it("has nothing left of the person, keeps all of others, and can be made again", () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 4 }), (events) => {
        const line = {
          source: "okta",
          refs: events.map((one) => refOf(one, "okta")),
          encoded: encodeEvents(events),
        };
        const marks = marksFor(events);
        const pseudonyms = new Pseudonyms(KEY);
        const masked = new Mask(marks, pseudonyms).line(line);
        expect(unmaskedLine(masked, pseudonyms.originals)).toEqual(line);
        const found = JSON.parse(masked.encoded) as unknown[][];
        events.forEach((one, i) => {
          const person = found[i]?.[9] as (string | null)[];
          if (refOf(one, "okta") !== REF) {
            expect(person[0]).toBe("00uBOB22");
            return;
          }
          expect(masked.refs[i]).toBe(`p:okta:${pseudonymOf(KEY, "00uANNA1")}`);
          for (const value of [...person, ...((found[i]?.[11] ?? []) as (string | null)[])])
            expect(value === null || value === undefined || value.trim() === "" || isPseudonym(value)).toBe(
              true,
            );
          const words = JSON.stringify(found[i]?.[15] ?? "").toLowerCase();
          expect(words).not.toContain("00uanna1");
        });
      }),
    );
  });

  it("says of who is who what it said before, but for the names", () => {
    fc.assert(
      fc.property(event, (one) => {
        const ref = refOf(one, "okta");
        fc.pre(ref === REF);
        const marks = marksFor([one]);
        const pseudonyms = new Pseudonyms(KEY);
        const mask = new Mask(marks, pseudonyms);
        const masked = mask.line({ source: "okta", refs: [ref], encoded: encodeEvents([one]) });
        const named = (words: string) => namedAgain(words, pseudonyms.originals);
        const facts = decodeEvents(masked.encoded, "", "okta").flatMap((now) => linkFactsOf(now, "okta"));
        expect(facts.map((fact) => ({ ...fact, ref: named(fact.ref), value: named(fact.value) }))).toEqual(
          linkFactsOf(one, "okta"),
        );
      }),
    );
  });
});

describe("layers", () => {
  it("come off one by one in any order, and give the bytes as they were", () => {
    const people = [
      "11111111-1111-4111-8111-111111111111",
      "22222222-2222-4222-8222-222222222222",
      "33333333-3333-4333-8333-333333333333",
    ];
    const keys: Keys = new Map(people.map((person, i) => [person, Buffer.alloc(32, i + 1)]));
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.shuffledSubarray(people, { minLength: 1 }),
        fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }),
        (bytes, around, order) => {
          let layer = around.reduce<{ bytes: Uint8Array; wrapped: boolean }>(
            (inner, person) => ({
              bytes: wrap(person, keys.get(person) as Uint8Array, inner),
              wrapped: true,
            }),
            { bytes, wrapped: false },
          );
          expect(Buffer.from(peeled(layer, keys) ?? [])).toEqual(Buffer.from(bytes));
          const gone = new Map([...keys].slice(1));
          expect(peeled(layer, gone) === null).toBe(around.includes(people[0] as string));
          const off = [...around].sort(
            (a, b) => (order[people.indexOf(a)] ?? 0) - (order[people.indexOf(b)] ?? 0),
          );
          for (const person of off) {
            const rest = withoutLayer(layer, person, keys);
            expect(rest).not.toBeNull();
            layer = rest ?? layer;
          }
          expect({ ...layer, bytes: Buffer.from(layer.bytes) }).toEqual({
            wrapped: false,
            bytes: Buffer.from(bytes),
          });
        },
      ),
    );
  });

  it("that were changed, or moved to another person, do not open", () => {
    const [a, b] = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"] as const;
    const keys: Keys = new Map([
      [a, KEY],
      [b, KEY],
    ]);
    const bytes = wrap(a, KEY, { bytes: Buffer.from("secret"), wrapped: false });
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed[i] = (changed[i] ?? 0) ^ 1;
      const open = () => peeled({ bytes: changed, wrapped: true }, keys);
      // Another person's key is missing; anything else is told.
      if (i < 16) expect(open()).toBeNull();
      else expect(open).toThrow(/does not open/u);
    }
    const moved = Buffer.concat([Buffer.from(b.replaceAll("-", ""), "hex"), bytes.subarray(16)]);
    expect(() => peeled({ bytes: moved, wrapped: true }, keys)).toThrow(/does not open/u);
  });
});

describe("what tells of a person", () => {
  it("is found as a whole word in any case, and what a pattern means by its signs is not meant", () => {
    const words = wordsPattern(["a.b+c@x.example", "a.b"]);
    expect("to A.B+C@X.example, axb, a.bc and a.b".match(words ?? /$^/u)).toEqual(["A.B+C@X.example", "a.b"]);
    expect(wordsPattern([])).toBeNull();
    expect(["anna@x", "a.weber", "00u123ab", "12345678"].every(isTelling)).toBe(true);
    expect(["weber", "1234567", "a.b", ""].some(isTelling)).toBe(false);
  });
});
