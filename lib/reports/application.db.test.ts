/** The page of one application: its figures are the reports', its events are all that the log has, each once. */
import { beforeAll, describe, expect, it } from "vitest";
import { eventsOf, readLines } from "../../db/log/read.ts";
import { setSla } from "../applications/set-sla.ts";
import { commandLine } from "../auth/caller.ts";
import type { LoggedEvent } from "../ingest/event.ts";
import { ingest } from "../ingest/ingest.ts";
import { byEventOrder } from "../lifecycle/order.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { sampleCompany } from "../sample/company.ts";
import { applicationEvents, applicationReport } from "./application.ts";
import { runReport } from "./run.ts";
import { identityEvents, identityReport } from "./timeline.ts";
import { parseTimelineWish } from "./timeline-part.ts";

const END = Date.parse("2026-06-30T12:00:00Z");

describe("an application", () => {
  const database = testDatabase();
  let all: LoggedEvent[] = [];

  beforeAll(async () => {
    for (const { source, format, chunks } of sampleCompany({ seed: 6, end: END, scale: 0.02 }).files) {
      const bytes = (async function* () {
        for (const chunk of chunks()) yield new TextEncoder().encode(chunk);
      })();
      const customer = source.startsWith("entra") ? "Acme" : undefined;
      const input = { chunks: bytes, file: source, bytesTotal: null, source, format, customer };
      await ingest(database.db, "main", commandLine(), input);
    }
    for await (const lines of readLines(database.db.sql, "main", {})) all.push(...lines.flatMap(eventsOf));
    all = all.sort((a, b) => byEventOrder(b, a));
  }, 120_000);

  const of = (name: string) =>
    all.filter(({ application }) => application !== null && applicationKey(application.name) === name);

  /** All parts one after the other. */
  async function walk(
    raw: Record<string, string>,
    part: (raw: Record<string, string>) => Promise<{ events: { id: string }[]; next: string | null } | null>,
  ) {
    const ids: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const got: Awaited<ReturnType<typeof part>> = await part(cursor === "" ? raw : { ...raw, cursor });
      ids.push(...(got?.events ?? []).map(({ id }) => id));
      cursor = got?.next ?? null;
    }
    return ids;
  }

  it("says what the reports on it say", async () => {
    const asOf = END;
    const report = await applicationReport(database.db, "main", " SLACK ", { asOf });
    const params = { asOf, application: "Slack" };
    const [coverage, accounts, offboarding, failures, joiners, movers] = await Promise.all([
      runReport(database.db, "main", "coverage", params),
      runReport(database.db, "main", "accounts", params),
      runReport(database.db, "main", "offboarding", params),
      runReport(database.db, "main", "failures", params),
      runReport(database.db, "main", "joiners", params),
      runReport(database.db, "main", "movers", params),
    ]);
    expect(report).toMatchObject({
      application: "Slack",
      coverage: { cells: coverage.rows[0]?.cells, accounts: coverage.rows[0]?.accounts },
      accounts: { total: accounts.summary.accounts, active: accounts.summary.active },
      offboarding: { summary: offboarding.summary },
      failures: { summary: failures.summary },
      joiners: { summary: joiners.summary },
      drift: { summary: { drift: movers.summary.drift, outside: movers.summary.outside } },
      sla: { hours: 24, isDefault: true, setBy: null },
    });
    const made = Object.values(report?.accounts.provenance ?? {}).reduce((a, b) => a + b, 0);
    expect(made).toBe(accounts.summary.active);
    expect(report?.accounts.active).toBeGreaterThan(0);
  });

  it("says what was set for it, and that no record names others", async () => {
    await setSla(database.db, "main", commandLine(), "slack", 4);
    const report = await applicationReport(database.db, "main", "Slack");
    expect(report?.sla).toMatchObject({ hours: 4, isDefault: false, setBy: commandLine().actor.name });
    expect(await applicationReport(database.db, "main", "No such thing")).toBeNull();
  });

  it("gives all of its events, each once, the newest first, in parts of any size", async () => {
    const expected = of("slack").map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(50);
    // One by one takes as many readings as there are events: of the first dozen.
    const to = new Date(of("slack").at(-12)?.at ?? 0).toISOString();
    for (const raw of [{ limit: "1", to }, { limit: "7", to }, { limit: "500" }]) {
      const wanted = raw.to === undefined ? expected : expected.slice(-12);
      const ids = await walk(raw, (asked) =>
        applicationEvents(database.db, "main", "Slack", {}, parseTimelineWish(asked)),
      );
      expect(ids, raw.limit).toEqual(wanted);
    }
  });

  it("keeps to the filters", async () => {
    const ids = await walk({ limit: "50", layer: "provisioning", outcome: "failure" }, (raw) =>
      applicationEvents(database.db, "main", "Salesforce", {}, parseTimelineWish(raw)),
    );
    const wanted = of("salesforce").filter(
      ({ layer, outcome }) => layer === "provisioning" && outcome === "failure",
    );
    expect(ids).toEqual(wanted.map(({ id }) => id));
  });

  it("tells a customer of nothing but its own sources", async () => {
    const acme = await database.in({ workspace: "main", customer: "Acme" });
    const wanted = of("slack").filter(({ sourceId }) => sourceId.startsWith("entra"));
    const ids = await walk({ limit: "100" }, (raw) =>
      applicationEvents(acme, "main", "Slack", { customer: "Acme" }, parseTimelineWish(raw)),
    );
    expect(ids).toEqual(wanted.map(({ id }) => id));
    // As the workspace's own people see it for that customer.
    const inside = await walk({ limit: "100" }, (raw) =>
      applicationEvents(database.db, "main", "Slack", { customer: "Acme" }, parseTimelineWish(raw)),
    );
    expect(inside).toEqual(ids);
  });

  it("refuses filters that mean nothing", () => {
    for (const raw of [
      { layer: "x" },
      { outcome: "x" },
      { to: "soon" },
      { limit: "0" },
      { limit: "501" },
      { cursor: "x" },
      { cursor: "W10" },
    ])
      expect(() => parseTimelineWish(raw), JSON.stringify(raw)).toThrow(Object.keys(raw)[0]);
  });

  it("goes on with somebody's events where the report ends, under the same filters", async () => {
    const { rows } = await runReport(database.db, "main", "accounts", { application: "Slack" });
    const subject = rows.find((row) => row.identity !== null)?.subject ?? "";
    const report = await identityReport(database.db, "main", subject);
    const ids = await walk({ limit: "9" }, (raw) =>
      identityEvents(database.db, "main", subject, {}, parseTimelineWish(raw)),
    );
    expect(ids).toHaveLength(report?.totalEvents ?? -1);
    expect(ids.slice(0, 500)).toEqual(report?.events.map(({ id }) => id));
    const slack = await identityEvents(
      database.db,
      "main",
      subject,
      {},
      parseTimelineWish({ application: "slack" }),
    );
    expect(slack?.total).toBe(report?.events.filter(({ application }) => application === "Slack").length);
    expect(await identityEvents(database.db, "main", "nobody", {}, parseTimelineWish({}))).toBeNull();
  });
});
