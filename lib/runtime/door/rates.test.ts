/** How often one client may ask. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { type TestDoor, testDoors } from "./testing.ts";

const openDoor = testDoors();

describe("how often one client may ask", () => {
  const write = (door: TestDoor) =>
    fetch(`${door.origin}/api/v1/links`, { method: "POST", headers: { origin: door.origin } });

  it("is said with each answer, and too often is 429 with the time to wait", async () => {
    const door = await openDoor({ ROLLCALL_RATE_WRITES: "2" });
    const answers = [await write(door), await write(door), await write(door)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[0]?.headers.get("ratelimit-policy")).toBe('"writes";q=2;w=60');
    expect(
      answers.map(({ headers }) => /^"writes";r=(\d);t=\d+$/u.exec(headers.get("ratelimit") ?? "")?.[1]),
    ).toEqual(["1", "0", "0"]);
    const wait = Number(answers[2]?.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(await answers[2]?.json()).toMatchObject({ error: { code: "too_many_requests" } });
    expect((await fetch(`${door.origin}/api/v1/links`)).status).toBe(200);
  });

  it("is counted by client, not by connection or by what the client says", async () => {
    const door = await openDoor({ ROLLCALL_RATE_READS: "1" });
    const ask = (address: string) => fetch(`${door.origin}/`, { headers: { "x-forwarded-for": address } });
    expect([(await ask("1.1.1.1")).status, (await ask("2.2.2.2")).status]).toEqual([200, 429]);
    const behind = await openDoor({ ROLLCALL_RATE_READS: "1", ROLLCALL_TRUST_PROXY: "1" });
    const through = (address: string) =>
      fetch(`${behind.origin}/`, { headers: { "x-forwarded-for": address } });
    expect([(await through("1.1.1.1")).status, (await through("2.2.2.2")).status]).toEqual([200, 200]);
    expect((await through("9.9.9.9, 1.1.1.1")).status).toBe(429);
  });

  it("counts guesses at the sign-in, and takes back those that were right", async () => {
    const handle = (request: IncomingMessage, response: ServerResponse) => {
      if (request.url === "/open/right")
        response.setHeader("set-cookie", "next-auth.session-token=abc; Path=/");
      response.writeHead(307, { location: "/" }).end();
    };
    const door = await openDoor({ ROLLCALL_RATE_SIGN_IN: "3" }, undefined, { handle });
    const guess = async (token: string) =>
      (await fetch(`${door.origin}/open/${token}`, { redirect: "manual" })).status;
    for (let times = 0; times < 10; times++) expect(await guess("right")).toBe(307);
    expect([await guess("a"), await guess("b"), await guess("c"), await guess("d")]).toEqual([
      307, 307, 307, 429,
    ]);
    expect(await guess("right")).toBe(429);
  });

  it("is nothing that files and the questions of operating count for", async () => {
    const door = await openDoor({ ROLLCALL_RATE_READS: "1" });
    for (let times = 0; times < 3; times++) {
      expect((await fetch(`${door.origin}/_next/static/a.js`)).status).toBe(200);
      expect((await fetch(`${door.origin}/healthz`)).status).toBe(200);
    }
    expect((await fetch(`${door.origin}/`)).status).toBe(200);
  });
});
