import { decode } from "next-auth/jwt";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { isOpenToken, operatorToken } from "./open-link.ts";
import { SESSION_SECONDS, sessionCookie } from "./options.ts";

beforeEach(() => {
  vi.stubEnv("ROLLCALL_OPEN_TOKEN", "the-token-of-this-start");
  vi.stubEnv("NEXTAUTH_SECRET", "a-secret-of-this-test");
  vi.stubEnv("NEXTAUTH_URL", "http://localhost:3000");
});
afterEach(() => vi.unstubAllEnvs());

it("takes the token of this start and no other", () => {
  expect(isOpenToken("the-token-of-this-start")).toBe(true);
  for (const other of ["", "the-token-of-this-star", "the-token-of-this-start ", "x"]) {
    expect(isOpenToken(other)).toBe(false);
  }
});

it("takes none when the server has none", () => {
  vi.stubEnv("ROLLCALL_OPEN_TOKEN", "");
  expect(isOpenToken("")).toBe(false);
});

it("gives a session that only the server's secret opens", async () => {
  const token = await operatorToken();
  const session = await decode({ token, secret: "a-secret-of-this-test" });
  expect(session).toMatchObject({ name: "Operator", role: "admin" });
  expect(Number(session?.exp) - Number(session?.iat)).toBe(SESSION_SECONDS);
  await expect(decode({ token, secret: "another secret" })).rejects.toThrow();
});

it("insists on https in the cookie where the address is https", () => {
  expect(sessionCookie()).toEqual({ name: "next-auth.session-token", secure: false });
  vi.stubEnv("NEXTAUTH_URL", "https://rollcall.larkspur.example");
  expect(sessionCookie()).toEqual({ name: "__Secure-next-auth.session-token", secure: true });
});
