/** Whose answer is whose, where something on the connection can't be read, and that none to HEAD has a body. */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { codeOf, requestText, statusOf, testDoors } from "./testing.ts";

const openDoor = testDoors();

/** What was answered over one connection: status and body of each, by the lengths that the answers say. */
function answersIn(text: string): [status: number, body: string][] {
  const answers: [number, string][] = [];
  for (let rest = text; rest !== ""; ) {
    const end = rest.indexOf("\r\n\r\n");
    if (end < 0) throw new Error(`No answer: ${rest}`);
    const length = Number(/^content-length: (\d+)/imu.exec(rest.slice(0, end))?.[1] ?? 0);
    answers.push([statusOf(rest), rest.slice(end + 4, end + 4 + length)]);
    rest = rest.slice(end + 4 + length);
  }
  return answers;
}

/** Sends the length of what it is asked for, 20 ms later: what came with the request is read by then. */
const slowly: Parameters<typeof openDoor>[2] = {
  async handle(request, response) {
    await sleep(20);
    response.writeHead(200, { "content-length": request.method === "HEAD" ? 0 : 4 });
    response.end("seen");
  },
};

const JUNK = "{ this is no request }\r\n\r\n";

describe("an answer to HEAD has no body", () => {
  it.each([
    ["to what has no host of ours", "/", { host: "elsewhere.example" }, 421],
    ["to a bad address", "//elsewhere.example/", {}, 400],
    ["to a long address", `/${"a".repeat(9_000)}`, {}, 414],
    ["to headers that are too large", "/", { "x-large": "a".repeat(17_000) }, 431],
    ["to headers that can't be read", "/", { "bad header": "a" }, 400],
    ["of a page", "/", {}, 200],
    ["of operating", "/healthz", {}, 200],
  ])("%s", async (_what, path, headers, status) => {
    const door = await openDoor();
    const host = `localhost:${door.port}`;
    const answer = await door.raw(requestText(`HEAD ${path}`, { host, ...(headers as object) }));
    expect(statusOf(answer)).toBe(status);
    expect(answer.slice(answer.indexOf("\r\n\r\n"))).toBe("\r\n\r\n");
  });

  it("nor what answers it after a request that went on where it said it had ended", async () => {
    const door = await openDoor({}, undefined, slowly);
    const host = `localhost:${door.port}`;
    const lost = requestText("DELETE /api/v1/links", { host, origin: door.origin, connection: "keep-alive" });
    const answer = await door.raw(`${lost}${JUNK}${requestText("HEAD /", { host })}`);
    expect(answersIn(answer)).toEqual([
      [200, "seen"],
      [400, ""],
    ]);
  });

  it("nor one whose method can't be known, since the beginning came before", async () => {
    const door = await openDoor();
    const answer = await door.raw(requestText("HEAD /", { "x-large": "a".repeat(12_000) }).slice(0, -2), [
      `x-larger: ${"GET ".repeat(3_000)}\r\n\r\n`,
    ]);
    expect(answersIn(answer)).toEqual([[431, ""]]);
  });
});

describe("what can't be read", () => {
  it("is answered with its sentence where it is certain that its method asks for one", async () => {
    const door = await openDoor();
    for (const text of [
      requestText("GET /", { "bad header": "a" }),
      `\r\n${requestText("POST /", { "bad header": "a" })}`,
    ])
      expect(codeOf(await door.raw(text))).toBe("bad_request");
  });

  it("is not answered in place of the request before it", async () => {
    const door = await openDoor({}, undefined, slowly);
    const host = `localhost:${door.port}`;
    const two = requestText("GET /", { host, connection: "keep-alive" }).repeat(2);
    expect(answersIn(await door.raw(`${two}${JUNK}${JUNK}`))).toEqual([
      [200, "seen"],
      [200, "seen"],
      [400, ""],
    ]);
    expect(answersIn(await door.raw(`${requestText("GET /", { host })}${JUNK}`))).toEqual([[200, "seen"]]);
  });

  it("of a body is the answer to its request", async () => {
    const door = await openDoor();
    const headers = {
      host: `localhost:${door.port}`,
      origin: door.origin,
      "transfer-encoding": "chunked",
    };
    const bad = await door.raw(requestText("POST /api/v1/links", headers, "zz\r\n"));
    expect(statusOf(bad)).toBe(400);
    expect(codeOf(bad)).toBe("bad_request");
    const head = await door.raw(requestText("HEAD /", headers, "zz\r\n"));
    expect(answersIn(head)).toEqual([[400, ""]]);
  });
});
