/** Headers that the door puts on answers, and on requests for who stands behind it. */
import { describe, expect, it } from "vitest";
import { requestText, statusOf, testDoors } from "./testing.ts";

const openDoor = testDoors();

/** What every answer carries, of Next or of the door. */
const ALWAYS = [
  "content-security-policy",
  "x-content-type-options",
  "x-frame-options",
  "referrer-policy",
  "cross-origin-opener-policy",
  "cross-origin-resource-policy",
  "permissions-policy",
  "cache-control",
  "x-request-id",
];

describe("headers of answers", () => {
  it("are on every answer, with a nonce of its own that the handler is told", async () => {
    const door = await openDoor();
    const nonces = new Set<string>();
    for (const path of ["/", "/api/v1/links", "/healthz", "/wp-login.php", "/a//b"]) {
      const { headers } = await fetch(`${door.origin}${path}`);
      for (const name of ALWAYS) expect(headers.has(name), `${name} at ${path}`).toBe(true);
      expect(headers.has("x-powered-by")).toBe(false);
      nonces.add(/'nonce-([^']+)'/u.exec(headers.get("content-security-policy") ?? "")?.[1] ?? "");
    }
    expect(nonces.size).toBe(5);
    const told = door.seen.map(
      ({ headers }) => /'nonce-([^']+)'/u.exec(String(headers["content-security-policy"]))?.[1],
    );
    expect(told.every((nonce) => nonces.has(nonce ?? ""))).toBe(true);
  });

  it("are what the door says also where the client sent a policy, an address or an id", async () => {
    const door = await openDoor();
    await fetch(`${door.origin}/`, {
      headers: {
        "content-security-policy": "script-src 'nonce-evil'",
        "x-rollcall-client": "8.8.8.8",
        "x-request-id": "chosen-by-client",
        "x-forwarded-for": "9.9.9.9",
        "x-forwarded-host": "elsewhere.example",
        forwarded: "for=9.9.9.9",
      },
    });
    const [seen] = door.seen;
    expect(seen?.headers["content-security-policy"]).not.toContain("evil");
    expect(seen?.headers["x-rollcall-client"]).toBe("127.0.0.1");
    expect(seen?.headers["x-request-id"]).not.toBe("chosen-by-client");
    for (const name of ["x-forwarded-for", "x-forwarded-host", "forwarded"]) {
      expect(seen?.headers).not.toHaveProperty(name);
    }
  });

  it("take the client's address and id from an own proxy", async () => {
    const door = await openDoor({ ROLLCALL_TRUST_PROXY: "1" }, "https://rollcall.example");
    const answer = await door.raw(
      requestText("GET /", {
        host: "10.0.0.7:3000",
        "x-forwarded-host": "rollcall.example",
        "x-forwarded-for": "6.6.6.6, 9.9.9.9",
        "x-request-id": "from-the-proxy",
      }),
    );
    expect(statusOf(answer)).toBe(200);
    expect(answer).toMatch(/^X-Request-Id: from-the-proxy\r$/mu);
    expect(answer).toMatch(/^Strict-Transport-Security: /mu);
    expect(door.seen[0]?.headers["x-rollcall-client"]).toBe("9.9.9.9");
  });
});
