/** How much is read of what a request sends. */
import { createServer, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { listenOn } from "../port.ts";
import { type BodyLimits, limitBody } from "./body.ts";
import { codeOf, requestText, statusOf, type TestDoor, testDoors } from "./testing.ts";

const openDoor = testDoors();

describe("bodies", () => {
  const MIB = 1024 * 1024;
  const own = (door: TestDoor, more: Record<string, string> = {}) => ({
    host: `localhost:${door.port}`,
    origin: door.origin,
    ...more,
  });
  const chunked = (sizes: readonly number[]) =>
    `${sizes.map((size) => `${size.toString(16)}\r\n${"a".repeat(size)}\r\n`).join("")}0\r\n\r\n`;

  it("of 1 MiB pass, said beforehand or in pieces", async () => {
    const door = await openDoor();
    const body = "a".repeat(MIB);
    const whole = requestText("POST /api/v1/links", own(door, { "content-length": String(MIB) }), body);
    expect(statusOf(await door.raw(whole))).toBe(200);
    const pieces = requestText(
      "POST /api/v1/links",
      own(door, { "transfer-encoding": "chunked" }),
      chunked([MIB / 2, MIB / 2]),
    );
    expect(statusOf(await door.raw(pieces))).toBe(200);
    expect(door.seen.map((seen) => seen.body?.length)).toEqual([MIB, MIB]);
  });

  it("that say they are larger are refused unread", async () => {
    const door = await openDoor();
    const answer = await door.raw(
      requestText(
        "POST /api/v1/links",
        own(door, { "content-length": String(MIB + 1) }),
        "a".repeat(MIB + 1),
      ),
    );
    expect(statusOf(answer)).toBe(413);
    expect(codeOf(answer)).toBe("too_large");
    expect(door.seen).toEqual([]);
  });

  it("that turn out larger are refused, and the handler never takes the beginning for the whole", async () => {
    const door = await openDoor();
    const answer = await door.raw(
      requestText(
        "POST /api/v1/links",
        own(door, { "transfer-encoding": "chunked" }),
        chunked([MIB / 2, MIB / 2, MIB, MIB]),
      ),
    );
    expect(statusOf(answer)).toBe(413);
    expect(codeOf(answer)).toBe("too_large");
    expect(door.seen.map((seen) => seen.body)).toEqual([null]);
    expect((await fetch(`${door.origin}/`)).status).toBe(200);
  });

  it("of uploads are as large as they are, unless a limit is set", async () => {
    const send = async (door: TestDoor) =>
      statusOf(
        await door.raw(
          requestText(
            "POST /api/v1/ingest",
            own(door, { "transfer-encoding": "chunked" }),
            chunked([MIB, MIB, MIB]),
          ),
        ),
      );
    expect(await send(await openDoor())).toBe(200);
    expect(await send(await openDoor({ ROLLCALL_MAX_UPLOAD_BYTES: String(2 * MIB) }))).toBe(413);
  });

  it("of another spelling of the upload's path are no uploads", async () => {
    const door = await openDoor();
    const answer = await door.raw(
      requestText("POST /api/v1/ingest/", own(door, { "content-length": String(2 * MIB) })),
    );
    expect(statusOf(answer)).toBe(413);
  });
});

describe("a body that does not come", () => {
  /** A server that holds bodies to `limits`, and answers with how it fared. */
  async function hold(limits: BodyLimits, read: (request: IncomingMessage) => Promise<string>) {
    const server = createServer((request, response) => {
      limitBody(request, response, limits);
      read(request).then(
        (body) => response.end(body),
        () => {},
      );
    });
    const port = await listenOn(server, 0);
    const socket = connect(port, "127.0.0.1");
    const answer = text(socket);
    onTestFinished(() => {
      socket.destroy();
      server.close();
      server.closeAllConnections();
    });
    return { socket, answer };
  }
  const HEADERS = "POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 4\r\n\r\n";

  it("as a whole in time is answered with 408, however steadily it trickles", async () => {
    const { socket, answer } = await hold({ maxBytes: 9, wholeMs: 300, silentMs: 9_000 }, text);
    socket.write(`${HEADERS}ab`);
    const trickling = sleep(150).then(() => socket.write("c"));
    expect(statusOf(await answer)).toBe(408);
    await trickling;
  });

  it("further is answered with 408 after a silence, where it is an upload", async () => {
    const { socket, answer } = await hold({ maxBytes: 9, wholeMs: null, silentMs: 200 }, text);
    socket.write(`${HEADERS}ab`);
    expect(statusOf(await answer)).toBe(408);
  });

  it("is not silent as long as what has come waits to be read", async () => {
    const late = async (request: IncomingMessage) => {
      await vi.waitFor(() => expect(request.readableLength).toBe(4), { timeout: 60_000 });
      return text(request);
    };
    const { socket, answer } = await hold({ maxBytes: 9, wholeMs: null, silentMs: 200 }, late);
    socket.write(`${HEADERS}ab`);
    await sleep(600);
    socket.write("cd");
    expect(statusOf(await answer)).toBe(200);
    expect(await answer).toMatch(/abcd$/u);
  });
});
