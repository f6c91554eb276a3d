import { describe, expect, it } from "vitest";
import type { ColumnMapping } from "./adapters/table.ts";
import { layoutOf, type Wishes } from "./layout.ts";

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function layout(text: string, wishes: Wishes = {}, kept: Record<string, ColumnMapping> = {}) {
  const written: Record<string, ColumnMapping> = {};
  const { adapter, source } = await layoutOf(bytes(text), wishes, {
    read: async (source) => kept[source] ?? {},
    write: async (source, mapping) => {
      written[source] = mapping;
    },
  });
  return { format: adapter?.format ?? null, source, written };
}

const HR = "Email,Last Day\n";

describe("an input", () => {
  it.each([
    ["records", '{"id":1}\n', {}, null],
    ["text", "2026-03-31, started\n", {}, null],
    ["a table of the kind that its columns tell", HR, {}, "hr"],
    ["a table that another format was asked for", HR, { format: "okta" }, null],
    ["a table that is said to be an export", HR, { application: "Wiki" }, "export"],
    ["a table whose mapping tells its kind", "A,B\n", { map: { employeeId: "A", endDate: "B" } }, "hr"],
    [
      "a mapping with a field of several kinds",
      "Email,Last Day,Wer\n",
      { map: { displayName: "Wer" } },
      "hr",
    ],
    [
      "a mapping of Entra's",
      "Zeit,Change ID,Action,Status,Source ID\n",
      { map: { activityDateTime: "Zeit" } },
      "entra",
    ],
  ])("is read as what it is: %s", async (_, text, wishes: Wishes, format) => {
    expect((await layout(text, wishes)).format).toBe(format);
  });

  it.each([
    ["A,B\n", { map: { employeeId: "C" } }, 'no column called "C"'],
    ["A,B\n", { format: "hr" }, "name one with --map employeeId=COLUMN"],
    ["A,B\n", { format: "entra", map: { changeId: "A" } }, "its activityDateTime or its provisioningAction"],
    ["A,B\n", { map: { employeeId: "A", changeId: "B" } }, "No kind of table has all of the fields"],
    ["A,B\n", { application: "Wiki" }, "name one with --map id=COLUMN"],
    ["Email\n", { format: "export" }, "name it with --application"],
  ])("%j that is not what %j says it is refused", async (text, wishes: Wishes, reason) => {
    await expect(layout(text, wishes)).rejects.toThrow(reason);
  });

  it("is a server's log by a mapping of its requests, and by the same one the next time", async () => {
    const map = { method: "verb", path: "route" };
    const LOG = '{"verb":"GET","route":"/Users"}\n';
    const first = await layout(LOG, { source: "gateway", map });
    expect(first).toEqual({ format: "scim", source: "gateway", written: { gateway: map } });
    expect(await layout(LOG, { source: "gateway" }, first.written)).toEqual({ ...first, written: {} });
    expect((await layout(LOG, { source: "other" }, first.written)).format).toBeNull();
    expect((await layout(LOG, { map })).source).toBe("scim");
    const line = '203.0.113.7 - - [02/Mar/2026:10:15:30 +0100] "GET /Users HTTP/1.1" 200 5\n';
    expect((await layout(line)).format).toBe("scim");
    expect((await layout(line, { format: "okta" })).format).toBeNull();
  });

  it("is an export again where its source had one, in a source of the application's name", async () => {
    const first = await layout("Login\n", { application: "Team Chat!" });
    expect(first).toEqual({
      format: "export",
      source: "export-team-chat",
      written: { "export-team-chat": { application: "Team Chat!" } },
    });
    expect(await layout("Login\n", { source: "export-team-chat" }, first.written)).toEqual({
      ...first,
      written: {},
    });
    expect((await layout("Login\n", { application: "維基" })).source).toBe("export");
  });
});
