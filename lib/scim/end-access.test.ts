import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { endAccount, leaveGroup } from "./end-access.ts";
import { eq } from "./find.ts";
import { type ScimService, scimService } from "./testing.ts";

const ada = { id: "7", userName: "ada@larkspur.example" };

describe("access ended by SCIM", () => {
  let service: ScimService;

  beforeEach(async () => {
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1");
    service = await scimService(
      [
        { id: "7", userName: "ada@larkspur.example", active: true },
        { id: "8", userName: "bob o'neill+x@larkspur.example", active: true },
        { id: "9", userName: "eve@larkspur.example", active: false },
      ],
      [
        { id: "g1", displayName: "Deploy (prod)", members: [{ value: "7" }, { value: "8" }] },
        { id: "g2", displayName: "Twice", members: [{ value: "7" }] },
        { id: "g3", displayName: "Twice", members: [{ value: "7" }] },
      ],
    );
  });
  afterEach(async () => {
    await service.close();
    vi.unstubAllEnvs();
  });
  const host = () => new URL(service.url).host;
  const changes = () => service.asked.filter((line) => !line.startsWith("GET"));

  it("deactivates the account of an id, and no other", async () => {
    expect(await endAccount(service, ada, "deactivate")).toBe(
      `${host()} deactivated ada@larkspur.example (HTTP 200).`,
    );
    expect([...service.users.values()].map(({ active }) => active)).toEqual([false, true, false]);
    expect(service.asked).toEqual(["GET /scim/v2/Users/7", "PATCH /scim/v2/Users/7"]);
  });

  it("finds it by its user name where the id is none of its own", async () => {
    const bob = { id: "00u8", userName: "bob o'neill+x@larkspur.example" };
    await endAccount(service, bob, "deactivate");
    expect(service.users.get("8")?.active).toBe(false);
    await endAccount(service, { id: "ada@larkspur.example", userName: null }, "deactivate");
    expect(service.users.get("7")?.active).toBe(false);
  });

  it("deletes it where that is how accounts end there", async () => {
    expect(await endAccount(service, ada, "delete")).toMatch(/deleted ada@larkspur\.example \(HTTP 204\)/u);
    expect([...service.users.keys()]).toEqual(["8", "9"]);
  });

  it("changes nothing of one that is inactive already", async () => {
    expect(await endAccount(service, { id: "9", userName: null }, "deactivate")).toMatch(
      /inactive .* already/u,
    );
    expect(changes()).toEqual([]);
  });

  it("changes nothing where nobody is found, or the id is somebody else's by now", async () => {
    await expect(endAccount(service, { id: "70", userName: "nobody" }, "delete")).rejects.toMatchObject({
      code: "unknown-user",
    });
    await expect(endAccount(service, { id: "8", userName: ada.userName }, "delete")).rejects.toMatchObject({
      code: "another-user",
    });
    expect(changes()).toEqual([]);
  });

  it("never takes an id for a part of the address", async () => {
    for (const id of ["", ".", "..", "../Users/7", "7?x=", "7/../8", "%2e%2e"]) {
      await expect(endAccount(service, { id, userName: "nobody" }, "delete"), id).rejects.toMatchObject({
        code: "unknown-user",
      });
    }
    expect(changes()).toEqual([]);
    expect(service.users.size).toBe(3);
  });

  it("takes an account out of a group, and leaves the others in", async () => {
    expect(await leaveGroup(service, ada, "Deploy (prod)")).toMatch(
      /took ada@larkspur\.example out of Deploy \(prod\)/u,
    );
    expect(service.groups.get("g1")?.members).toEqual([{ value: "8" }]);
  });

  it("leaves groups alone that it can't tell apart, or does not find", async () => {
    await expect(leaveGroup(service, ada, "Twice")).rejects.toMatchObject({ code: "ambiguous" });
    await expect(leaveGroup(service, ada, "Admins")).rejects.toMatchObject({ code: "unknown-group" });
    expect(changes()).toEqual([]);
  });

  it("changes the version that it has read, and no newer one", async () => {
    service.versions.set("7", 'W/"3"');
    await endAccount(service, ada, "deactivate");
    expect(service.users.get("7")?.active).toBe(false);
    service.versions.set("8", 'W/"4"');
    const { asked } = service;
    // Somebody else changes it between question and change.
    const push = asked.push.bind(asked);
    asked.push = (line) => {
      if (line.startsWith("PATCH")) service.versions.set("8", 'W/"5"');
      return push(line);
    };
    await expect(endAccount(service, { id: "8", userName: null }, "deactivate")).rejects.toThrow(
      /another version meanwhile: nothing was changed, try again \(HTTP 412\)/u,
    );
    expect(service.users.get("8")?.active).toBe(true);
  });

  it("says that the token is not taken", async () => {
    await expect(endAccount({ ...service, token: "another" }, ada, "delete")).rejects.toThrow(
      /does not take the token: an admin sets a new one.*\(HTTP 401\)/u,
    );
  });

  it("goes nowhere that is not allowed", async () => {
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "");
    await expect(endAccount(service, ada, "delete")).rejects.toMatchObject({ code: "unreachable" });
    expect(service.asked).toEqual([]);
  });
});

describe("a service that answers otherwise", () => {
  let server: Server | null = null;

  beforeEach(() => vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1"));
  afterEach(async () => {
    vi.unstubAllEnvs();
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
  });

  async function serving(listener: RequestListener): Promise<{ url: string; token: string }> {
    const started = createServer(listener);
    server = started;
    await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
    return { url: `http://127.0.0.1:${(started.address() as AddressInfo).port}`, token: "t" };
  }
  const user = { id: "7", userName: ada.userName, active: true };
  /** Answers questions with the user, and changes as told. */
  const changing = (status: number, body = "", headers: Record<string, string> = {}) =>
    serving((request, response) => {
      if (request.method === "GET") response.end(JSON.stringify(user));
      else response.writeHead(status, headers).end(body);
    });

  it.each([
    [401, /does not take the token/u],
    [403, /does not allow this with the token/u],
    [404, /knows nothing of it now/u],
    [409, /conflicts with what is there/u],
    [412, /another version meanwhile/u],
    [500, /has failed/u],
    [501, /does not support this/u],
    [503, /has failed/u],
    [400, /did not accept this/u],
  ])("is told as it is: HTTP %i", async (status, sentence) => {
    const target = await changing(
      status,
      JSON.stringify({ scimType: "mutability", detail: "no\u0000such\nthing" }),
    );
    const refused = expect(endAccount(target, ada, "deactivate")).rejects;
    await refused.toThrow(sentence);
    await expect(endAccount(target, ada, "deactivate")).rejects.toThrow(
      status === 404
        ? /HTTP 404/u
        : new RegExp(`\\(HTTP ${status}\\)\\. It said: mutability, no such thing$`, "u"),
    );
  });

  it("says when to ask again", async () => {
    const target = await changing(429, "", { "retry-after": "120" });
    await expect(endAccount(target, ada, "delete")).rejects.toThrow(
      /asked too often \(HTTP 429\)\. Again after 120 s\.$/u,
    );
  });

  it("is believed without content, and not when it says that the account is still active", async () => {
    expect(await endAccount(await changing(204), ada, "deactivate")).toMatch(/deactivated .*204/u);
    server?.close();
    for (const active of [true, "True"]) {
      const target = await changing(200, JSON.stringify({ ...user, active }));
      await expect(endAccount(target, ada, "deactivate")).rejects.toMatchObject({ code: "not-done" });
      server?.close();
    }
  });

  it("is not followed elsewhere: a change would become a question", async () => {
    const target = await changing(302, "", { location: "/Users/7" });
    await expect(endAccount(target, ada, "delete")).rejects.toThrow(
      /leads on to .*\/Users\/7, which is not followed/u,
    );
  });

  it("is no SCIM service when it answers with a page, another form, or without end", async () => {
    for (const body of ["<html>Sign in</html>", '{"hello":"there"}', '{"id":"8"}', "[]", "null", ""]) {
      const target = await serving((_, response) => response.end(body));
      await expect(endAccount(target, ada, "delete"), body).rejects.toMatchObject({ code: "no-scim" });
      server?.close();
    }
    const target = await serving((_, response) => response.end(" ".repeat(2 * 1024 * 1024)));
    await expect(endAccount(target, ada, "delete")).rejects.toMatchObject({ code: "unreachable" });
  });

  it("that knows no filters is not taken at its word: who is not asked for stays", async () => {
    const others = [
      { id: "1", userName: "bob" },
      { id: "2", userName: "eve" },
    ];
    const asked: string[] = [];
    const target = await serving((request, response) => {
      asked.push(`${request.method} ${request.url?.split("?")[0]}`);
      if (request.url?.startsWith("/Users?")) response.end(JSON.stringify({ Resources: others }));
      else response.writeHead(404).end();
    });
    await expect(endAccount(target, ada, "delete")).rejects.toMatchObject({ code: "unknown-user" });
    expect(asked).toEqual(["GET /Users/7", "GET /Users"]);
  });
});

describe("a filter", () => {
  it("asks for a value with quotes and backslashes as one value", async () => {
    vi.stubEnv("ROLLCALL_ALLOW_HOSTS", "127.0.0.1");
    const userName = 'a" or userName pr or "\\';
    const asked: unknown[] = [];
    const server = createServer((request, response) => {
      const filter = new URL(request.url ?? "", "http://x").searchParams.get("filter");
      if (request.method === "DELETE") return response.writeHead(204).end();
      if (filter === null) return response.writeHead(404).end();
      asked.push(JSON.parse(filter.replace("userName eq ", "")));
      return response.end(JSON.stringify({ Resources: [{ id: "7", userName: userName.toUpperCase() }] }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      await endAccount({ url, token: "t" }, { id: "0", userName }, "delete");
    } finally {
      server.closeAllConnections();
      server.close();
      vi.unstubAllEnvs();
    }
    expect(asked).toEqual([userName]);
  });

  it("holds a value as JSON does", () => {
    expect(eq("userName", 'a" or userName pr or "\\')).toBe(
      String.raw`userName eq "a\" or userName pr or \"\\"`,
    );
  });
});
