/** A drill whose process is killed with -9 at each of its requests, before and after its answer, leaves nothing behind. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readDrills } from "../../db/queries/drills.ts";
import { commandLine } from "../auth/caller.ts";
import { PROJECT_ROOT } from "../runtime/home.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { bundleProgram } from "../runtime/testing/program.ts";
import { type ScimService, scimService } from "../scim/testing.ts";
import { readTrials } from "../trials/read-trials.ts";
import { askForDrill } from "./ask-for-drill.ts";
import { runDue } from "./run-due.ts";
import { HURRIED, INSTALLATION, setUpDrills } from "./testing/set-up.ts";

const PROCESS = fileURLToPath(new URL("./testing/drill-process.ts", import.meta.url));
const ANN = { id: "1", userName: "ann@larkspur.example", active: true };
const W = "main";
const by = commandLine();
const MOMENTS = ["come", "answered"] as const;

describe("a drill killed with -9", () => {
  const database = testDatabase();
  const folder = mkdtemp(join(tmpdir(), "rollcall-drill-"));
  let service: ScimService;
  let program = "";

  beforeAll(async () => {
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1");
    service = await scimService([ANN]);
    program = join(await folder, "drill.mjs");
    await bundleProgram(PROCESS, program);
  });
  afterAll(async () => {
    await service.close();
    vi.unstubAllEnvs();
    await rm(await folder, { recursive: true, force: true });
  });

  const due = () =>
    runDue({ db: database.db, workspace: W, installation: INSTALLATION, pace: HURRIED }, "chat");
  const open = () => readDrills(database.db.sql, W, { application: "chat", open: true, limit: 9 });

  /** Runs the drill in a process that is killed at the moment of its request of that number. */
  async function killedAt(number: number, moment: (typeof MOMENTS)[number]): Promise<void> {
    const child = spawn(process.execPath, [program], {
      env: {
        ...process.env,
        ROLLCALL_ROOT: PROJECT_ROOT,
        DRILL_APP_URL: database.access.url,
        DRILL_KEY: Buffer.from(database.access.key).toString("base64"),
        DRILL_INSTALLATION: INSTALLATION,
        DRILL_APPLICATION: "chat",
      },
      stdio: "ignore",
    });
    let requests = 0;
    service.faults.onRequest = (now) => {
      if (now === moment && ++requests === number) child.kill("SIGKILL");
    };
    const [, signal] = await once(child, "exit");
    service.faults.onRequest = () => {};
    expect(signal).toBe("SIGKILL");
  }

  it("leaves no test account and no group, and stands in the log as failed, wherever it was", async () => {
    await setUpDrills(database.db, W, "Chat", service, { group: { kind: "own" } });
    await askForDrill(database.db, W, by, "Chat");
    const asked = service.asked.length;
    expect(await due()).toMatchObject({ run: 1, cleaned: 1 });
    const lines = service.asked.slice(asked);
    const requests = lines.length;
    expect(requests).toBeGreaterThan(20);
    let trials = 1;
    for (let number = 1; number <= requests; number++) {
      // A question that has come and is not answered leaves what the answer before has left.
      const isQuestion = lines[number - 1]?.startsWith("GET") === true;
      for (const moment of isQuestion ? (["answered"] as const) : MOMENTS) {
        const where = `killed when request ${number} had ${moment}`;
        await askForDrill(database.db, W, by, "Chat");
        await killedAt(number, moment);
        const [killed] = await open();
        expect(killed, where).toMatchObject({ cleanedAt: null, keptAt: null });
        for (let tries = 0; (await open()).length > 0 && tries < 40; tries++) {
          await due();
          await new Promise((wake) => setTimeout(wake, 50));
        }
        expect(await open(), where).toEqual([]);
        expect([...service.users.values()], where).toEqual([ANN]);
        expect([...service.groups.values()], where).toEqual([]);
        const [trial, ...before] = await readTrials(database.db, W, "Chat");
        expect(before, where).toHaveLength(trials++);
        expect(trial?.identity, where).toBe(killed?.identity);
        // After its last answer it may just have come to its end.
        if (number < requests) expect(trial?.verdict, where).toBe("failed");
      }
    }
    // Nothing is proved or disproved by a process that died: what it had shown by then was well.
    const all = await readTrials(database.db, W, "Chat");
    expect(
      all
        .flatMap(({ steps }) => steps)
        .filter((step) => step.verdict === "failed" && step.capability !== null),
    ).toEqual([]);
  }, 900_000);
});
