import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { encodeEvents } from "../../db/log/codec.ts";
import { event } from "../lifecycle/testing.ts";
import {
  holdingLine,
  ofLayers,
  projectPart,
  readSubjects,
  recordLine,
  type SubjectLines,
} from "./subject-lines.ts";

const ALICE = "p:okta:alice";
const APPLICATION = { id: null, name: "Wiki" };

/** A record of Alice on a day, in a layer. */
const line = (day: number, layer: "access" | "provisioning") =>
  recordLine(
    "okta",
    day.toString(16).padStart(40, "0"),
    JSON.stringify([ALICE]),
    encodeEvents([
      event(day, { layer, operation: layer === "access" ? "sign-in" : "create", application: APPLICATION }),
    ]),
  );

const LINES = [line(1, "provisioning"), line(2, "access"), line(3, "access"), line(4, "provisioning")];
const held = holdingLine({ ref: ALICE, from: null, to: null, subject: ALICE });
const packed = (lines: readonly string[]) => new Uint8Array(deflateRawSync(lines.join("")));
/** The first two are kept, and one of them came again with the others. */
const apart: SubjectLines = { held, kept: packed(LINES.slice(0, 2)), since: LINES.slice(1).join("") };

describe("the records of a subject", () => {
  it("are the same put together as text or by whoever reads them", () => {
    const text = new TextEncoder().encode(held + LINES.join(""));
    const [[, together] = ["", []]] = readSubjects(text);
    expect(together.map(({ at }) => at)).toHaveLength(4);
    expect([...readSubjects([apart])]).toEqual([[ALICE, together]]);
    expect(projectPart([apart])).toEqual(projectPart(text));
    expect([...readSubjects([{ held, kept: null, since: LINES.join("") }])]).toEqual([[ALICE, together]]);
  });

  it("are read in part where only some layers are asked for", () => {
    const read = [...readSubjects([apart], ofLayers(["provisioning", "application"]))];
    expect(read.map(([subject, events]) => [subject, events.map(({ layer }) => layer)])).toEqual([
      [ALICE, ["provisioning", "provisioning"]],
    ]);
  });
});
