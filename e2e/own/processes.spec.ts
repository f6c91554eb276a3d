/** Two web and two worker processes on one database: what one has written the other shows, and any of them may be killed. */
import { expect, test } from "playwright/test";
import { startReceiver } from "../../lib/alerts/testing/receiver.ts";
import { fakeOkta, OKTA_TOKEN } from "../../lib/connectors/testing/okta.ts";
import { ask, jsonOf } from "../../lib/load/client.ts";
import { type Installation, withInstallation } from "../../lib/load/installation.ts";
import { recordsKept } from "../../lib/load/kept.ts";
import { Latencies } from "../../lib/load/latency.ts";
import { allKept } from "../../lib/load/run.ts";
import { Traffic } from "../../lib/load/traffic.ts";
import type { ConnectorsReport } from "../../lib/reports/contract/connectors.ts";
import type { JobsReport } from "../../lib/reports/contract.ts";
import { oktaRecord } from "../../lib/reviews/testing.ts";

interface Rows {
  rows: { id: string; state: string }[];
}

const LINE = (uuid: string, user: string) =>
  JSON.stringify({
    uuid,
    published: "2025-06-01T08:00:00.000Z",
    eventType: "user.lifecycle.create",
    actor: { id: "system", type: "SystemPrincipal", alternateId: "system", displayName: "Okta" },
    outcome: { result: "SUCCESS", reason: null },
    target: [{ id: `00u-${user}`, type: "User", alternateId: `${user}@larkspur.example`, displayName: user }],
  });

/** What somebody does at one process is asked of the other in the next moment, after that one has answered before. */
async function shown(at: Installation): Promise<void> {
  const [first, second] = at.webs();
  if (first === undefined || second === undefined) throw new Error("Two web processes are wanted.");
  const get = async <T>(web: typeof first, path: string, session = at.operator) =>
    jsonOf<T>(await ask(web.origin, session, path));
  const send = async <T>(web: typeof first, path: string, body: object, method = "POST") =>
    jsonOf<T>(await ask(web.origin, at.operator, path, { method, body: JSON.stringify(body) }));

  for (const [one, other] of [
    [first, second],
    [second, first],
  ] as const) {
    const failures = "/api/v1/reports/failures?limit=50";
    const [group] = (await get<Rows>(other, failures)).rows;
    const [verb, state] =
      group?.state === "acknowledged" ? ["reopen", "open"] : ["acknowledge", "acknowledged"];
    await send(one, "/api/v1/failures/decisions", { verb, groups: [group?.id] });
    expect((await get<Rows>(other, failures)).rows).toContainEqual(
      expect.objectContaining({ id: group?.id, state }),
    );

    const user = `newcomer-${one.pid}`;
    const found = async () =>
      JSON.stringify(await get(other, `/api/v1/search?q=${user}%40larkspur.example`)).includes(
        `00u-${user}`,
      ) || JSON.stringify(await get(other, `/api/v1/search?q=${user}`)).includes(user);
    expect(await found()).toBe(false);
    const before = (await get<{ summary: object }>(other, "/api/v1/reports/joiners")).summary;
    const upload = { body: LINE(`uuid-${user}`, user), type: "application/octet-stream" };
    jsonOf(await ask(one.origin, at.operator, "/api/v1/ingest?source=newcomers", upload));
    expect(await found()).toBe(true);
    expect((await get<{ summary: object }>(other, "/api/v1/reports/joiners")).summary).not.toEqual(before);

    const application = "/api/v1/applications/Application%2001";
    await get(other, application);
    const hours = 7 + at.webs().indexOf(one);
    await send(one, `${application}/sla`, { hours }, "PUT");
    expect(JSON.stringify(await get(other, application))).toContain(`"hours":${hours}`);

    const leaving = await at.invite("analyst");
    await get(other, "/api/v1/reports/coverage?limit=1", leaving.session);
    await ask(one.origin, leaving.session, "/api/v1/session", { method: "DELETE" });
    expect((await ask(other.origin, leaving.session, "/api/v1/reports/coverage?limit=1")).status).toBe(401);

    const demoted = await at.invite("analyst");
    await get(other, "/api/v1/reports/coverage?limit=1", demoted.session);
    await send(one, `/api/v1/members/${demoted.member}`, { role: "reviewer" }, "PATCH");
    expect((await ask(other.origin, demoted.session, "/api/v1/reports/coverage?limit=1")).status).toBe(403);
    await send(one, `/api/v1/members/${demoted.member}`, { active: false }, "PATCH");
    expect((await ask(other.origin, demoted.session, "/api/v1/reviews")).status).toBe(401);
  }
}

test("two web and two worker processes: each shows what the others wrote, and any may be killed", async () => {
  test.setTimeout(300_000);
  const okta = await fakeOkta();
  const receiver = await startReceiver();
  okta.pageSize = 20;
  const options = {
    webs: 2,
    workers: 2,
    events: 4_000,
    live: 8_000,
    env: { ROLLCALL_ALLOW_HOSTS: "127.0.0.1" },
  };
  await withInstallation(
    options,
    () => {},
    async (at) => {
      await shown(at);

      const latencies = await Latencies.begin();
      const traffic = await Traffic.begin(at, latencies, {
        readers: 6,
        readerPaceMs: 500,
        ingestPaceMs: 500,
        reviewPaceMs: 200,
        seed: 1,
      });
      const channel = { kind: "webhook", to: receiver.url };
      const operate = async (path: string, body: object, method = "POST") =>
        jsonOf(
          await ask(at.webs()[0]?.origin ?? "", at.operator, path, { method, body: JSON.stringify(body) }),
        );
      await operate("/api/v1/alerts/channels/hook", channel, "PUT");
      const failure = oktaRecord(
        "application.provision.user.push",
        "ann",
        "Wiki",
        Date.now() - 60_000,
        "FAILURE",
      );
      const failing = { body: failure, type: "application/octet-stream" };
      jsonOf(await ask(at.webs()[0]?.origin ?? "", at.operator, "/api/v1/ingest?source=failing", failing));

      // Each worker is killed while it reads a page that the vendor has been asked for.
      okta.add(60);
      const connector = {
        kind: "okta-logs",
        settings: { url: okta.url },
        secret: OKTA_TOKEN,
        source: "okta-live",
      };
      for (const [number, worker] of at.workers().entries()) {
        const asked = new Promise<void>((resolve) => {
          okta.onRequest = resolve;
        });
        if (number === 0) await operate("/api/v1/connectors", { name: "okta-live", ...connector });
        else await operate("/api/v1/connectors/okta-live/run", {});
        await asked;
        await at.kill(worker);
        okta.add(60);
        await at.add("worker");
      }
      // And each web process.
      for (const web of at.webs()) {
        await at.kill(web);
        const [other] = at.webs();
        expect((await ask(other?.origin ?? "", at.operator, "/api/v1/reports/overview")).status).toBe(200);
        await at.add("web");
      }
      const read = async () =>
        recordsKept(
          at.app(),
          "okta-live",
          okta.records.map(({ uuid }) => uuid),
        );
      await operate("/api/v1/connectors/okta-live/run", {});
      await expect.poll(read, { timeout: 60_000 }).toEqual({
        sent: 180,
        lost: 0,
        doubled: 0,
        strange: 0,
      });
      await expect.poll(() => receiver.calls.length, { timeout: 60_000 }).toBeGreaterThan(0);
      await traffic.stop();

      const { records, decisions } = await allKept(at, traffic.sent);
      expect(records).toMatchObject({ lost: 0, doubled: 0, strange: 0 });
      expect(traffic.sent.records.length).toBeGreaterThan(0);
      expect(decisions.acknowledged).toBeGreaterThan(0);
      expect(decisions.lost).toBe(0);
      expect(await traffic.checkAll()).toEqual([]);
      // Who died between a message and noting it sends it again, under the same id, by which its receiver knows it.
      const ids = receiver.calls.map(({ headers }) => headers["webhook-id"]);
      expect(new Set(ids).size).toBe(ids.length);
      const { jobs } = jsonOf<JobsReport>(await ask(at.webs()[0]?.origin ?? "", at.operator, "/api/v1/jobs"));
      expect(jobs.filter(({ kind, state }) => kind === "ingest" && state === "failed")).toEqual([]);
      const told = jsonOf<ConnectorsReport>(
        await ask(at.webs()[0]?.origin ?? "", at.operator, "/api/v1/connectors"),
      );
      expect(told.connectors).toMatchObject([{ state: "healthy", records: 180 }]);
    },
  );
  await Promise.all([okta.close(), receiver.stop()]);
});
