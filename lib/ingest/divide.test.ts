import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeEvents } from "../../db/log/codec.ts";
import { packSegment, refHash } from "../../db/log/segment.ts";
import { event } from "../lifecycle/testing.ts";
import { divide } from "./divide.ts";
import { RefTableMaker } from "./ref-table.ts";
import { holdingLine, readSubjects } from "./subject-lines.ts";
import type { Held } from "./subjects.ts";

const PARTS = 3;
// Two of them have one hash.
const REFS = ["costarring", "liquid", "p:okta:1", "n:a\tb\n", "x:wiki:é"];
const SUBJECTS = ["p:okta:1", "p:okta:2", "p:okta:3", "liquid", "x:wiki:\t"];

/** A ref's holdings: nobody's, one subject's, or one's until a day and another's from then on. */
const holdings = fc
  .tuple(
    ...REFS.map((ref) =>
      fc
        .tuple(fc.constantFrom(...SUBJECTS), fc.constantFrom(...SUBJECTS), fc.nat(2), fc.nat(30))
        .map(([one, other, kind, day]): Held[] => {
          const at = event(day).at;
          if (kind === 0) return [];
          if (kind === 1) return [{ ref, from: null, to: null, subject: one }];
          return [
            { ref, from: null, to: at, subject: one },
            { ref, from: at, to: null, subject: other },
          ];
        }),
    ),
  )
  .map((each) => each.flat());

const records = fc.array(
  fc.array(fc.tuple(fc.nat(30), fc.option(fc.constantFrom(...REFS))), { minLength: 1, maxLength: 3 }),
  { minLength: 1, maxLength: 12 },
);

describe("records divided by subject", () => {
  it("are each subject's own, whichever parts they go by, and none is lost", () => {
    fc.assert(
      fc.property(holdings, records, (held, given) => {
        const expected = new Map<string, string[]>(held.map(({ subject }) => [subject, []]));
        const segment = packSegment(
          given.map((events, i) => {
            const fingerprint = Buffer.alloc(20, i + 1);
            const read = events.map(([day], ordinal) => event(day, { nativeId: `${i}-${ordinal}` }));
            events.forEach(([, ref], ordinal) => {
              const at = read[ordinal]?.at as number;
              const own = held.find(
                (one) =>
                  one.ref === ref &&
                  (one.from === null || at >= one.from) &&
                  (one.to === null || at < one.to),
              );
              if (own !== undefined)
                expected.get(own.subject)?.push(`${fingerprint.toString("hex")}:${ordinal}`);
            });
            return {
              source: "okta",
              format: "okta",
              fingerprint,
              sha256: Buffer.alloc(32),
              bytes: Buffer.from("{}"),
              encoded: encodeEvents(read),
              times: read.map(({ at }) => at),
              refs: events.map(([, ref]) => ref),
              facts: [],
              unknownType: null,
            };
          }),
        );

        const parts = Array.from({ length: PARTS }, () => "");
        const table = new RefTableMaker();
        for (const holding of held) {
          const part = (refHash(holding.subject) >>> 0) % PARTS;
          table.add(holding.ref, part);
          parts[part] += holdingLine(holding);
        }
        const lines = divide(table.end(), segment);
        const bytes = Buffer.from(lines.bytes);
        lines.parts.forEach((part, i) => {
          parts[part] += bytes.subarray(lines.ends[i - 1] ?? 0, lines.ends[i]).toString();
        });

        const found = parts.flatMap((part) =>
          Array.from(readSubjects(Buffer.from(part)), ([subject, events]) => ({
            subject,
            ids: events.map(({ id }) => id),
          })),
        );
        expect(found.map(({ subject }) => subject).sort()).toEqual([...expected.keys()].sort());
        for (const { subject, ids } of found) expect(ids).toEqual(expected.get(subject));
      }),
      { numRuns: 300 },
    );
  });
});
