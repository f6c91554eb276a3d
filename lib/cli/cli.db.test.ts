/** The command line as a person types it: its own process, its own output, its exit codes. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { unpacked } from "../files/testing.ts";
import { logEvent } from "../ingest/adapters/okta/fixtures.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { sampleCompany } from "../sample/company.ts";
import { runRollcall } from "./testing.ts";

// Each starts the command some ten times, on small machines beside other tests.
describe("rollcall", { timeout: 240_000 }, () => {
  const database = testDatabase();
  const folder = mkdtemp(join(tmpdir(), "rollcall-cli-"));
  afterAll(async () => rm(await folder, { recursive: true, force: true }));

  const rollcall = (args: readonly string[], input = "") =>
    runRollcall(args, { env: { DATABASE_URL: database.url }, input });

  const json = async (args: readonly string[], input?: string) => {
    const { code, out } = await rollcall([...args, "--json"], input);
    return { code, result: JSON.parse(out) as Record<string, unknown> };
  };

  const [okta, ...others] = sampleCompany({
    seed: 5,
    end: Date.parse("2026-06-30T12:00:00Z"),
    scale: 0.03,
  }).files;

  it("ingests standard input and files, and prints one JSON document", async () => {
    if (okta === undefined) throw new Error("The sample has no files.");
    const text = `${[...okta.chunks()].join("")}\nnot a record\n`;
    const { code, result } = await json(["ingest", "-"], text);
    expect(code).toBe(0);
    expect(Object.keys(result)).toEqual([
      "source",
      "format",
      "records",
      "accepted",
      "duplicates",
      "rejected",
      "firstEventAt",
      "lastEventAt",
      "seconds",
    ]);
    expect(result).toMatchObject({
      source: "okta",
      format: "okta",
      accepted: okta.records,
      duplicates: 0,
      rejected: 1,
    });

    const paths = await Promise.all(
      others.map(async (file) => {
        const path = join(await folder, file.name);
        await writeFile(path, file.chunks());
        return path;
      }),
    );
    const several = await json(["ingest", ...paths]);
    expect(several.result).toMatchObject({
      source: "entra+workos",
      accepted: others.reduce((sum, file) => sum + file.records, 0),
      rejected: 0,
    });
    expect(several.result.files).toHaveLength(others.length);
  });

  it("prints a report as a table, as CSV and as JSON", async () => {
    const table = await rollcall(["report", "offboarding"]);
    expect(table).toMatchObject({ code: 0, err: "" });
    expect(table.out).toMatch(/leavers, \d+ accounts/u);
    const { result } = await json(["report", "offboarding"]);
    const rows = result.rows as { application: string }[];
    expect(rows.length).toBeGreaterThan(0);
    const csv = await rollcall(["report", "offboarding", "--format", "csv"]);
    expect(csv.out.split("\n")[0]).toContain("identity.userName");
    const user = { id: "00u-formula", type: "User", alternateId: "=1+1@larkspur.example", displayName: "-2" };
    const application = { id: "0oa-formula", type: "AppInstance", alternateId: "+1", displayName: "+1" };
    const hostile = logEvent("application.provision.user.push", { target: [user, application] });
    expect((await json(["ingest", "-"], JSON.stringify({ ...hostile, uuid: "formula" }))).code).toBe(0);
    const accounts = await rollcall(["report", "accounts", "--format", "csv"]);
    expect(accounts.out).toMatch(/^'\+1,/mu);
    expect(accounts.out).not.toMatch(/(?:^|,)[=+@]/mu);
    const one = await json(["report", "offboarding", "--application", rows[0]?.application ?? ""]);
    expect((one.result.rows as unknown[]).length).toBeLessThan(rows.length);
  });

  it("prints the coverage by customer", async () => {
    const own = JSON.stringify({ ...logEvent("user.authentication.sso"), uuid: "of-a-customer" });
    expect((await json(["ingest", "-", "--source", "acme", "--customer", "Acme"], own)).code).toBe(0);
    const { result } = await json(["report", "coverage", "--by", "customer"]);
    const customers = result.customers as { customer: string | null }[];
    expect(customers.map(({ customer }) => customer)).toEqual([null, "Acme"]);
    const table = await rollcall(["report", "coverage", "--by", "customer"]);
    for (const { customer } of customers)
      expect(table.out).toMatch(new RegExp(`^${customer ?? "No customer"}: \\d+ applications`, "mu"));
    expect(table.out).toMatch(/Customer +│ Application/u);
    const csv = await rollcall(["report", "coverage", "--by", "customer", "--format", "csv"]);
    expect(csv.out.trim().split("\n")).toHaveLength((result.rows as unknown[]).length + 1);
    expect(csv.out.split("\n")[0]).toMatch(/,customer$/u);
  });

  it("sets an application's SLA, lists it, uses it, and takes it away", async () => {
    const slaOf = async () => {
      const { result } = await json(["application", "list"]);
      const rows = result.applications as { application: string; slaHours: number; setBy: string | null }[];
      return rows.find((row) => row.application === "Slack");
    };
    expect(await slaOf()).toMatchObject({ slaHours: 24, isDefault: true, setAt: null, setBy: null });
    const set = await rollcall(["application", "set", " slack ", "--sla", "0.5"]);
    expect(set).toMatchObject({ code: 0, out: "" });
    expect(set.err).toMatch(/Slack are to end within 0.5 h\.$/mu);
    expect(await slaOf()).toMatchObject({
      slaHours: 0.5,
      isDefault: false,
      setBy: expect.stringMatching(/ at the command line$/u),
    });
    const { result } = await json(["report", "offboarding", "--application", "Slack"]);
    expect(result.slas).toEqual([{ application: "Slack", hours: 0.5 }]);
    expect((await rollcall(["application", "list"])).out).toContain("0.5 h");
    expect((await rollcall(["application", "set", "Slak", "--sla", "4"])).err).toContain(
      "check its spelling",
    );
    for (const name of ["Slack", "Slak"])
      expect(await rollcall(["application", "set", name, "--sla", "default"])).toMatchObject({ code: 0 });
    expect(await slaOf()).toMatchObject({ slaHours: 24, isDefault: true });
  });

  it("exports evidence and verifies it; a changed pack fails with 1", async () => {
    const pack = join(await folder, "pack.zip");
    const exported = await json(["evidence", "export", "-o", pack]);
    expect(exported.code).toBe(0);
    expect(Object.keys(exported.result)).toEqual([
      "file",
      "files",
      "rows",
      "events",
      "records",
      "recordsSeconds",
      "seconds",
    ]);
    expect(await json(["evidence", "verify", pack])).toMatchObject({
      code: 0,
      result: { valid: true, problems: [] },
    });
    const bytes = await readFile(pack);
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
    await writeFile(pack, bytes);
    const changed = await json(["evidence", "verify", pack]);
    expect(changed).toMatchObject({ code: 1, result: { valid: false } });
    expect((changed.result.problems as unknown[]).length).toBeGreaterThan(0);
  });

  it("exports a sample of leavers by a seed", async () => {
    const pack = join(await folder, "sample.zip");
    const wish = ["--template", "offboarding-sample", "--sample", "3", "--seed", "s"];
    expect(await rollcall(["evidence", "export", "-o", pack, ...wish])).toMatchObject({ code: 0 });
    const files = await unpacked(await readFile(pack));
    expect([...files.keys()]).toEqual(expect.arrayContaining(["report.pdf", "sample.json", "sample.csv"]));
    expect(JSON.parse(files.get("sample.json")?.toString() ?? "")).toMatchObject({ seed: "s" });
  });

  it("finds the stored rows to be what the log gives", async () => {
    expect(await rollcall(["rebuild", "--check"])).toMatchObject({ code: 0 });
    expect(await rollcall(["rebuild"])).toMatchObject({ code: 0 });
    expect(await rollcall(["rebuild", "--check"])).toMatchObject({ code: 0 });
    const { sql } = database.db;
    const [stored] = await sql<{ subject: string; rows: Buffer }[]>`
      select subject, rows from subjects where kind = 'identity' order by subject limit 1`;
    const changed = inflateRawSync(stored?.rows ?? Buffer.alloc(0))
      .toString()
      .replace('"active":true', '"active":false');
    await database.owner
      .sql`update subjects set rows = ${deflateRawSync(changed)} where subject = ${stored?.subject ?? ""}`;
    const { code, out, err } = await rollcall(["rebuild", "--check"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^- accounts \{.*\n/mu);
    expect(out).toMatch(/^\+ accounts \{.*\n/mu);
    expect(err).toMatch(/\d+ rows differ/u);
  });

  it.each([
    [["report", "nothing"], 2, /no report "nothing"/u],
    [["report", "dormant", "--days", "many"], 2, /--days takes a whole number/u],
    [["report", "coverage", "--by", "department"], 2, /--by takes application or customer/u],
    [["report", "dormant", "--as-of", "yesterday"], 2, /--as-of takes a day/u],
    [["report", "coverage", "--from", "2026-02-01", "--to", "2026-01-01"], 2, /--from lies after --to/u],
    [["ingest", "there-is-none.json"], 1, /there is no such file/u],
    [["ingest", "-", "--format", "sap"], 2, /--format takes auto/u],
    [["ingest", "-", "--source", "Our Okta"], 1, /lower-case letters/u],
    [["ingest"], 2, /missing required argument/u],
    [["application", "set", "Slack", "--sla", "0"], 2, /--sla takes hours/u],
    [["application", "set", "Slack", "--sla", "soon"], 2, /--sla takes hours/u],
    [["application", "set", "Slack"], 2, /Say what to set/u],
    [["evidence", "verify", "there-is-none.zip"], 1, /there-is-none\.zip/u],
    [["evidence", "export"], 2, /required option/u],
    [["evidence", "export", "-o", "x.zip", "--template", "yearly"], 2, /--template takes quarterly-review/u],
    [["evidence", "export", "-o", "x.zip", "--template", "assurance-letter"], 2, /give --customer/u],
    [["evidence", "export", "-o", "x.zip", "--sample", "5"], 2, /--sample needs --template/u],
  ])("%j ends with %i and a sentence", async (args, code, sentence) => {
    const ended = await rollcall(args);
    expect(ended).toMatchObject({ code, out: "" });
    expect(ended.err).toMatch(sentence);
    expect(ended.err).not.toMatch(/^\s+at /mu);
  });
});
