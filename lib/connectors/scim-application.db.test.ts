/** Reading an application over SCIM: a real service over HTTP, well and misbehaving. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { testDatabase } from "../runtime/testing/database.ts";
import { type ScimService, type ServiceUser, scimService } from "../scim/testing.ts";
import { pull, recordsInLog, setUp } from "./testing/pull.ts";

const users = (count: number): ServiceUser[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `u${i}`,
    userName: `user${i}@larkspur.example`,
    active: i % 3 > 0,
    title: "Chemist",
  }));

interface Ended {
  complete: boolean;
  users: number | null;
  groups: number | null;
  why: string | null;
}

describe("an application read over SCIM", () => {
  const database = testDatabase();
  let service: ScimService;
  let made = 0;
  let name = "";

  beforeEach(async () => {
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1");
    service = await scimService(users(25), [
      { id: "g1", displayName: "Chemists", members: [{ value: "u1" }, { value: "u2" }] },
    ]);
    made += 1;
    name = `app-${made}`;
  });
  afterEach(async () => {
    await service.close();
    vi.unstubAllEnvs();
  });

  const connect = (settings: Record<string, unknown> = {}, url = service.url) =>
    setUp(
      database.db,
      name,
      "scim-application",
      { url, application: "Team Chat", pageSize: "10", ...settings },
      service.token,
      { source: name },
    );
  const records = () => recordsInLog(database.db, name);
  const endings = async () =>
    (await records()).flatMap(({ ended, run, previous }) =>
      ended === undefined ? [] : [{ ...(ended as Ended), run: String(run), previous }],
    );
  const idsRead = async () =>
    (await records()).flatMap(({ resource }) =>
      resource === undefined ? [] : [(resource as ServiceUser).id],
    );

  it("brings every user and group, page by page, and says that it was all", async () => {
    await connect();
    expect(await pull(database.db, name)).toMatchObject({ problem: null, accepted: 27, rejected: 0 });
    expect((await idsRead()).sort()).toEqual([...service.users.keys()].sort());
    expect(await endings()).toMatchObject([
      { complete: true, users: 25, groups: 1, why: null, previous: null },
    ]);
    expect(service.asked.filter((line) => line.includes("/Users"))).toHaveLength(3);
    // The next reading knows the one before it.
    await pull(database.db, name);
    const [first, second] = await endings();
    expect(second?.previous).toBe(first?.run);
    expect(await idsRead()).toHaveLength(50);
  });

  it.each([
    ["behind", -90_000, 0],
    ["ahead", 90_000, 0],
    ["right, and its answers late", 0, 1_300],
  ])("by a clock that is %s shows nothing before the reading began", async (_, clockAheadMs, delayMs) => {
    await connect({ pageSize: "100" });
    Object.assign(service.faults, { clockAheadMs, delayMs });
    const began = Date.now();
    await pull(database.db, name);
    const ended = Date.now();
    const all = (await records()).map(({ run, at }) => ({
      run: Date.parse(String(run)),
      at: Date.parse(String(at)),
    }));
    expect(all.length).toBe(27);
    for (const { run, at } of all) {
      expect(at).toBeGreaterThanOrEqual(run);
      // By its clock, as far as whole seconds tell it.
      for (const moment of [run, at]) {
        expect(moment - clockAheadMs).toBeGreaterThanOrEqual(began - 1_000);
        expect(moment - clockAheadMs).toBeLessThanOrEqual(ended + 1_000);
      }
    }
  });

  it("keeps nothing of a user but what names the account and is compared", async () => {
    const user = { ...(service.users.get("u1") as ServiceUser), phoneNumbers: [{ value: "555-0100" }] };
    service.users.set("u1", user);
    await connect();
    await pull(database.db, name);
    expect(JSON.stringify(await records())).not.toContain("555-0100");
  });

  it("that gives its first page again and again is told as wrong paging, and is not complete", async () => {
    service.faults.ignoresStartIndex = true;
    await connect();
    await pull(database.db, name);
    expect(await endings()).toMatchObject([
      { complete: false, users: 10, groups: 1, why: expect.stringContaining("its paging is wrong") },
    ]);
    expect(await idsRead()).toHaveLength(10);
  });

  it("whose users change while they are read by index is not complete", async () => {
    await connect();
    service.faults.fails = ({ path }) => {
      if (path.endsWith("/Users") && service.asked.filter((line) => line.includes("/Users")).length === 2)
        service.users.delete("u3");
      return null;
    };
    await pull(database.db, name);
    expect(await endings()).toMatchObject([{ complete: false, why: expect.stringContaining("changed") }]);
  });

  it("by a filter shows a part", async () => {
    await connect({ filter: 'userName sw "user1"' });
    await pull(database.db, name);
    expect((await idsRead()).every((id) => id.startsWith("u1"))).toBe(true);
    expect(await endings()).toMatchObject([{ complete: false, why: expect.stringContaining("filter") }]);
  });

  it("without groups is complete all the same, and says that they were not read", async () => {
    service.faults.fails = ({ path }) => (path.includes("/Groups") ? 501 : null);
    await connect();
    await pull(database.db, name);
    expect(await endings()).toMatchObject([{ complete: true, users: 25, groups: null }]);
    const shown = (await records()).find(({ resource }) => resource !== undefined);
    expect(shown?.groupsRead).toBe(false);
  });

  it("that fails in its midst is read on from there", async () => {
    let pages = 0;
    service.faults.fails = ({ path }) => {
      if (!path.endsWith("/Users")) return null;
      pages += 1;
      return pages > 2 ? 500 : null;
    };
    await connect();
    const failed = await pull(database.db, name);
    expect(failed?.problem).toContain("HTTP 500");
    expect(await endings()).toEqual([]);
    service.faults.fails = () => null;
    await pull(database.db, name);
    expect(await endings()).toMatchObject([{ complete: true, users: 25 }]);
    expect((await idsRead()).sort()).toEqual([...service.users.keys()].sort());
  });

  it("that does not say how many users it has is not complete: more may follow", async () => {
    const server = createServer((request, response) => {
      const isUsers = request.url?.includes("/Users") === true;
      const body = isUsers ? { Resources: [{ id: "a", userName: "a" }] } : { totalResults: 0, Resources: [] };
      response.writeHead(200, { "content-type": "application/scim+json" }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      await connect({}, `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim`);
      await pull(database.db, name);
      expect(await endings()).toMatchObject([
        { complete: false, users: 1, why: expect.stringContaining("totalResults") },
      ]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it("by cursor, where it says that it can, follows nextCursor and begins a list anew whose cursor has expired", async () => {
    const asked: string[] = [];
    let expired = false;
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://x");
      asked.push(`${pathname}?${searchParams}`);
      const answer = (body: object, status = 200) =>
        response.writeHead(status, { "content-type": "application/scim+json" }).end(JSON.stringify(body));
      if (pathname.endsWith("/ServiceProviderConfig"))
        return answer({ pagination: { cursor: true, index: false } });
      if (pathname.endsWith("/Groups")) return answer({ totalResults: 0, Resources: [] });
      const at = searchParams.get("cursor") ?? "";
      if (at === "c1" && !expired) {
        expired = true;
        return answer({ scimType: "expiredCursor", status: "400" }, 400);
      }
      return at === ""
        ? answer({ totalResults: 2, Resources: [{ id: "a", userName: "a" }], nextCursor: "c1" })
        : answer({ totalResults: 2, Resources: [{ id: "b", userName: "b" }] });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      await connect({}, `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim`);
      // The cursor expires between two runs.
      await pull(database.db, name, { sliceMs: 0 });
      await pull(database.db, name, { sliceMs: 0 });
      for (let i = 0; i < 6 && (await endings()).length === 0; i++) await pull(database.db, name);
      expect(await endings()).toMatchObject([{ complete: true, users: 2 }]);
      expect(new Set(await idsRead())).toEqual(new Set(["a", "b"]));
      expect(asked.filter((line) => line.includes("startIndex"))).toEqual([]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
