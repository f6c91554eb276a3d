/** What those who run Rollcall are told. */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { requestText, statusOf, testDoors } from "./testing.ts";

const openDoor = testDoors();

describe("what operating asks", () => {
  it("is answered to a load balancer under any name", async () => {
    const door = await openDoor();
    for (const path of ["/healthz", "/readyz"]) {
      expect(statusOf(await door.raw(requestText(`GET ${path}`, { host: "10.0.0.7" }))), path).toBe(200);
    }
  });

  it("names what keeps it from being ready", async () => {
    const checks = { started: true, database: false, migrations: false, running: true };
    const operating = { check: async () => ({ ready: false, checks }), measure: async () => {} };
    const answer = await fetch(`${(await openDoor({}, undefined, { operating })).origin}/readyz`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ ready: false, checks });
  });

  it("shows metrics to this machine, and to others with the token only", async () => {
    const token = "a-token-of-some-length";
    const door = await openDoor({ ROLLCALL_METRICS_TOKEN: token });
    const host = `localhost:${door.port}`;
    const ask = async (headers: Record<string, string>) =>
      statusOf(await door.raw(requestText("GET /metrics", headers)));
    expect(await ask({ host })).toBe(200);
    expect(await ask({ host: "elsewhere.example" })).toBe(401);
    expect(await ask({ host, "x-forwarded-for": "8.8.8.8" })).toBe(401);
    expect(await ask({ host, forwarded: "for=8.8.8.8" })).toBe(401);
    expect(await ask({ host: "elsewhere.example", authorization: `Bearer ${token}` })).toBe(200);
    expect(await ask({ host: "elsewhere.example", authorization: `Bearer ${token}x` })).toBe(401);
  });

  it("counts requests by route, and made-up addresses and methods under one name", async () => {
    const door = await openDoor();
    const ask = (path: string, method = "GET") => fetch(`${door.origin}${path}`, { method });
    for (let n = 0; n < 30; n++) {
      await ask(`/events/${n}`);
      await ask(`/made-up-${n}`);
    }
    await ask("/", "PROPFIND").catch(() => null);
    await sleep(20);
    const text = await (await ask("/metrics")).text();
    const labels = new Set(
      [...text.matchAll(/^rollcall_http_request_seconds_count\{route="([^"]*)"/gmu)].map(
        ([, route]) => route,
      ),
    );
    expect(text).toMatch(/_count\{route="\/events\/\[id\]",method="GET",status="200"\} 30$/mu);
    expect(text).toMatch(/_count\{route="other",method="GET",status="200"\} \d+$/mu);
    expect(text).not.toContain("made-up");
    expect(text).not.toContain("PROPFIND");
    expect(labels.size).toBeLessThan(12);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /mu);
  });
});
