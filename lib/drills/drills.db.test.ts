/** Drills against a real SCIM service: a healthy one passes all, and each fault fails its own step. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readDrills } from "../../db/queries/drills.ts";
import { commandLine } from "../auth/caller.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import { runReport } from "../reports/run.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { type Faults, type ScimService, scimService } from "../scim/testing.ts";
import { readTrials } from "../trials/read-trials.ts";
import { askForDrill } from "./ask-for-drill.ts";
import type { Pace } from "./plan.ts";
import { runDue } from "./run-due.ts";
import type { DrillsChange } from "./set-drills.ts";
import { settleDrill } from "./settle-drill.ts";
import { HURRIED, INSTALLATION, setUpDrills } from "./testing/set-up.ts";

const W = "main";
const by = commandLine();
const ANN = { id: "1", userName: "ann@larkspur.example", active: true };
const GROUP = { id: "g1", displayName: "Testers", members: [{ value: "1" }] };

const PASSED = [
  "create passed",
  "find passed",
  "change passed",
  "enter passed",
  "leave passed",
  "deactivate passed",
  "reactivate passed",
  "delete passed",
];

describe("a drill", () => {
  const test = testDatabase();
  let service: ScimService;
  let n = 0;
  let name = "";

  beforeEach(async () => {
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1");
    service = await scimService([ANN], [GROUP]);
    name = `Chat ${++n}`;
  });
  afterEach(async () => {
    await service.close();
    vi.unstubAllEnvs();
  });

  const due = (pace: Pace = HURRIED) =>
    runDue({ db: test.db, workspace: W, installation: INSTALLATION, pace }, applicationKey(name));
  const open = () => readDrills(test.db.sql, W, { application: applicationKey(name), open: true, limit: 9 });
  const drill = async (
    change: DrillsChange = {},
    ending: "deactivate" | "delete" = "deactivate",
    pace = HURRIED,
  ) => {
    await setUpDrills(
      test.db,
      W,
      name,
      service,
      { group: { kind: "named", name: "Testers" }, ...change },
      ending,
    );
    await askForDrill(test.db, W, by, name);
    const done = await due(pace);
    const [trial] = await readTrials(test.db, W, name);
    return { done, trial, steps: trial?.steps.map((step) => `${step.name} ${step.verdict}`) };
  };
  /** What fails of a drill, and nothing else. */
  const failing = async (...args: Parameters<typeof drill>) =>
    (await drill(...args)).trial?.steps.filter(({ verdict }) => verdict === "failed");
  const onlyAnn = () => {
    expect([...service.users.values()]).toEqual([ANN]);
    const { id, displayName, members } = GROUP;
    const there = [...service.groups.values()].map((group) => ({
      id: group.id,
      displayName: group.displayName,
      members: group.members.map(({ value }) => ({ value })),
    }));
    expect(there).toEqual([{ id, displayName, members }]);
  };

  it("at a healthy service passes every step, leaves nothing, and proves the capabilities", async () => {
    const { done, trial, steps } = await drill();
    expect(steps).toEqual(PASSED);
    expect(done).toEqual({ run: 1, cleaned: 1, left: 0, followed: 0 });
    expect(trial).toMatchObject({ kind: "drill", verdict: "passed", application: name, by: by.actor.name });
    expect(trial?.identity).toMatch(/^rollcall-drill-[0-9a-f]{8}@example\.invalid$/u);
    for (const step of trial?.steps ?? []) expect(step.latencyMs).toEqual(expect.any(Number));
    onlyAnn();
    const coverage = await runReport(test.db, W, "coverage");
    const row = coverage.rows.find(({ application }) => application === name);
    for (const capability of ["joiner", "mover", "roles", "leaver"] as const)
      expect(row?.cells[capability]).toMatchObject({
        state: "untested",
        trial: { kind: "drill", verdict: "passed" },
      });
  });

  it("makes a group of its own where that is set, and takes it away", async () => {
    const { steps } = await drill({ group: { kind: "own" } });
    expect(steps).toEqual([...PASSED.slice(0, 3), "group passed", ...PASSED.slice(3), "remove-group passed"]);
    onlyAnn();
  });

  it("leaves groups out where none is set, and says so of one that is not there", async () => {
    expect((await drill({ group: { kind: "none" } })).steps).toContain("enter skipped");
    name = `Other ${n}`;
    const { trial } = await drill({ group: { kind: "named", name: "Nobody's" } });
    expect(trial?.verdict).toBe("passed");
    expect(trial?.steps.find((step) => step.name === "group")).toMatchObject({
      verdict: "skipped",
      said: "The application has no group called Nobody's.",
    });
    onlyAnn();
  });

  it("tells of a deactivation that is answered with success and not kept", async () => {
    service.faults.losesDeactivations = true;
    const { trial, steps } = await drill();
    expect(steps).toEqual([
      ...PASSED.slice(0, 5),
      "deactivate failed",
      "reactivate skipped",
      "delete passed",
    ]);
    const said = trial?.steps.find((step) => step.name === "deactivate")?.said;
    expect(said).toContain("answered HTTP 200, and nothing changed: the account is still active");
    onlyAnn();
  });

  it.each<[string, Partial<Faults>, string[]]>([
    ["PATCHes of users that are not kept", { ignoresPatches: true }, ["change", "deactivate"]],
    ["members that are not kept", { ignoresMembers: true }, ["enter"]],
    [
      "an error to a PATCH of a group",
      { fails: ({ method, path }) => (method === "PATCH" && path.includes("/Groups") ? 500 : null) },
      ["enter"],
    ],
    ["a deactivation that shows too late", { late: ({ active }) => (active ? 0 : 30_000) }, ["deactivate"]],
    [
      "an error to a list",
      { fails: ({ method, path }) => (method === "GET" && path.endsWith("/Users") ? 500 : null) },
      ["find"],
    ],
  ])("with %s fails there and nowhere else", async (_, faults, steps) => {
    Object.assign(service.faults, faults);
    expect((await failing())?.map((step) => step.name)).toEqual(steps);
    onlyAnn();
  });

  it("passes where what is asked for shows a little later, and tells how much", async () => {
    service.faults.late = () => 100;
    const { trial } = await drill({}, "deactivate", { ...HURRIED, patienceMs: 20_000 });
    expect(trial?.verdict).toBe("passed");
    expect(trial?.steps.find((step) => step.name === "change")?.latencyMs).toBeGreaterThanOrEqual(100);
    onlyAnn();
  });

  it("at a service whose filters find everybody touches only its own account", async () => {
    service.faults.ignoresFilters = true;
    expect((await drill()).steps).toEqual(PASSED);
    onlyAnn();
  });

  it("that can't make an account leaves all else out", async () => {
    service.faults.fails = ({ method }) => (method === "POST" ? 500 : null);
    const { trial, steps } = await drill();
    expect(steps?.filter((step) => !step.endsWith("skipped"))).toEqual(["create failed"]);
    expect(trial?.steps[0]?.said).toContain("answered HTTP 500. It said: out of order");
    // It might turn up yet: it is looked for once more before it is forgotten.
    expect(await open()).toHaveLength(1);
    await new Promise((wake) => setTimeout(wake, HURRIED.patienceMs + 10));
    expect(await due()).toMatchObject({ cleaned: 1, left: 0 });
    onlyAnn();
  });

  it("leaves the account inactive where none is deleted, and where it stays all the same", async () => {
    service.faults.fails = ({ method }) => (method === "DELETE" ? 405 : null);
    const { trial, steps, done } = await drill();
    expect(steps?.slice(-2)).toEqual(["delete skipped", "retire passed"]);
    expect(trial?.verdict).toBe("passed");
    expect(done).toMatchObject({ cleaned: 1, left: 0 });
    const left = [...service.users.values()].filter(({ id }) => id !== "1");
    expect(left).toMatchObject([{ userName: trial?.identity, active: false }]);
    expect(GROUP.members).toEqual([{ value: "1" }]);
    // Where accounts are said to be deleted it has failed.
    name = `Strict ${n}`;
    expect((await failing({}, "delete"))?.map((step) => step.name)).toEqual(["delete"]);
    service.faults.fails = () => null;
    service.faults.keepsDeleted = true;
    name = `Kept ${n}`;
    const kept = await failing();
    expect(kept?.map((step) => step.name)).toEqual(["delete"]);
    expect(kept?.[0]?.said).toContain("nothing changed: the account is still there");
    expect(await open()).toEqual([]);
  });

  it("says what could not be cleaned up, tries again, and starts no other one meanwhile", async () => {
    service.faults.fails = ({ method, path }) =>
      method === "DELETE" && path.includes("/Users") ? 503 : null;
    const { trial, done } = await drill();
    expect(trial?.verdict).toBe("failed");
    expect(done).toMatchObject({ run: 1, cleaned: 0, left: 1 });
    const [row] = await open();
    expect(row?.problem).toContain("The test account is inactive, and could not be deleted (HTTP 503");
    expect(row?.nextTryAt).toBeGreaterThan(Date.now());
    await expect(askForDrill(test.db, W, by, name)).rejects.toThrow("is not cleaned up yet");
    // Not before its time.
    const asked = service.asked.length;
    expect(await due()).toMatchObject({ left: 1 });
    expect(service.asked).toHaveLength(asked);
    service.faults.fails = () => null;
    await test.owner.sql`update drills set next_try_at = now()`;
    expect(await due()).toMatchObject({ cleaned: 1, left: 0 });
    expect(await readTrials(test.db, W, name)).toHaveLength(1);
    onlyAnn();
  });

  it("is settled by hand where somebody has removed what it left", async () => {
    service.faults.fails = ({ method, path }) =>
      method === "DELETE" && path.includes("/Users") ? 503 : null;
    const { trial } = await drill();
    await settleDrill(test.db, W, by, name, trial?.identity ?? "");
    expect(await open()).toEqual([]);
    await expect(settleDrill(test.db, W, by, name, trial?.identity ?? "")).rejects.toThrow(
      "has left an account",
    );
  });

  it("is run where it is switched on, by whoever may", async () => {
    await expect(askForDrill(test.db, W, by, name)).rejects.toThrow("Drills are off");
    await setUpDrills(test.db, W, name, service, { active: false });
    await expect(askForDrill(test.db, W, by, name)).rejects.toThrow("Drills are off");
    await setUpDrills(test.db, W, name, service, { everyHours: 6 });
    await expect(askForDrill(test.db, W, { ...by, role: "analyst" }, name)).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await due()).toMatchObject({ run: 0 });
    await test.owner.sql`update drill_turns set next_run_at = now()`;
    expect(await due()).toMatchObject({ run: 1, cleaned: 1 });
    // The schedule goes on, and nobody asked.
    expect(await due()).toMatchObject({ run: 0 });
    expect((await readTrials(test.db, W, name))[0]?.by).toBeNull();
    onlyAnn();
  });
});
