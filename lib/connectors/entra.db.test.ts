/** Entra's connectors against a Microsoft Graph with its awkward manners. */
import { generate } from "selfsigned";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commandLine } from "../auth/caller.ts";
import { QUARANTINED, WELL } from "../ingest/adapters/entra-sync-jobs/fixtures.ts";
import { runReport } from "../reports/run.ts";
import { testDatabase } from "../runtime/testing/database.ts";
import { backfillConnector } from "./backfill-connector.ts";
import { type FakeGraph, fakeGraph, GRAPH_SECRET } from "./testing/graph.ts";
import { pull, recordsInLog, setUp } from "./testing/pull.ts";

const DAY = 86_400_000;

describe("Microsoft Graph", () => {
  const database = testDatabase();
  let graph: FakeGraph;
  let n = 0;
  let name = "";
  const settings = () => ({
    tenant: "larkspur.example",
    clientId: "client",
    graph: graph.url,
    login: graph.url,
  });
  const add = (kind: string) => setUp(database.db, name, kind, settings(), GRAPH_SECRET, { source: name });
  const inLog = async () => (await recordsInLog(database.db, name)).map(({ id }) => id).sort();
  const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id).sort();

  beforeEach(async () => {
    process.env.ROLLCALL_ALLOW_HOSTS = "127.0.0.1";
    graph = await fakeGraph();
    name = `entra-${n++}`;
  });
  afterEach(() => graph.close());

  it.each([
    ["entra-provisioning", "provisioning"],
    ["entra-sign-ins", "signIns"],
  ] as const)(
    "gives %s, day by day, over empty pages with a link to more, newest first",
    async (kind, list) => {
      const more = (count: number, at: number) =>
        list === "provisioning" ? graph.addProvisioning(count, at) : graph.addSignIns(count, at);
      graph.pageSize = 10;
      for (const days of [29, 3, 1]) more(25, Date.now() - days * DAY);
      more(5, Date.now() - 60_000);
      await add(kind);
      expect(await pull(database.db, name)).toMatchObject({ accepted: 80, rejected: 0, problem: null });
      expect(await inLog()).toEqual(ids(graph[list]));
      // What Graph tells late is found all the same.
      more(7, Date.now() - 3_600_000);
      expect(await pull(database.db, name)).toMatchObject({ accepted: 7, problem: null });
      expect(await inLog()).toEqual(ids(graph[list]));
    },
  );

  it("that limits calls, breaks answers and forgets links loses nothing", async () => {
    graph.pageSize = 10;
    graph.addProvisioning(60, Date.now() - 2 * DAY);
    graph.skew = -600_000;
    graph.faults.push("limit", "half");
    await add("entra-provisioning");
    // One page a run, and the link to the next one forgotten after the third.
    for (let runs = 0, more = true; more && runs < 100; runs++) {
      const result = await pull(database.db, name, { sliceMs: 0 });
      expect(result?.problem ?? null).toBeNull();
      if (runs === 1) graph.faults.push("close", "limit");
      if (runs === 30) graph.expireLinks();
      more = (await inLog()).length < 60;
    }
    expect(await inLog()).toEqual(ids(graph.provisioning));
  });

  it("is asked for a new token when one is not taken any more", async () => {
    graph.addProvisioning(3, Date.now() - 60_000);
    graph.faults = [];
    await add("entra-provisioning");
    let refused = false;
    graph.onRequest = () => {
      if (!refused && graph.asked.length > 2) {
        refused = true;
        graph.expireTokens();
      }
    };
    expect(await pull(database.db, name)).toMatchObject({ accepted: 3, problem: null });
    expect(graph.asked.filter((call) => call.startsWith("POST")).length).toBe(2);
  });

  it("takes a certificate in place of a secret, and says in words when it takes neither", async () => {
    await graph.close();
    const pem = await generate([{ name: "commonName", value: "rollcall" }], { keySize: 2048 });
    graph = await fakeGraph(pem.cert);
    graph.addProvisioning(3, Date.now() - 60_000);
    await setUp(database.db, name, "entra-provisioning", settings(), `${pem.private}\n${pem.cert}`, {
      source: name,
    });
    expect(await pull(database.db, name)).toMatchObject({ accepted: 3, problem: null });
    await setUp(database.db, `${name}-wrong`, "entra-provisioning", settings(), "wrong", { source: name });
    expect((await pull(database.db, `${name}-wrong`))?.problem).toContain("AADSTS7000215");
    await expect(
      setUp(database.db, `${name}-half`, "entra-provisioning", settings(), pem.private, { source: name }),
    ).rejects.toThrow("the private key and the certificate");
  });

  it("gives a past time in windows", async () => {
    graph.pageSize = 10;
    graph.addSignIns(30, Date.now() - 20 * DAY);
    await setUp(
      database.db,
      name,
      "entra-sign-ins",
      { ...settings(), since: new Date().toISOString() },
      GRAPH_SECRET,
      { source: name },
    );
    expect(await pull(database.db, name)).toMatchObject({ accepted: 0 });
    await backfillConnector(database.db, "main", commandLine(), name, {
      from: Date.now() - 25 * DAY,
      to: Date.now(),
    });
    expect(await pull(database.db, name, { backfill: true })).toMatchObject({
      accepted: 30,
      more: false,
      problem: null,
    });
  });

  it("tells a synchronization job in quarantine once, and once that it is well again", async () => {
    const { servicePrincipal, synchronizationJob: sick } = QUARANTINED as {
      servicePrincipal: { id: string; displayName: string };
      synchronizationJob: unknown;
    };
    const principal = { ...servicePrincipal, displayName: "Payroll" };
    graph.servicePrincipals = [
      principal,
      { id: "5e41ce00-0000-4000-8000-0000000000bb", displayName: "No job" },
    ];
    graph.jobs.set(servicePrincipal.id, [sick]);
    await add("entra-sync-jobs");
    expect(await pull(database.db, name)).toMatchObject({ accepted: 1, rejected: 0, problem: null });
    const failures = async () =>
      (await runReport(database.db, "main", "failures", {})).rows.filter(
        ({ errorClass }) => errorClass === "quarantine",
      );
    expect(await failures()).toMatchObject([{ application: "Payroll", state: "open" }]);
    expect(await pull(database.db, name)).toMatchObject({ accepted: 0, duplicates: 0 });
    graph.jobs.set(servicePrincipal.id, [WELL.synchronizationJob]);
    expect(await pull(database.db, name)).toMatchObject({ accepted: 1, rejected: 0, problem: null });
    expect(await pull(database.db, name)).toMatchObject({ accepted: 0, duplicates: 0 });
  });
});
