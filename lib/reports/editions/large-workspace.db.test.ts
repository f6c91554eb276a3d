/** What a web process does in a workspace whose people it must not hold comes out as where it holds all of them. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { storeWish } from "../../../db/queries/editions.ts";
import { lookAtReports } from "../../alerts/look-at-reports.ts";
import { conditionsOf, settingsOf } from "../../alerts/rules.ts";
import { commandLine } from "../../auth/caller.ts";
import { acknowledgeFailures } from "../../failures/acknowledge-failures.ts";
import { subjectNamed } from "../../identities/subject-named.ts";
import { ingest } from "../../ingest/ingest.ts";
import { normaliseName } from "../../lifecycle/refs.ts";
import { bringSample, privacyDatabase, WORKSPACE } from "../../privacy/testing.ts";
import { byText } from "../base.ts";
import type { OffboardingRow } from "../contract.ts";
import { loadModel } from "../model.ts";
import { reportAtHand } from "../recent.ts";
import { inOrder, runReport } from "../run.ts";
import { buildReports } from "./build.ts";

const NOW = "2026-06-30T13:00:00Z";

/** An application's own export, in which all accounts of leavers are active. */
function exportOf(application: string, rows: readonly OffboardingRow[]) {
  const accounts = rows
    .filter((row) => row.application === application && row.account !== null)
    .map((row) => [row.account, row.identity.userName, "Active"].join(","));
  const text = ["Id,Email,Status", ...new Set(accounts)].join("\n");
  const chunks = (async function* () {
    yield Buffer.from(text);
  })();
  return { chunks, file: null, bytesTotal: null, format: "export", application, at: NOW };
}

describe("without everybody's rows", { timeout: 120_000 }, () => {
  const privacy = privacyDatabase();
  const db = () => privacy.database.db;
  const small = async <T>(work: () => Promise<T>) => {
    vi.stubEnv("ROLLCALL_PAGES_PEOPLE", "1000000");
    return work().finally(() => vi.stubEnv("ROLLCALL_PAGES_PEOPLE", "0"));
  };
  beforeAll(async () => {
    vi.stubEnv("ROLLCALL_PAGES_PEOPLE", "0");
    // What is asked for both ways is asked at one moment, at which leavers' time is up or soon will be.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(NOW) });
    await bringSample(db(), 4);
    // Applications show accounts active that should have ended, and ended ones too; and people know of a cause of failures.
    const { rows } = await runReport(db(), WORKSPACE, "offboarding");
    for (const application of ["Asana", "Box"])
      await ingest(db(), WORKSPACE, commandLine(), exportOf(application, rows));
    await storeWish(db().sql, WORKSPACE, { report: "coverage", question: "", waits: true });
    await buildReports(db(), WORKSPACE);
    const { rows: causes } = await runReport(db(), WORKSPACE, "failures");
    const cause = causes.find((row) => row.state === "open" && row.errorClass !== "quarantine");
    await acknowledgeFailures(db(), WORKSPACE, commandLine(), [cause?.id ?? ""]);
  }, 120_000);
  afterAll(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
  });

  it("a person is found by each name that is the same as theirs, and the first of several", async () => {
    const { sql } = privacy.database.owner;
    const odd = [
      ["~1", "\u212Aelvin@larkspur.example", null],
      ["~2", "kelvin@larkspur.example", null],
      ["~3", "\u00A0Kelvin@Larkspur.example ", "İda@larkspur.example"],
      ["~4", "\tIDA@larkspur.example\n", "ÄNNE@larkspur.example"],
      ["~5", "änne@larkspur.example", "kelvin@larkspur.example"],
    ] as const;
    await sql.begin(async (own) => {
      for (const [subject, userName, email] of odd)
        await own`insert into subjects (workspace_id, subject, revision, user_name, email, rows)
          values (${WORKSPACE}, ${subject}, 0, ${userName}, ${email}, '')`;
    });
    const rows = await sql<{ subject: string; userName: string | null; email: string | null }[]>`
      select subject, user_name as "userName", email from subjects where workspace_id = ${WORKSPACE}`;
    const inOrder = [...rows].sort((a, b) => byText(a.subject, b.subject));
    const names = inOrder.flatMap(({ userName, email }) => [userName, email]).filter((name) => name !== null);
    const some = names.filter((_, i) => i % 17 === 0 || i >= names.length - 2 * odd.length);
    expect(some.length).toBeGreaterThan(20);
    for (const name of [
      ...some,
      ...some.map((one) => ` ${one.toUpperCase()}`),
      "nobody",
      "i̇da@larkspur.example",
    ]) {
      const first = inOrder.find((row) =>
        [row.userName, row.email].some((own) => own !== null && normaliseName(own) === normaliseName(name)),
      );
      expect(await subjectNamed(db(), WORKSPACE, name), name).toBe(first?.subject ?? null);
    }
    await sql`delete from subjects where subject like '~%'`;
  });

  it("a new review offers the applications and departments that there are", async () => {
    const { across, people } = await loadModel(db(), WORKSPACE, {});
    const departments = [...people.values()].flatMap(({ department }) => department ?? []);
    expect(new Set(departments).size).toBeGreaterThan(3);
    const told = { applications: inOrder(across.labels.values()), departments: inOrder(departments) };
    expect(await reportAtHand(db(), WORKSPACE, "coverage")).toMatchObject(told);
    expect(await small(() => reportAtHand(db(), WORKSPACE, "coverage"))).toMatchObject(told);
  });

  it.each([
    ["are set", {}],
    ["look far back and ahead", { "access-after-leaving": 90, sla: 720 }],
  ])("the rules of alerts find the same as they %s", async (_how, thresholds) => {
    const rules = Object.entries(thresholds).map(([rule, threshold]) => [rule, { on: true, threshold }]);
    const settings = settingsOf(Object.fromEntries(rules));
    const found = async () => conditionsOf(await lookAtReports(db(), WORKSPACE, settings), settings);
    const whole = await small(found);
    for (const rule of ["access-after-leaving", "kept-active", "sla", "failure-group", "uncovered"])
      expect(whole.map((condition) => condition.rule)).toContain(rule);
    expect(whole.filter(({ rule, quiet }) => rule === "failure-group" && quiet)).toHaveLength(1);
    expect(await found()).toEqual(whole);
  });
});
