/** What does not get in. */
import { describe, expect, it } from "vitest";
import { makeLog } from "../log.ts";
import { listenOn } from "../port.ts";
import { makeDoor } from "./door.ts";
import { doorSettings } from "./settings.ts";
import { codeOf, requestText, statusOf, testDoors } from "./testing.ts";

const openDoor = testDoors();

describe("what is refused", () => {
  it.each([
    ["GET http://elsewhere.example/", {}, 400, "bad_address"],
    ["GET //elsewhere.example/", {}, 400, "bad_address"],
    ["GET /a/%2e%2e/b", {}, 400, "bad_address"],
    ["OPTIONS *", {}, 400, "bad_address"],
    ["TRACE /", {}, 405, "bad_method"],
    ["GET /", { host: "elsewhere.example" }, 421, "wrong_host"],
    ["GET /", { host: "elsewhere.example", "x-forwarded-host": "localhost" }, 421, "wrong_host"],
    ["POST /api/v1/links", { "content-length": "0" }, 403, "cross_site"],
    ["POST /metrics", { "content-length": "0" }, 405, "bad_method"],
    [`GET /${"a".repeat(9_000)}`, {}, 414, "long_address"],
    ["GET /", { "x-large": "a".repeat(17_000) }, 431, "headers_too_large"],
    ["GET /", { "bad header": "a" }, 400, "bad_request"],
  ])("%.60s with %j: %i %s", async (line, headers, status, code) => {
    const door = await openDoor();
    const host = `localhost:${door.port}`;
    const answer = await door.raw(requestText(line, { host, ...(headers as Record<string, string>) }));
    expect(statusOf(answer)).toBe(status);
    expect(codeOf(answer)).toBe(code);
    expect(answer).toMatch(/^Content-Security-Policy: /mu);
    expect(door.seen).toEqual([]);
  });

  it("is told as SCIM has it to whoever provisions", async () => {
    const door = await openDoor({ ROLLCALL_RATE_SCIM: "1" });
    const ask = () => fetch(`${door.origin}/scim/v2/Users`, { method: "POST", body: "x".repeat(2_000_000) });
    for (const status of [413, 429]) {
      const answer = await ask();
      expect(answer.headers.get("content-type")).toBe("application/scim+json");
      expect(await answer.json()).toEqual({
        schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
        detail: expect.stringMatching(/\.$/u),
        status: String(status),
      });
    }
    expect(door.seen).toEqual([]);
  });

  it("is anything but what operating asks for, before Rollcall has started", async () => {
    const early = makeDoor(
      doorSettings({}),
      makeLog(true, () => {}),
    );
    const port = await listenOn(early.server, 0);
    const ask = (path: string) => fetch(`http://localhost:${port}${path}`);
    expect((await ask("/healthz")).status).toBe(200);
    expect((await ask("/readyz")).status).toBe(503);
    const page = await ask("/");
    expect(page.status).toBe(503);
    expect(page.headers.get("retry-after")).toBe("5");
    early.server.close();
    early.server.closeAllConnections();
  });
});

it("answers 500 and tells the log, when what stands behind fails", async () => {
  const handle = async () => {
    throw new Error("It broke for alice@larkspur.example.");
  };
  const door = await openDoor({}, undefined, { handle });
  const answer = await fetch(`${door.origin}/`);
  expect(answer.status).toBe(500);
  expect(await answer.json()).toMatchObject({ error: { code: "failed" } });
  const failure = door.lines.map((line) => JSON.parse(line)).find(({ err }) => err !== undefined);
  expect(failure).toMatchObject({ level: "error", request: answer.headers.get("x-request-id") });
  expect(failure.err.stack).toMatch(/It broke for \[e-mail\]\n {4}at /u);
});
