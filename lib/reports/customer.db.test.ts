/** What a customer viewer sees is what the workspace's own people see of that customer, read with a connection that sees no more. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Db } from "../../db/client.ts";
import { type Caller, commandLine } from "../auth/caller.ts";
import { exportEvidence } from "../evidence/export-evidence.ts";
import { manifestOf } from "../evidence/testing/packs.ts";
import { unpacked } from "../files/testing.ts";
import { decide } from "../identities/decide.ts";
import { ingest } from "../ingest/ingest.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { sampleCompany } from "../sample/company.ts";
import { reportPage } from "./page.ts";
import { within } from "./params.ts";
import { REPORT_NAMES, runReport } from "./run.ts";
import { eventDetail, identityReport } from "./timeline.ts";

const END = Date.parse("2026-06-30T12:00:00Z");
const WORKSPACE = "main";
const CUSTOMERS = ["Acme", "Globex"] as const;

describe("a customer viewer", () => {
  const database = testDatabase();
  const viewers = new Map<string, Db>();

  beforeAll(async () => {
    for (const { source, format, chunks } of sampleCompany({ seed: 7, end: END, scale: 0.05 }).files) {
      const bytes = (async function* () {
        for (const chunk of chunks()) yield new TextEncoder().encode(chunk);
      })();
      const customer = CUSTOMERS[source.length % 2];
      const input = { chunks: bytes, file: source, bytesTotal: null, source, format, customer };
      await ingest(database.db, WORKSPACE, commandLine(), input);
    }
    // Somebody decided who is who, within one customer and across.
    const people = await database.owner.sql<{ ref: string }[]>`
      select distinct on (split_part(ref, ':', 2)) ref from subject_refs where ref like 'p:%' order by split_part(ref, ':', 2), ref`;
    const [a, b] = people;
    if (a && b) {
      await decide(database.db, WORKSPACE, commandLine(), {
        a: a.ref,
        b: b.ref,
        verdict: "different",
        reason: "two people",
      });
    }
    for (const customer of CUSTOMERS)
      viewers.set(customer, await database.in({ workspace: WORKSPACE, customer }));
  }, 120_000);

  const viewer = (customer: string) => viewers.get(customer) as Db;

  it.each(CUSTOMERS.flatMap((customer) => REPORT_NAMES.map((name) => [customer, name] as const)))(
    "of %s sees the report %s as it is of that customer",
    async (customer, name) => {
      const params = { asOf: END, customer };
      const own = await runReport(viewer(customer), WORKSPACE, name, params);
      expect(own).toEqual(await runReport(database.db, WORKSPACE, name, params));
      // Whatever customer the address names, it is theirs that they get.
      expect(within({ customer }, { asOf: END, customer: "Globex" })).toEqual(params);
      const page = await reportPage(viewer(customer), WORKSPACE, name, params, { limit: 5 });
      expect(page.rows.length).toBeLessThanOrEqual(5);
    },
  );

  it("opens people and events of that customer, and none of another's", async () => {
    const of = async (customer: string) =>
      (await runReport(database.db, WORKSPACE, "accounts", { asOf: END, customer })).rows.map(
        ({ subject }) => subject,
      );
    const [acme, globex] = [new Set(await of("Acme")), new Set(await of("Globex"))];
    const shared = [...acme].filter((subject) => globex.has(subject));
    const [own] = [...acme].filter((subject) => !shared.includes(subject));
    const [foreign] = [...globex].filter((subject) => !shared.includes(subject));
    const report = await identityReport(viewer("Acme"), WORKSPACE, own ?? "", {
      asOf: END,
      customer: "Acme",
    });
    expect(report?.totalEvents).toBeGreaterThan(0);
    expect(report?.links.length).toBeGreaterThan(0);
    expect(
      await identityReport(viewer("Acme"), WORKSPACE, foreign ?? "", { asOf: END, customer: "Acme" }),
    ).toBeNull();
    const other = await identityReport(database.db, WORKSPACE, foreign ?? "", { asOf: END });
    const event = report?.events[0]?.id ?? "";
    expect((await eventDetail(viewer("Acme"), WORKSPACE, event))?.raw.sha256).toMatch(/^[0-9a-f]{64}$/u);
    expect(await eventDetail(viewer("Acme"), WORKSPACE, other?.events[0]?.id ?? "")).toBeNull();
  });

  it("exports evidence of that customer, which is written into the audit log of the workspace", async () => {
    const folder = await mkdtemp(join(tmpdir(), "rollcall-customer-"));
    try {
      const by: Caller = {
        actor: {
          kind: "member",
          id: "5c0b9f6e-0000-4000-8000-000000000001",
          name: "Vi",
          address: "192.0.2.7",
        },
        role: "customer-viewer",
        scopes: null,
        customer: "Acme",
        member: "5c0b9f6e-0000-4000-8000-000000000001",
      };
      const file = join(folder, "pack.zip");
      await exportEvidence(viewer("Acme"), WORKSPACE, by, { asOf: END, customer: "Acme" }, file);
      const names = manifestOf(await unpacked(await readFile(file))).sources.map(({ source }) => source);
      expect(names.every((name) => CUSTOMERS[name.length % 2] === "Acme")).toBe(true);
      const [entry] = await database.owner.sql`
        select actor_name, verb, address from audit_entries order by entry desc limit 1`;
      expect(entry).toEqual({ actor_name: "Vi", verb: "export-evidence", address: "192.0.2.7" });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
