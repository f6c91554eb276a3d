/** The search from anywhere: what is found, in which order, and by which index. */
import { beforeAll, describe, expect, it } from "vitest";
import { commandLine } from "../auth/caller.ts";
import { ingest } from "../ingest/ingest.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { sampleCompany } from "../sample/company.ts";
import { search } from "./search.ts";

const END = Date.parse("2026-06-30T12:00:00Z");

describe("the search", () => {
  const database = testDatabase();
  let somebody = { subject: "", userName: "", displayName: "", ref: "" };

  beforeAll(async () => {
    for (const { source, format, chunks } of sampleCompany({ seed: 5, end: END, scale: 0.02 }).files) {
      const bytes = (async function* () {
        for (const chunk of chunks()) yield new TextEncoder().encode(chunk);
      })();
      const input = { chunks: bytes, file: source, bytesTotal: null, source, format };
      await ingest(database.db, "main", commandLine(), input);
    }
    const [row] = await database.owner.sql<(typeof somebody)[]>`
      select s.subject, user_name "userName", display_name "displayName", r.ref from subjects s
      join subject_refs r on r.workspace_id = s.workspace_id and r.subject = s.subject and starts_with(r.ref, 'p:okta')
      where s.kind = 'identity' and display_name like '% %' order by s.subject limit 1`;
    if (row === undefined) throw new Error("The sample has nobody.");
    somebody = row;
  }, 120_000);

  const hrefs = async (query: string) => (await search(database.db, "main", query)).map(({ href }) => href);
  const page = () => `/identities/${encodeURIComponent(somebody.subject)}`;

  it("puts the one whose id it is first, however it is written", async () => {
    const id = somebody.ref.split(":").at(-1) ?? "";
    expect(id.length).toBeGreaterThan(5);
    expect((await hrefs(id))[0]).toBe(page());
    expect((await hrefs(` ${id.toUpperCase()} `))[0]).toBe(page());
    expect(await hrefs(id.slice(0, -1))).toContain(page());
    expect(await hrefs(`${id}x`)).toEqual([]);
  });

  it("finds people by the whole id that another system knows them by", async () => {
    const { sql } = database.owner;
    expect(await hrefs("Empl-ZÖ/77")).toEqual([]);
    await sql`update link_facts set facts = facts || '{"external Empl-ZÖ/77": 1}' where ref = ${somebody.ref}`;
    expect((await hrefs("Empl-ZÖ/77"))[0]).toBe(page());
    expect((await hrefs(" empl-zö/77 "))[0]).toBe(page());
    // The kind of a fact is no part of the id, and other facts are no ids.
    for (const query of ["external Empl-ZÖ/77", "Empl-ZÖ/7", "seen"])
      expect(await hrefs(query), query).toEqual([]);
    const other = await database.in({ workspace: "other" });
    const acme = await database.in({ workspace: "main", customer: "Acme" });
    for (const db of [other, acme]) {
      expect(await db.sql`select * from search_subjects('empl-zö/77', 10)`).toEqual([]);
    }
    await sql`update link_facts set facts = facts - 'external Empl-ZÖ/77' where ref = ${somebody.ref}`;
  });

  it("finds people by user name, name, the beginning of each word in any order, and a part of a word", async () => {
    const [first = "", last = ""] = somebody.displayName.split(" ");
    for (const query of [
      somebody.userName,
      somebody.userName.toUpperCase(),
      somebody.displayName,
      `${last} ${first.slice(0, 2)}`,
      `${first} ${last}`.slice(1, -1),
    ])
      expect(await hrefs(query), query).toContain(page());
  });

  it("ranks a whole name before beginnings, those before words, and words before what stands within them", async () => {
    const { sql } = database.owner;
    await sql.begin(async (own) => {
      for (const [subject, name] of [
        ["z1", "Zoquark"],
        ["z2", "Zoquarker"],
        ["z3", "Anna Zoquark"],
        ["z4", "Azoquark"],
      ] as const)
        await own`insert into subjects (workspace_id, subject, revision, kind, user_name, rows)
          values ('main', ${subject}, 1, 'identity', ${name}, '')`;
    });
    const labels = async (query: string) =>
      (await search(database.db, "main", query)).map(({ label }) => label);
    expect(await labels("zoquar")).toEqual(["Zoquark", "Zoquarker", "Anna Zoquark", "Azoquark"]);
    // Who gives a whole name does not mean a part of another one.
    expect(await labels("zoquarker")).toEqual(["Zoquarker"]);
    await sql`delete from subjects where subject like 'z_'`;
  });

  it("finds applications and events, which lead to their pages", async () => {
    const [application] = await search(database.db, "main", "SLAC");
    expect(application).toMatchObject({ kind: "application", label: "Slack", href: "/applications/Slack" });
    const [event] = await database.owner.sql<{ id: string }[]>`
      select encode(fingerprint, 'hex') || ':0' id from records order by 1 limit 1`;
    const [hit] = await search(database.db, "main", event?.id ?? "");
    expect(hit).toMatchObject({ kind: "event", href: `/events/${encodeURIComponent(event?.id ?? "")}` });
  });

  it("takes wildcards, quotes and operators of the search language for what they are", async () => {
    for (const query of ["%", "_", "\\", "'", "a & b | !c", ":*", "<->", "(", "\u{10ffff}", "a\0b", "''''"])
      await expect(search(database.db, "main", query), query).resolves.toBeInstanceOf(Array);
    expect(await hrefs("%%%%")).toEqual([]);
  });

  it("shows another workspace and a customer's connection nothing", async () => {
    const other = await database.in({ workspace: "other" });
    const acme = await database.in({ workspace: "main", customer: "Acme" });
    expect(await search(other, "other", somebody.userName)).toEqual([]);
    expect(await search(other, "main", somebody.userName)).toEqual([]);
    expect(await search(acme, "main", somebody.userName)).toEqual([]);
    const direct = await other.sql`select * from search_subjects(${somebody.userName}, 10)`;
    expect(direct).toEqual([]);
  });

  it("asks an index for everything but the middle of a word", async () => {
    const { sql } = database.owner;
    const [{ body }] = await sql<[{ body: string }]>`
      select prosrc body from pg_proc where proname = 'search_subjects'`;
    const queries = body
      .split("RETURN QUERY")
      .slice(1)
      .map((text) => text.slice(0, text.indexOf(";")))
      .map((text) =>
        text
          .replaceAll(/= own\b/gu, "= 'main'")
          .replaceAll(/(?<=[=~,] )word\b/gu, "'ada'")
          .replaceAll(/~<~ past\b/gu, "~<~ 'adb'")
          .replaceAll(/@@ words\b/gu, "@@ to_tsquery('simple', 'ada:*')")
          .replaceAll(/\bmost\b/gu, "10"),
      );
    const plans: string[] = [];
    const undone = new Error("undone");
    await sql
      .begin(async (own) => {
        // Fewer rows are read faster than an index.
        await own`insert into subjects (workspace_id, subject, revision, kind, user_name, display_name, email, rows)
          select 'main', 'f' || i, 1, 'identity', md5(i::text), md5('n' || i) || ' ' || md5('m' || i), md5('e' || i), ''
          from generate_series(1, 10000) i`;
        await own`insert into subject_refs (workspace_id, ref, position, subject, rule)
          select 'main', 'p:okta:' || md5('r' || i), 0, 'f' || i, 'id' from generate_series(1, 10000) i`;
        await own`insert into link_facts (workspace_id, ref, facts)
          select 'main', 'p:okta:' || md5('r' || i), jsonb_build_object('external ' || md5('x' || i), i) from generate_series(1, 10000) i`;
        await own`analyze subjects, subject_refs, link_facts`;
        for (const query of queries) {
          const rows = await own.unsafe(`explain ${query}`);
          plans.push(rows.map((row) => Object.values(row)[0]).join("\n"));
        }
        throw undone;
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      });
    const [ids = "", names = "", external = "", words = "", middle = ""] = plans;
    expect(ids).toMatch(/Index Cond: .*~>=~/u);
    expect(ids).toContain("subject_refs_by_name");
    for (const index of ["user_name", "display_name", "email"])
      expect(names).toContain(`subjects_by_${index}`);
    expect(names.match(/Index Cond: .*~>=~/gu)).toHaveLength(3);
    expect(external).toContain("Bitmap Index Scan on link_facts_by_external");
    expect(words).toContain("subjects_by_word");
    expect(middle).not.toContain("subjects_by_word");
  });
});
