/** The rules of the door that are functions of what was sent. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clientAddress, countedAs, requestId } from "./client.ts";
import { securityHeaders } from "./headers.ts";
import { kindOf } from "./kind.ts";
import { publicAddress } from "./public-address.ts";
import { OTHER, routesOf } from "./routes.ts";
import { crossSite } from "./same-origin.ts";
import { doorSettings } from "./settings.ts";
import { pathOf } from "./target.ts";

describe("the path of a request", () => {
  it.each([
    ["/", "/"],
    ["/events/1?q=a%2Fb", "/events/1"],
    ["/%61pi/v1/links", "/api/v1/links"],
    ["/identities/p%3Aokta%3A%C3%A9", "/identities/p:okta:é"],
    ["/identities/DOMAIN%5Cuser", "/identities/DOMAIN\\user"],
    ["/identities/https%3A%2F%2Fa", "/identities/https:%2F%2Fa"],
  ])("%s is %s", (target, path) => {
    expect(pathOf(target)).toBe(path);
  });

  it.each([
    "",
    "*",
    "http://elsewhere.example/",
    "//elsewhere.example/",
    "/a//b",
    "/a/../api",
    "/a/%2e%2E/api",
    "/./a",
    "/a\\b",
    "/%zz",
    "/%ff",
    "/a%00",
  ])("%j is none", (target) => {
    expect(pathOf(target)).toBe(null);
  });

  it("has no dot segments and no doubled slashes, whatever is sent", () => {
    const piece = fc.constantFrom("/", ".", "..", "%2e", "%2F", "%5c", "\\", "a", "%", "?", "#", "é", "%00");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const path = pathOf(pieces.join(""));
        if (path === null) return;
        expect(path).toMatch(/^\//u);
        expect(path).not.toMatch(/\/\/|\/\.{1,2}(?:\/|$)|\0/u);
        expect(new URL(path.replaceAll("\\", "%5C"), "http://a").pathname.startsWith("//")).toBe(false);
      }),
      { verbose: true },
    );
  });
});

describe("the route of a path", () => {
  const routeOf = routesOf(["/events/[id]", "/events/new", "/api/auth/[...nextauth]", "/", "/a.b"]);

  it.each([
    ["/", "/"],
    ["/events/7", "/events/[id]"],
    ["/events/new", "/events/new"],
    ["/events/new/", "/events/new"],
    ["/events/7/8", OTHER],
    ["/api/auth/callback/one", "/api/auth/[...nextauth]"],
    ["/a.b", "/a.b"],
    ["/axb", OTHER],
    ["/_next/static/chunks/1.js", "/_next/[...file]"],
    ["/wp-login.php", OTHER],
  ])("of %s is %s", (path, route) => {
    expect(routeOf(path)).toBe(route);
  });
});

describe("the public address", () => {
  it("on this machine has all loopback names, with its port only", () => {
    const { isHost, isOrigin, https } = publicAddress(new URL("http://localhost:3000/any"));
    for (const host of ["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "LOCALHOST:3000"]) {
      expect(isHost(host), host).toBe(true);
      expect(isOrigin(`http://${host}`), host).toBe(true);
    }
    for (const host of [
      "localhost",
      "localhost:3001",
      "elsewhere.example:3000",
      "",
      undefined,
      "localhost:3000.evil",
    ]) {
      expect(isHost(host), host).toBe(false);
    }
    expect(isOrigin("https://localhost:3000")).toBe(false);
    expect(isOrigin("null")).toBe(false);
    expect(https).toBe(false);
  });

  it("elsewhere is one name, with the usual port or without", () => {
    const { isHost, isOrigin, https } = publicAddress(new URL("https://rollcall.example"));
    expect(["rollcall.example", "rollcall.example:443"].every(isHost)).toBe(true);
    expect(
      ["localhost", "www.rollcall.example", "rollcall.example:80", "rollcall.example."].some(isHost),
    ).toBe(false);
    expect(isOrigin("https://rollcall.example")).toBe(true);
    expect(isOrigin("http://rollcall.example")).toBe(false);
    expect(https).toBe(true);
  });
});

describe("a request that changes something", () => {
  const address = publicAddress(new URL("https://rollcall.example"));
  const own = { origin: "https://rollcall.example" };
  const foreign = { origin: "https://elsewhere.example" };
  const LINKS = "/api/v1/links";

  it.each([
    ["GET", LINKS, { ...foreign, "sec-fetch-site": "cross-site" }],
    ["POST", LINKS, own],
    ["POST", LINKS, { "sec-fetch-site": "same-origin" }],
    ["DELETE", LINKS, { ...own, "sec-fetch-site": "same-origin", cookie: "a=b" }],
    ["POST", LINKS, { authorization: "Bearer abc" }],
    ["POST", LINKS, { authorization: "bearer abc", ...foreign }],
    ["POST", "/api/auth/backchannel-logout", foreign],
    ["POST", "/api/auth/backchannel-logout", {}],
    // No cookie counts there, and who has no token is told so by the endpoint.
    ["POST", "/scim/v2/Users", {}],
    ["PATCH", "/scim/v2/Users/abc", { ...foreign, cookie: "a=b" }],
    ["POST", "/push/main/abc", {}],
  ])("%s %s with %j passes", (method, path, headers) => {
    expect(crossSite({ method, path, headers }, address)).toBe(null);
  });

  it.each([
    ["POST", LINKS, {}],
    ["POST", LINKS, foreign],
    ["POST", LINKS, { origin: "null" }],
    ["POST", LINKS, { "sec-fetch-site": "same-site" }],
    ["POST", LINKS, { "sec-fetch-site": "none" }],
    ["POST", LINKS, { ...own, "sec-fetch-site": "cross-site" }],
    ["POST", LINKS, { ...foreign, "sec-fetch-site": "same-origin" }],
    ["POST", LINKS, { authorization: "Bearer abc", cookie: "a=b" }],
    ["POST", LINKS, { authorization: "Basic abc" }],
    ["PUT", "/api/auth/backchannel-logout", {}],
    ["POST", "/api/auth/backchannel-logout/more", {}],
    ["PROPFIND", LINKS, foreign],
  ])("%s %s with %j is refused", (method, path, headers) => {
    expect(crossSite({ method, path, headers }, address)).toMatchObject({ status: 403, code: "cross_site" });
  });
});

describe("the client", () => {
  it.each([
    ["127.0.0.1", undefined, 0, "127.0.0.1"],
    ["127.0.0.1", "8.8.8.8", 0, "127.0.0.1"],
    ["127.0.0.1", "8.8.8.8", 1, "8.8.8.8"],
    ["127.0.0.1", "1.1.1.1, 8.8.8.8", 1, "8.8.8.8"],
    ["127.0.0.1", "9.9.9.9, 1.1.1.1, 8.8.8.8", 2, "1.1.1.1"],
    ["127.0.0.1", "8.8.8.8", 2, "8.8.8.8"],
    ["127.0.0.1", "not an address", 1, "127.0.0.1"],
    ["127.0.0.1", "alice@larkspur.example", 1, "127.0.0.1"],
    ["127.0.0.1", "8.8.8.8:4711", 1, "8.8.8.8"],
    ["127.0.0.1", "[2001:db8::1]:4711", 1, "2001:db8::1"],
    ["::ffff:10.0.0.7", undefined, 0, "10.0.0.7"],
    [undefined, undefined, 0, "unknown"],
  ])("seen from %s, said to be %s, behind %i proxies, is %s", (peer, said, hops, address) => {
    const headers = said === undefined ? {} : { "x-forwarded-for": said };
    expect(clientAddress(peer, headers, hops)).toBe(address);
  });

  it.each([
    ["10.0.0.7", "10.0.0.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:db8:1:2::9", "2001:db8:1:2"],
    ["2001:0DB8::1", "2001:db8:0:0"],
    ["::1", "0:0:0:0"],
    ["fe80::1%eth0", "fe80:0:0:0"],
    ["unknown", "unknown"],
  ])("%s is counted as %s", (address, counted) => {
    expect(countedAs(address)).toBe(counted);
  });

  it("keeps the id of an own proxy only, and only where it is one", () => {
    const given = { "x-request-id": "abcdef-0123" };
    expect(requestId(given, 1)).toBe("abcdef-0123");
    expect(requestId(given, 0)).not.toBe("abcdef-0123");
    expect(requestId({ "x-request-id": "alice@larkspur.example" }, 1)).toMatch(/^[\da-f-]{36}$/u);
  });
});

it.each([
  ["POST", "/api/v1/ingest", "upload"],
  ["GET", "/api/v1/ingest", "read"],
  ["GET", "/open/abc", "signIn"],
  ["GET", "/signin", "signIn"],
  ["GET", "/share/abc/pack", "signIn"],
  ["GET", "/shares", "page"],
  ["GET", "/api/auth/session", "signIn"],
  ["POST", "/api/auth/backchannel-logout", "write"],
  ["GET", "/openings", "page"],
  ["PUT", "/api/theme", "write"],
  ["GET", "/api/v1/links", "read"],
  ["GET", "/accounts", "page"],
  ["GET", "/_next/static/a.js", "file"],
  ["POST", "/_next/static/a.js", "write"],
  ["GET", "/scim/v2/Users", "scim"],
  ["PATCH", "/scim/v2/Users/abc", "scim"],
  ["POST", "/scim/v2x", "write"],
  ["POST", "/push/main/abc", "push"],
  ["POST", "/pushed", "write"],
])("%s %s is of the kind %s", (method, path, kind) => {
  expect(kindOf(method, path)).toBe(kind);
});

describe("headers", () => {
  it("tell browsers to insist on https only where the address has it", () => {
    expect(securityHeaders("/", "n", true)).toHaveProperty("Strict-Transport-Security");
    expect(securityHeaders("/", "n", false)).not.toHaveProperty("Strict-Transport-Security");
  });

  it("tell nobody of a shared link, neither sites that are opened from it nor search engines", () => {
    expect(securityHeaders("/share/abc", "n", true)).toMatchObject({
      "Referrer-Policy": "no-referrer",
      "X-Robots-Tag": "noindex, nofollow",
      "Cache-Control": "no-store",
    });
    expect(securityHeaders("/shares", "n", true)).not.toHaveProperty("X-Robots-Tag");
  });

  it("let nothing inline run without the nonce", () => {
    const policy = securityHeaders("/", "abc", false)["Content-Security-Policy"] ?? "";
    expect(policy).toContain("script-src 'self' 'nonce-abc';");
    expect(policy.replace("style-src-attr 'unsafe-inline'", "")).not.toMatch(/unsafe|\*|http:/u);
  });
});

describe("settings", () => {
  it("have defaults; an empty variable is none", () => {
    expect(doorSettings({ ROLLCALL_RATE_READS: "" })).toEqual(doorSettings({}));
    expect(doorSettings({})).toMatchObject({
      hops: 0,
      rates: { signIn: 20, writes: 120, reads: 1200, scim: 3000, push: 12_000 },
    });
  });

  it.each([
    ["ROLLCALL_TRUST_PROXY", "yes"],
    ["ROLLCALL_RATE_READS", "0"],
    ["ROLLCALL_MAX_UPLOAD_BYTES", "-1"],
    ["ROLLCALL_STOP_SECONDS", "soon"],
    ["ROLLCALL_METRICS_TOKEN", "short"],
  ])("%s=%s is refused in a sentence that names it", (name, value) => {
    expect(() => doorSettings({ [name]: value })).toThrow(new RegExp(`${name} can't be used`, "u"));
  });
});
