/** Alerts of a workspace whose reports are worked out elsewhere, and may not be there yet. */
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { forgetEditions, storeWish } from "../../db/queries/editions.ts";
import { commandLine } from "../auth/caller.ts";
import { attempt } from "../failures/testing.ts";
import { buildReports } from "../reports/editions/build.ts";
import { listAlerts } from "./list-alerts.ts";
import { setAlertRules } from "./set-alert-rules.ts";
import { AlertsTest, MINUTE } from "./testing/workspace.ts";

describe("alerts of a large workspace", () => {
  const test = new AlertsTest();
  beforeEach(() => {
    vi.stubEnv("ROLLCALL_PAGES_PEOPLE", "0");
  });
  afterAll(() => {
    vi.unstubAllEnvs();
  });
  const build = async () => {
    await storeWish(test.db.sql, test.workspace, { report: "failures", question: "", waits: true });
    return buildReports(test.db, test.workspace);
  };
  const open = async () => (await listAlerts(test.db, test.workspace)).open.map(({ what }) => what);
  /** Minutes from the round that was last to the next one, and what the page says of it. */
  const next = async () => {
    const [row] = await test.database.owner.sql<{ at: number }[]>`
      select extract(epoch from next_run_at)::float8 * 1000 as at from alert_rounds where workspace_id = ${test.workspace}`;
    const { lastError, lastLookAt } = await listAlerts(test.db, test.workspace);
    return {
      minutes: Math.round(((row?.at ?? 0) - test.now) / MINUTE),
      lastError,
      looked: lastLookAt !== null,
    };
  };

  it("wait for reports that are not there yet: nothing is raised, nothing resolved, and nothing fails", async () => {
    await test.ingest(attempt(1, "ann"));
    expect(await test.round()).toEqual({ raised: 0, resolved: 0, sent: 0, failed: 0, errors: [] });
    expect(await next()).toEqual({ minutes: 1, lastError: null, looked: false });
    await build();
    expect(await test.round()).toMatchObject({ raised: 1 });
    expect(await next()).toEqual({ minutes: 5, lastError: null, looked: true });
    const known = await open();
    expect(known).toHaveLength(1);
    await test.ingest(attempt(1, "ann", { failed: false, hour: 1 }));
    await test.db.sql.begin((sql) => forgetEditions(sql, test.workspace));
    // What went wrong where reports are worked out is told.
    await test.database.owner.sql`
      update report_builds set problem = 'No room is left.' where workspace_id = ${test.workspace}`;
    expect(await test.round()).toMatchObject({ raised: 0, resolved: 0 });
    expect(await open()).toEqual(known);
    expect(await next()).toMatchObject({ minutes: 1, lastError: "No room is left." });
    await build();
    expect(await test.round()).toMatchObject({ resolved: 1 });
    expect((await next()).lastError).toBeNull();
  });

  it("send the digest once its figures are there, asked for by each try alike, and once", async () => {
    await setAlertRules(test.db, test.workspace, commandLine(), { zone: "UTC" });
    await test.channel("webhook", `${test.receiver.url}/hook`, { digest: true });
    const { sql } = test.database.owner;
    await sql`update alert_channel_states set digest_at = '2026-03-23T08:00:00Z' where workspace_id = ${test.workspace}`;
    await sql`update alert_rounds set next_look_at = '2026-01-01' where workspace_id = ${test.workspace}`;
    await test.ingest(attempt(1, "ann"));
    await build();
    test.now = Date.parse("2026-03-30T08:57:00Z") - 5 * MINUTE;
    expect(await test.round()).toMatchObject({ raised: 1, sent: 1, failed: 0 });
    expect(await next()).toMatchObject({ minutes: 1 });
    // In the hour after.
    expect(await test.round()).toMatchObject({ sent: 0, failed: 0 });
    const wishes = await sql`
      select question from report_wishes where workspace_id = ${test.workspace} and question like '%"asOf"%'`;
    expect(wishes).toEqual([{ question: JSON.stringify({ asOf: Date.parse("2026-03-23T08:00:00Z") }) }]);
    const { channels } = await listAlerts(test.db, test.workspace);
    expect(channels).toMatchObject([{ failures: 0, nextTryAt: null, last: { ok: true } }]);
    await build();
    expect(await test.round()).toMatchObject({ sent: 1 });
    expect(test.told().at(-1)).toMatchObject({ type: "digest", since: "2026-03-23T08:00:00.000Z" });
    expect(await test.round()).toMatchObject({ sent: 0 });
  });
});
