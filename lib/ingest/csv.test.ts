import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hrTable } from "./adapters/hr/columns.ts";
import { mayBeTable, tableFrames, tableOf } from "./csv.ts";
import type { Frame } from "./framing.ts";
import { peek } from "./peek.ts";

const GIVEN = { said: null, application: null };
const hrTableOf = (firstLine: Buffer, mapping = {}, wanted = true) =>
  tableOf(firstLine, [hrTable], mapping, wanted, GIVEN);

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function framesOf(text: string | Buffer, size = 65_536): Promise<Frame[]> {
  const { firstLine, whole } = await peek(cut(Buffer.from(text), size));
  const table = hrTableOf(firstLine);
  if (table === null) throw new Error("An HR file that is wanted is one.");
  const frames: Frame[] = [];
  for await (const batch of tableFrames(whole, table)) frames.push(...batch);
  return frames;
}

const cellsOf = (frame: Frame | undefined) =>
  frame?.kind === "record" ? (frame.value as { columns: unknown }).columns : frame?.reason;

describe("the rows of an HR file", () => {
  it.each([",", ";", "\t"])(
    "are cut at %j, with byte order mark, CRLF, quotes and empty lines",
    async (d) => {
      const lines = [
        `\ufeffEmployee ID${d}"Work ${d === "\t" ? "" : " "}Email"${d}Last Day${d}Name`,
        `E-1${d}alice@larkspur.example${d}2026-03-31${d}"Alice ""A""${d}\r\nof Larkspur"`,
        "",
        `E-2${d}bob@larkspur.example${d}${d}Bob`,
      ];
      const text = lines.join("\r\n");
      const frames = await framesOf(text);
      expect(frames.map(cellsOf)).toEqual([
        {
          employeeId: "E-1",
          email: "alice@larkspur.example",
          endDate: "2026-03-31",
          displayName: `Alice "A"${d}\r\nof Larkspur`,
        },
        { employeeId: "E-2", email: "bob@larkspur.example", endDate: "", displayName: "Bob" },
      ]);
      const bytes = Buffer.from(text);
      for (const { bytes: own, position } of frames) {
        expect(bytes.subarray(position.offset, position.offset + own.length).equals(own)).toBe(true);
      }
      expect(frames.map(({ position }) => [position.record, position.line])).toEqual([
        [1, 2],
        [2, 5],
      ]);
      expect(Buffer.from(frames[1]?.bytes ?? []).toString()).toBe(lines[3]);
    },
  );

  it("that can't be read are kept apart, each by itself", async () => {
    const frames = await framesOf(
      Buffer.concat([
        Buffer.from('Email,Last Day\na@larkspur.example,"2026\nb@larkspur.example,2026-03-31\nonly one\n'),
        Buffer.from([0x62, 0xfc, 0x2c, 0x0a]),
        Buffer.from('c"c@larkspur.example,\nd@larkspur.example,x,y\ne@larkspur.example,2026-04-30'),
      ]),
    );
    expect(frames.map((frame) => (frame.kind === "record" ? cellsOf(frame) : frame.reason))).toEqual([
      "The quotes of this row do not match; a quote within a field is written twice.",
      { email: "b@larkspur.example", endDate: "2026-03-31" },
      "This row has 1 fields, the header 2.",
      "This is not valid UTF-8; save the file as CSV UTF-8.",
      "The quotes of this row do not match; a quote within a field is written twice.",
      "This row has 3 fields, the header 2.",
      { email: "e@larkspur.example", endDate: "2026-04-30" },
    ]);
  });

  it("do not wait for a quote that is never closed longer than a quarter of a megabyte", async () => {
    const many = "b@larkspur.example,2026-03-31\n".repeat(20_000);
    const frames = await framesOf(`Email,Last Day\n"a@larkspur.example,\n${many}`);
    expect(frames.filter((frame) => frame.kind === "broken")).toHaveLength(1);
    expect(frames).toHaveLength(20_001);
  });

  it("are the same however the stream is cut, and hold every byte", async () => {
    const cell = fc.stringMatching(/^[a-z", ;\n\r]{0,12}$/u);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell)),
        fc.integer({ min: 1, max: 50 }),
        async (rows, size) => {
          const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
          const text = `Email,Last Day\n${rows.map((row) => row.map(quoted).join(",")).join("\n")}`;
          const frames = await framesOf(text, size);
          expect(frames.map(cellsOf)).toEqual(rows.map(([email, endDate]) => ({ email, endDate })));
          const bytes = Buffer.from(text);
          for (const frame of frames) {
            const { offset } = frame.position;
            expect(bytes.subarray(offset, offset + frame.bytes.length).equals(frame.bytes)).toBe(true);
          }
          expect(await framesOf(text)).toEqual(frames);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("keep what came before the stream failed", async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("Email,Last Day\na@larkspur.example,\nb@larks");
      throw new Error("cut off");
    }
    const { firstLine, whole } = await peek(failing());
    const table = hrTableOf(firstLine);
    const frames: Frame[] = [];
    const read = async () => {
      if (table !== null) for await (const batch of tableFrames(whole, table)) frames.push(...batch);
    };
    await expect(read()).rejects.toThrow("cut off");
    expect(frames.map(({ kind }) => kind)).toEqual(["record", "broken"]);
  });
});

describe("an HR file", () => {
  const table = (line: string, mapping = {}, wanted = false) => hrTableOf(Buffer.from(line), mapping, wanted);

  it("is told by its header, and nothing else is one", () => {
    expect(table("Email;Last Day")?.delimiter).toBe(";");
    expect(table('{"a": "Email", "b": "Last Day"}')).toBeNull();
    expect(table("not a record")).toBeNull();
    expect(mayBeTable(Buffer.from('{"email":1,"lastDay":2}'))).toBe(false);
    expect(mayBeTable(Buffer.from("\ufeffEmail,Last Day"))).toBe(true);
    expect(mayBeTable(Buffer.from("not a record"))).toBe(false);
  });

  it("is what a mapping fits, and says which column it misses", () => {
    expect([...(table("Kennung,Austritt", { employeeId: "Kennung" })?.columns.places ?? [])]).toEqual([
      ["employeeId", 0],
    ]);
    expect(table("Kennung,Austritt", { employeeId: "Nummer" })).toBeNull();
    expect(() => table("Email,Last Day", { endDate: "Austritt" })).toThrow('no column called "Austritt"');
    expect(() => table("Kennung,Austritt", {}, true)).toThrow("No column of the file's first line tells who");
  });
});
