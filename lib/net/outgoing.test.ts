import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { isPublic } from "./addresses.ts";
import {
  guardedLookup,
  type Outgoing,
  type OutgoingOptions,
  OutgoingProblem,
  outgoing,
  type Resolve,
} from "./outgoing.ts";

const LOOPBACK = { address: "127.0.0.1", family: 4 };
const PUBLIC = { address: "8.8.8.8", family: 4 };

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;
const answers = new Map<string, Answer>();
/** What the server was asked, in its order. */
let asked: {
  host: string | undefined;
  url: string | undefined;
  method: string | undefined;
  headers: IncomingMessage["headers"];
  body: string;
}[] = [];

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks).toString();
    const { url, method, headers } = request;
    asked.push({ host: headers.host, url, method, headers, body });
    const answer = answers.get(url ?? "");
    if (answer === undefined) response.end("here");
    else answer(request, response, body);
  });
});
let port = 0;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
afterEach(() => {
  answers.clear();
  asked = [];
  delete process.env.ROLLCALL_ALLOW_HOSTS;
});

/** A resolver that knows these names, and counts how often it is asked for each. */
function names(known: Record<string, (typeof LOOPBACK)[]>): Resolve & { count: Map<string, number> } {
  const count = new Map<string, number>();
  const resolve = async (host: string) => {
    count.set(host, (count.get(host) ?? 0) + 1);
    const found = known[host];
    if (found === undefined) throw Object.assign(new Error("unknown"), { code: "ENOTFOUND" });
    return found;
  };
  return Object.assign(resolve, { count });
}

const everywhere = names({ "api.test": [LOOPBACK], "other.test": [LOOPBACK], "inner.test": [LOOPBACK] });
const call = (path: string, init: Outgoing = {}, options: OutgoingOptions = {}) =>
  outgoing(`http://api.test:${port}${path}`, init, {
    allow: ["api.test", "other.test"],
    resolve: everywhere,
    ...options,
  });
const redirect = (from: string, to: string, status = 302) =>
  answers.set(from, (_request, response) => response.writeHead(status, { location: to }).end());

describe("an address", () => {
  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "::",
    "::1",
    "fe80::1",
    "fd00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::127.0.0.1",
    "2002:7f00:1::",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2001::1",
    "fec0::1",
    "2001:db8::1",
    "no address",
  ])("%s is none of the public internet", (address) => {
    expect(isPublic(address)).toBe(false);
  });

  it.each(["8.8.8.8", "172.32.0.1", "2606:4700:4700::1111"])("%s is one", (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0x7f.1",
    "0",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:0:0:1]",
    "１２７.0.0.1",
    "169.254.169.254",
    "10.0.0.1",
    "[fd00::1]",
    "[64:ff9b::127.0.0.1]",
  ])("spelt https://%s/ is not called", async (host) => {
    await expect(outgoing(`https://${host}:${port}/`)).rejects.toMatchObject({ code: "private-address" });
    expect(asked).toEqual([]);
  });

  it("of this machine is not called by its name either, as the system resolves it", async () => {
    for (const host of ["localhost", "LOCALHOST"]) {
      await expect(outgoing(`https://${host}:${port}/`)).rejects.toMatchObject({ code: "private-address" });
    }
  });

  it.each([
    ["file:///etc/passwd", "Only https addresses are called, not file:"],
    ["ftp://api.test/", "Only https addresses are called, not ftp:"],
    ["data:text/plain,x", "Only https addresses are called, not data:"],
    ["javascript:alert(1)", "Only https addresses are called, not javascript:"],
    ["https://user:secret@api.test/", "An address must not hold a user name or a password."],
    ["http://public.test/", "public.test would be called without encryption"],
    ["nonsense", "This is no address"],
    ["https://", "This is no address"],
  ])("%s is refused with the reason", async (address, reason) => {
    const refused = outgoing(address, {}, { resolve: names({ "public.test": [PUBLIC] }) });
    await expect(refused).rejects.toMatchObject({ name: "OutgoingProblem", code: "bad-address" });
    await expect(refused).rejects.toThrow(reason);
  });

  it("whatever the text, ends in an answer or an OutgoingProblem that does not show a password", async () => {
    const text = fc.oneof(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.string({ unit: "binary" }),
      fc.ipV4().map((ip) => `http://u:hunter2@${ip}/`),
    );
    await fc.assert(
      fc.asyncProperty(text, async (address) => {
        const refused = await outgoing(address, {}, { resolve: names({}) }).catch((error: unknown) => error);
        expect(refused).toBeInstanceOf(OutgoingProblem);
        expect((refused as Error).message).not.toContain("hunter2");
      }),
      { numRuns: 200 },
    );
  });
});

describe("a name", () => {
  it("that means a private address is not called, nor one that means a public and a private one", async () => {
    for (const found of [[LOOPBACK], [PUBLIC, LOOPBACK], [{ address: "::1", family: 6 }]]) {
      const resolve = names({ "inner.test": found });
      await expect(outgoing(`https://inner.test:${port}/`, {}, { resolve })).rejects.toMatchObject({
        code: "private-address",
        message:
          "The address of inner.test is not one of the public internet. If it is meant, name the host in ROLLCALL_ALLOW_HOSTS.",
      });
    }
    expect(asked).toEqual([]);
  });

  it("that changes its meaning between two questions is refused at the second", async () => {
    let times = 0;
    const rebinding: Resolve = async () => [times++ === 0 ? PUBLIC : LOOPBACK];
    const lookup = guardedLookup(new Set(), rebinding);
    const ask = () =>
      new Promise((resolve, reject) =>
        lookup("rebind.test", { all: true }, (error, found) =>
          error === null ? resolve(found) : reject(error),
        ),
      );
    expect(await ask()).toEqual([PUBLIC]);
    await expect(ask()).rejects.toMatchObject({ code: "private-address" });
    await expect(outgoing(`https://rebind.test:${port}/`, {}, { resolve: rebinding })).rejects.toMatchObject({
      code: "private-address",
    });
    expect(asked).toEqual([]);
  });

  it("is asked for once for each connection, which goes to what was answered", async () => {
    const resolve = names({ "api.test": [LOOPBACK] });
    expect((await call("/", {}, { resolve })).status).toBe(200);
    expect([...resolve.count]).toEqual([["api.test", 1]]);
  });

  it("that was allowed may be private, by option or by ROLLCALL_ALLOW_HOSTS, and only that one", async () => {
    expect(await (await call("/")).text()).toBe("here");
    process.env.ROLLCALL_ALLOW_HOSTS = "else.test, Inner.Test";
    const other = outgoing(`http://inner.test:${port}/`, {}, { resolve: everywhere });
    expect(await (await other).text()).toBe("here");
    await expect(outgoing(`https://api.test:${port}/`, {}, { resolve: everywhere })).rejects.toMatchObject({
      code: "private-address",
    });
  });

  it("that nobody knows, and a port where nobody listens, are said to be out of reach", async () => {
    await expect(outgoing("https://gone.test/", {}, { resolve: names({}) })).rejects.toMatchObject({
      code: "unreachable",
      message: "gone.test can't be reached: ENOTFOUND.",
    });
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const free = (closed.address() as AddressInfo).port;
    closed.close();
    await once(closed, "close");
    await expect(
      outgoing(`http://api.test:${free}/`, {}, { allow: ["api.test"], resolve: everywhere }),
    ).rejects.toMatchObject({ code: "unreachable" });
  });
});

describe("a redirect", () => {
  it.each([
    ["https://127.0.0.1/", "private-address"],
    ["https://169.254.169.254/latest/meta-data/", "private-address"],
    ["https://[::ffff:169.254.169.254]/", "private-address"],
    ["https://inner.test/", "private-address"],
    ["http://127.0.0.1/", "bad-address"],
    ["//user:x@other.test/", "bad-address"],
    ["file:///etc/passwd", "bad-address"],
    ["gopher://other.test/", "bad-address"],
    ["https://[", "bad-address"],
  ])("to %s is not followed", async (to, code) => {
    redirect("/away", to);
    await expect(call("/away")).rejects.toMatchObject({ name: "OutgoingProblem", code });
    expect(asked).toHaveLength(1);
  });

  it("is followed five times, and no more", async () => {
    for (let i = 0; i < 6; i++) redirect(`/${i}`, `/${i + 1}`);
    expect(await (await call("/1")).text()).toBe("here");
    await expect(call("/0")).rejects.toMatchObject({ code: "redirect" });
    redirect("/loop", "/loop");
    await expect(call("/loop")).rejects.toMatchObject({ code: "redirect" });
  });

  const secret = { authorization: "Bearer x", cookie: "a=b", "X-Api-Key": "k", accept: "application/json" };

  it("to the same origin keeps the headers, to another one it drops all that could be a secret", async () => {
    redirect("/same", "/end");
    await call("/same", { headers: secret });
    expect(asked[1]?.headers).toMatchObject({ authorization: "Bearer x", cookie: "a=b", "x-api-key": "k" });
    redirect("/other", `http://other.test:${port}/end`);
    await call("/other", { headers: secret });
    const { headers } = asked[3] ?? {};
    expect(headers).toMatchObject({ accept: "application/json", host: `other.test:${port}` });
    for (const name of ["authorization", "cookie", "x-api-key"]) expect(headers).not.toHaveProperty(name);
  });

  it("of what was posted goes on as GET, or with the body to the same origin only", async () => {
    const post = { method: "POST", body: "secret", headers: { "content-type": "text/plain" } };
    redirect("/found", "/end", 303);
    await call("/found", post);
    expect(asked[1]).toMatchObject({ method: "GET", body: "" });
    redirect("/kept", "/end", 307);
    await call("/kept", post);
    expect(asked[3]).toMatchObject({ method: "POST", body: "secret" });
    redirect("/sent-on", `http://other.test:${port}/end`, 308);
    await expect(call("/sent-on", post)).rejects.toMatchObject({ code: "redirect" });
    expect(asked).toHaveLength(5);
  });
});

describe("an answer", () => {
  it("comes with its status, headers and body", async () => {
    answers.set("/made", (_request, response, body) =>
      response
        .writeHead(422, { "x-rate-limit-remaining": "3", "content-type": "application/json" })
        .end(body),
    );
    const answer = await call("/made", { method: "POST", body: '{"a":1}' });
    expect(answer.status).toBe(422);
    expect(answer.headers.get("x-rate-limit-remaining")).toBe("3");
    expect(await answer.json()).toEqual({ a: 1 });
    answers.set("/nothing", (_request, response) => response.writeHead(204).end());
    expect((await call("/nothing")).status).toBe(204);
  });

  it("without end is cut off, also one that is small until it is decompressed", async () => {
    answers.set("/endless", (_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    });
    await expect(call("/endless", {}, { maxBytes: 1_000_000 })).rejects.toMatchObject({ code: "too-large" });
    answers.set("/bomb", (_request, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(50_000_000))),
    );
    await expect(call("/bomb", {}, { maxBytes: 1_000_000 })).rejects.toMatchObject({
      code: "too-large",
      message: "The answer is larger than 1000000 bytes.",
    });
  });

  it("that does not come, or trickles, is given up", async () => {
    answers.set("/never", () => {});
    answers.set("/slow", (_request, response) => {
      const drops = setInterval(() => response.write("."), 20);
      response.on("close", () => clearInterval(drops));
    });
    for (const path of ["/never", "/slow"]) {
      await expect(call(path, {}, { timeoutMs: 300 })).rejects.toMatchObject({
        code: "timeout",
        message: expect.stringMatching(/did not answer within 0\.3 seconds\.$/u),
      });
    }
  });

  it("that is no HTTP, or breaks off, is said to be out of reach", async () => {
    answers.set("/broken", (_request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("x");
      response.socket?.destroy();
    });
    answers.set("/garbage", (_request, response) => response.socket?.end("SSH-2.0\r\n\r\n"));
    for (const path of ["/broken", "/garbage"]) {
      await expect(call(path)).rejects.toMatchObject({ name: "OutgoingProblem", code: "unreachable" });
    }
  });
});
