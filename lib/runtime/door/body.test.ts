/** How much is read of what a request sends. */
import { describe, expect, it } from "vitest";
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
