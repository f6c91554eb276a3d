import { describe, expect, it } from "vitest";
import { testDatabase } from "./testing/database.ts";

describe("an index of words or refs", () => {
  const database = testDatabase();

  it("is searched without a long list of what was added last", async () => {
    const indexes = await database.owner.sql<{ name: string; options: string[] }[]>`
      select c.oid::regclass::text as name, coalesce(c.reloptions, '{}') as options
      from pg_class c join pg_am a on a.oid = c.relam where a.amname = 'gin' and c.relkind in ('i', 'I')`;
    expect(indexes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["link_facts_by_saying", "subjects_by_word", "segments_by_ref"]),
    );
    const short = ["fastupdate=off", "gin_pending_list_limit=64"];
    expect(indexes.filter(({ options }) => !options.some((option) => short.includes(option)))).toEqual([]);
  });
});
