/** What the database itself keeps apart, attacked over SQL as the application's role. */
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { beforeAll, describe, expect, it } from "vitest";
import { PRIVILEGES } from "../../db/access.ts";
import type { Db } from "../../db/client.ts";
import { runRound } from "../alerts/run-round.ts";
import { setAlertChannel } from "../alerts/set-alert-channel.ts";
import { setAlertRules } from "../alerts/set-alert-rules.ts";
import { setSla } from "../applications/set-sla.ts";
import { ingestText } from "../ingest/testing.ts";
import { setPackSchedule } from "../packs/set-pack-schedule.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { sampleCompany } from "../sample/company.ts";
import { addScimSource } from "../scim-server/add-scim-source.ts";
import { caller, scimEndpoint } from "../scim-server/testing/endpoint.ts";
import { createShare } from "../shares/create-share.ts";
import { saveView } from "../views/save-view.ts";
import { commandLine } from "./caller.ts";
import { ensureOperator } from "./members/ensure-operator.ts";
import { inviteMember } from "./members/invite-member.ts";
import { DECIDED, DERIVED, OWNERS_ALONE } from "./testing/tables.ts";

const END = Date.parse("2026-06-30T12:00:00Z");
const CUSTOMERS = ["Acme", "Globex"];

async function fill(db: Db, workspace: string): Promise<void> {
  const by = commandLine();
  for (const { source, format, chunks } of sampleCompany({
    seed: 7,
    end: END,
    scale: 0.02,
  }).files) {
    const customer = CUSTOMERS[source.length % 2];
    await ingestText(db, workspace, chunks(), source, format, customer);
  }
  const operator = await ensureOperator(db, workspace);
  await inviteMember(db, workspace, by, { name: "Ada", email: `ada@${workspace}.example`, role: "analyst" });
  await setSla(db, workspace, by, "Slack", 4);
  const view = { page: "accounts", name: "Active", query: "f.active=true", shared: true };
  await saveView(db, workspace, { ...by, member: operator }, view);
  await createShare(db, workspace, by, { customer: "Acme" });
  const { secret } = await addScimSource(db, workspace, by, {
    source: "directory",
    customer: "Acme",
    governsMembers: true,
  });
  const endpoint = await scimEndpoint(db);
  const made = await caller(endpoint.url, secret)("POST", "/Users", { userName: "ada" });
  await caller(endpoint.url, secret)("POST", "/Groups", {
    displayName: "All",
    members: [{ value: made.body.id }],
  });
  await endpoint.close();
  const desk = { kind: "email", to: "desk@larkspur.example", on: false } as const;
  await setAlertChannel(db, workspace, by, "desk", desk, "secret");
  await setAlertRules(db, workspace, by, { zone: "Europe/Berlin" });
  await runRound({ db, workspace, installation: "secret" });
  for (const customer of [null, ...CUSTOMERS])
    await setPackSchedule(db, workspace, by, { every: "month", customer });
}

const refused = (code: string) => expect.objectContaining({ code });

describe("the database", () => {
  const database = testDatabase();
  let [a, b]: Db[] = [];
  let tables: string[] = [];
  const first = () => a as Db;
  const second = () => b as Db;

  beforeAll(async () => {
    a = await database.in({ workspace: "first" });
    b = await database.in({ workspace: "second" });
    await fill(first(), "first");
    await fill(second(), "second");
    const rows = await database.owner.sql<{ name: string }[]>`
      select tablename "name" from pg_tables where schemaname = 'public' order by 1`;
    tables = rows.map(({ name }) => name);
  }, 120_000);

  /** A connection of the application that never said, or wrongly says, for whom it is. */
  const bare = async <T>(work: (sql: postgres.Sql) => Promise<T>, settings: Record<string, string> = {}) => {
    const sql = postgres(database.access.url, { max: 1, onnotice: () => {}, connection: settings });
    try {
      return await work(sql);
    } finally {
      await sql.end();
    }
  };
  const own = () => tables.filter((name) => !OWNERS_ALONE.includes(name));

  it("knows of each table whom it is for", () => {
    expect(Object.keys(PRIVILEGES).sort()).toEqual(own());
    expect([...DECIDED, ...Object.keys(DERIVED)].sort()).toEqual(own());
  });

  it("has row-level security on every table, and the application's role neither owns one nor gets around it", async () => {
    const { sql } = database.owner;
    const open =
      await sql`select relname from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and not relrowsecurity`;
    expect(open).toEqual([]);
    const role = new URL(database.access.url).username;
    const [row] = await sql`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
      (select count(*)::int from pg_class where relowner = r.oid and relnamespace = 'public'::regnamespace) owned,
      (select count(*)::int from pg_auth_members where member = r.oid) memberships
      from pg_roles r where rolname = ${role}`;
    expect(row).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      owned: 0,
      memberships: 0,
    });
  });

  it("gives a connection that forgets its workspace nothing", async () => {
    for (const table of own()) {
      expect(await bare((sql) => sql`select * from ${sql(table)} limit 1`), table).toEqual([]);
    }
  });

  it("gives a connection that names a workspace without its proof nothing", async () => {
    const [proof] = await first().sql<{ own: string }[]>`select current_setting('rollcall.proof') own`;
    for (const given of ["", "x", proof?.own ?? "", "0".repeat(64)]) {
      const settings = { "rollcall.workspace": "second", "rollcall.customer": "", "rollcall.proof": given };
      expect(await bare((sql) => sql`select * from sources`, settings)).toEqual([]);
    }
  });

  it("shows one workspace nothing of the other, in any table, and lets nothing be written into it", async () => {
    for (const table of own()) {
      const [count] = await first()
        .sql`select count(*)::int rows, count(*) filter (where workspace_id <> 'first')::int foreign
        from ${first().sql(table)}`;
      expect(count?.foreign, table).toBe(0);
      const [there] = await database.owner
        .sql`select count(*)::int rows from ${database.owner.sql(table)} where workspace_id = 'first'`;
      expect(count?.rows, table).toBe(there?.rows);
    }
    await expect(
      first()
        .sql`insert into sources (workspace_id, source, format, created_at) values ('second', 'forged', 'okta', now())`,
    ).rejects.toEqual(refused("42501"));
    await expect(
      first().sql`insert into dirty_refs (workspace_id, ref) values ('second', 'x')`,
    ).rejects.toEqual(refused("42501"));
    expect(
      (await first().sql`update sources set customer = 'x' where workspace_id = 'second' returning 1`).length,
    ).toBe(0);
    expect((await first().sql`delete from subjects where workspace_id = 'second' returning 1`).length).toBe(
      0,
    );
  });

  it("does not let a smuggled statement step over: by setting the workspace, by another role, by switching it off", async () => {
    const { sql } = first();
    await sql.begin(async (inner) => {
      await inner`select set_config('rollcall.workspace', 'second', true)`;
      expect(await inner`select * from sources`).toEqual([]);
    });
    const owner = new URL(database.url).username;
    const own = await sql`select * from sources`;
    expect(own.length).toBeGreaterThan(0);
    for (const [statement, code] of [
      ["set row_security = off; select * from sources", "42501"],
      ["select * from scope_keys", "42501"],
      [`set role ${owner}`, "42501"],
      [`set session authorization ${owner}`, "42501"],
      ["alter table sources disable row level security", "42501"],
      ["drop policy workspace on sources", "42501"],
      ["alter table audit_entries disable trigger all", "42501"],
      ["create function steal() returns text language sql security definer as 'select 1'", "42501"],
      ["create table mine (x int)", "42501"],
      ["copy sources to program 'cat'", "42501"],
      ["select pg_read_file('/etc/passwd')", "42501"],
      ["truncate segments", "42501"],
      [
        "create or replace function rollcall_workspace() returns text language sql as $$select 'second'$$",
        "42501",
      ],
      ["alter role current_user bypassrls", "42501"],
    ] as const) {
      await expect(
        sql.begin((inner) => inner.unsafe(statement)),
        statement,
      ).rejects.toEqual(refused(code));
    }
  });

  it("does not let a temporary table or function take the place of what the rules read", async () => {
    // Whoever can run statements can shadow names in pg_temp: the rules name what they read in full.
    await first()
      .sql.begin(async (sql) => {
        await sql`create temporary table scope_keys (key bytea)`;
        await sql`insert into scope_keys values ('\\x00')`;
        await sql`create function pg_temp.sha256(bytea) returns bytea language sql as 'select null::bytea'`;
        await sql`select set_config('rollcall.workspace', 'second', true)`;
        expect(await sql`select * from sources`).toEqual([]);
        await sql`rollback`;
      })
      .catch(() => {});
    expect((await first().sql`select * from sources where workspace_id <> 'first'`).length).toBe(0);
  });

  it("refuses to change or take away what the log holds, whoever asks as the application", async () => {
    for (const table of [
      "segments",
      "records",
      "rejected_records",
      "audit_entries",
      "link_decisions",
      "failure_decisions",
      "segment_leaves",
      "tree_heads",
      "sealed_people",
      "withheld_records",
    ]) {
      const { sql } = first();
      await expect(sql`delete from ${sql(table)}`, table).rejects.toEqual(refused("42501"));
      await expect(sql`update ${sql(table)} set workspace_id = workspace_id`, table).rejects.toEqual(
        refused("42501"),
      );
      await expect(sql.unsafe(`truncate ${table}`), table).rejects.toEqual(refused("42501"));
    }
  });

  it("refuses a decision that has no entry in the audit log of the same transaction", async () => {
    const { sql } = first();
    const tries: Record<string, () => Promise<unknown>> = {
      members: () => sql`update members set role = 'admin'`,
      sessions: () =>
        sql`insert into sessions (workspace_id, session, member, hash, created_at, expires_at, last_seen_at, checked_at)
          values ('first', ${randomUUID()}, ${randomUUID()}, 'x', now(), now(), now(), now())`,
      sign_in_links: () =>
        sql`insert into sign_in_links (workspace_id, hash, member, created_at, expires_at)
          values ('first', 'x', ${randomUUID()}, now(), now())`,
      api_tokens: () =>
        sql`insert into api_tokens (workspace_id, token, name, member, hash, prefix, scopes, created_at, expires_at)
          values ('first', ${randomUUID()}, 'x', ${randomUUID()}, 'x', 'x', '{read}', now(), now())`,
      link_decisions: () =>
        sql`insert into link_decisions (workspace_id, a, b, verdict, reason, by, at)
          values ('first', 'p:a:1', 'p:a:2', 'same', 'x', 'x', now())`,
      application_settings: () => sql`update application_settings set sla_hours = 1`,
      source_mappings: () =>
        sql`insert into source_mappings (workspace_id, source, mapping, set_at) values ('first', 'x', '{}', now())`,
      ingests: () =>
        sql`insert into ingests (workspace_id, ingest, source, format, state, records, accepted, duplicates, rejected,
          bytes_read, started_at, heartbeat_at)
          values ('first', ${randomUUID()}, 'x', 'x', 'done', 0, 0, 0, 0, 0, now(), now())`,
      failure_decisions: () =>
        sql`insert into failure_decisions (workspace_id, group_id, at, by, verb) values ('first', 'x', now(), 'x', 'reopen')`,
      ticket_webhooks: () =>
        sql`insert into ticket_webhooks (workspace_id, url, secret, set_at, set_by)
          values ('first', 'https://tickets.example', 'x', now(), 'x')`,
      scim_connections: () =>
        sql`insert into scim_connections (workspace_id, application, label, url, token, writes, ending, set_at, set_by)
          values ('first', 'chat', 'Chat', 'https://chat.example', 'x', true, 'deactivate', now(), 'x')`,
      conformance_schedules: () =>
        sql`insert into conformance_schedules (workspace_id, application, label, every_days, level, since, set_at, set_by)
          values ('first', 'chat', 'Chat', 7, 'read', now(), now(), 'x')`,
      drill_settings: () =>
        sql`insert into drill_settings (workspace_id, application, label, active, domain, group_wish, follow_hours, set_at, set_by)
          values ('first', 'chat', 'Chat', true, 'example.invalid', '{"kind":"none"}', 4, now(), 'x')`,
      // The time of its last use is moved by machines; who may come in is decided.
      scim_sources: () => sql`update scim_sources set revoked_at = null, hash = 'x'`,
      push_sources: () =>
        sql`insert into push_sources (workspace_id, source, push, kind, settings, ingest, set_at, set_by)
          values ('first', 'x', ${randomUUID()}, 'okta-hook', '{}', ${randomUUID()}, now(), 'x')`,
      connectors: () =>
        sql`insert into connectors (workspace_id, connector, name, kind, source, settings, secret, every_seconds, paused, set_at, set_by)
          values ('first', ${randomUUID()}, 'okta', 'okta-logs', 'okta', '{}', 'x', 60, false, now(), 'x')`,
      alert_channels: () => sql`update alert_channels set active = true`,
      alert_settings: () => sql`update alert_settings set zone = 'UTC'`,
      saved_views: () =>
        sql`insert into saved_views (workspace_id, view, page, name, query, member, shared, created_at)
          values ('first', ${randomUUID()}, 'accounts', 'x', '', ${randomUUID()}, false, now())`,
      reviews: () =>
        sql`insert into reviews (workspace_id, review, state, changed) values ('first', ${randomUUID()}, '{}', 1)`,
      review_items: () =>
        sql`insert into review_items (workspace_id, review, item, place, state, changed)
          values ('first', ${randomUUID()}, 'x', 0, '{}', 1)`,
      application_owners: () =>
        sql`insert into application_owners (workspace_id, application, label, member, set_at, set_by)
          values ('first', 'x', 'X', ${randomUUID()}, now(), 'x')`,
      shares: () => sql`update shares set views = views + 1`,
      pack_schedules: () => sql`update pack_schedules set keep = 1`,
      packs: () =>
        sql`insert into packs (workspace_id, pack, schedule, every, period_from, as_of, name)
          values ('first', ${randomUUID()}, ${randomUUID()}, 'month', now(), now(), 'x')`,
      retention_rules: () =>
        sql`insert into retention_rules (workspace_id, source, days, set_at, set_by)
          values ('first', 'x', 30, now(), 'x')`,
      privacy_requests: () =>
        sql`insert into privacy_requests (workspace_id, request, wish, asked_at)
          values ('first', ${randomUUID()}, '{}', now())`,
    };
    expect(Object.keys(tries).sort()).toEqual([...DECIDED].sort());
    for (const [table, attempt] of Object.entries(tries)) {
      await expect(attempt(), table).rejects.toThrow(/without an entry in the audit log/u);
    }
  });

  it("shows a customer's connection that customer's sources and what came from them, and nothing else", async () => {
    const acme = await database.in({ workspace: "first", customer: "Acme" });
    const { sql } = acme;
    const sources = await sql<{ source: string; customer: string }[]>`select source, customer from sources`;
    expect(sources.length).toBeGreaterThan(0);
    expect(new Set(sources.map(({ customer }) => customer))).toEqual(new Set(["Acme"]));
    const names = sources.map(({ source }) => source);
    for (const table of ["segments", "event_hours", "rejected_records", "unknown_types", "source_mappings"]) {
      const rows = await sql<{ source: string }[]>`select distinct source from ${sql(table)}`;
      for (const { source } of rows) expect(names, table).toContain(source);
    }
    const [seen] = await sql`select count(*)::int n from records`;
    const [all] = await database.owner.sql`
      select count(*)::int n from records r join segments s using (workspace_id, segment) join sources o using (workspace_id, source)
      where r.workspace_id = 'first' and o.customer = 'Acme'`;
    expect(seen?.n).toBe(all?.n);
    for (const table of own()) {
      const open = [
        "sources",
        "segments",
        "records",
        "event_hours",
        "rejected_records",
        "unknown_types",
        "source_mappings",
        "ingests",
        "workspaces",
        "application_settings",
        "link_decisions",
        "segment_leaves",
        // Hashes, which prove where a customer's records stand and say nothing of the others'.
        "log_trees",
        "log_tiles",
        "tree_heads",
        "pack_schedules",
        "packs",
        "withheld_records",
        "retention_rules",
      ];
      if (open.includes(table)) continue;
      expect(await sql`select * from ${sql(table)} limit 1`, table).toEqual([]);
    }
    const [hidden] = await sql`
      select count(*)::int n from segment_leaves where segment not in (select segment from segments)`;
    expect(hidden?.n).toBe(0);
    expect(await sql`select customer from pack_schedules`).toEqual([{ customer: "Acme" }]);
    await expect(sql`update pack_schedules set keep = 1`).rejects.toEqual(refused("42501"));
    const foreign = await database.owner.sql<{ segment: number }[]>`
      select segment from segments s join sources o using (workspace_id, source)
      where s.workspace_id = 'first' and o.customer = 'Globex' limit 1`;
    expect(await sql`select * from segments where segment = ${foreign[0]?.segment ?? -1}`).toEqual([]);
    await expect(
      sql`insert into sources (workspace_id, source, format, customer, created_at) values ('first', 'forged', 'okta', 'Acme', now())`,
    ).rejects.toEqual(refused("42501"));
  });
});
