import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawOrder, type OffboardingSample, sampleJson, sampleLines } from "./sample.ts";

const names = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 30 });

describe("the order of a draw", () => {
  test("depends on the seed and who is there, not on how they come or how often", () => {
    fc.assert(
      fc.property(fc.string(), names, fc.nat(), (seed, subjects, turn) => {
        const at = turn % subjects.length;
        const turned = [...subjects.slice(at), ...subjects.slice(0, at), ...subjects];
        expect(drawOrder(seed, turned)).toEqual(drawOrder(seed, subjects));
      }),
    );
  });

  test("is that of the SHA-256 of the seed followed by the id", () => {
    const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
    const drawn = drawOrder("audit 7", ["p:hr:1", "p:hr:2", "p:hr:3"]);
    expect(drawn.map((one) => one.sha256)).toEqual(
      ["p:hr:1", "p:hr:2", "p:hr:3"].map((id) => sha256(`audit 7${id}`)).sort(),
    );
  });

  test("keeps those who were drawn when others come behind them", () => {
    const few = drawOrder("s", ["a", "b", "c"]).map(({ subject }) => subject);
    const more = drawOrder("s", ["a", "b", "c", "d", "e"]).map(({ subject }) => subject);
    expect(more.filter((subject) => few.includes(subject))).toEqual(few);
  });
});

const SAMPLE: OffboardingSample = {
  seed: 'a "quoted" seed',
  asOf: "2026-04-01T00:00:00.000Z",
  period: { from: null, to: "2026-04-01T00:00:00.000Z" },
  population: drawOrder("s", ["a", "b"]),
  leavers: [
    {
      place: 1,
      ...(drawOrder("s", ["a"])[0] ?? { subject: "a", sha256: "" }),
      userName: "=cmd|' /C calc'!A0",
      displayName: null,
      leavings: [
        {
          leftAt: "2026-03-01T00:00:00.000Z",
          trigger: "deactivate",
          source: "okta",
          eventId: "f:0",
          rehiredAt: null,
          until: "2026-04-01T00:00:00.000Z",
          lanes: [],
        },
      ],
    },
  ],
};

describe("the files of a sample", () => {
  test("are JSON with everything in it", () => {
    const { how, ...rest } = JSON.parse([...sampleJson(SAMPLE)].join("")) as OffboardingSample & {
      how: string;
    };
    expect(rest).toEqual(SAMPLE);
    expect(how).toContain("sha256sum");
    const none = { ...SAMPLE, population: [], leavers: [] };
    expect(JSON.parse([...sampleJson(none)].join(""))).toMatchObject({ population: [], leavers: [] });
  });

  test("have a line for a leaver without an account too", () => {
    expect(sampleLines(SAMPLE)).toEqual([
      expect.objectContaining({ place: 1, startEventId: "f:0", application: null, endEventId: null }),
    ]);
  });
});
