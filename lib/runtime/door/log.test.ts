/** Nothing of what is sent gets into the log, wherever in a request it stands. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestDoor, requestText, type TestDoor } from "./testing.ts";

const SECRET = "hunter2-hunter2";
const EMAIL = "alice@larkspur.example";
const ENCODED = encodeURIComponent(EMAIL);

let door: TestDoor;
beforeAll(async () => {
  door = await openTestDoor({ ROLLCALL_RATE_WRITES: "5" }, undefined, {
    handle: (request) => {
      throw new Error(
        `Failed at ${decodeURIComponent(request.url ?? "")} for ${request.headers.cookie}`.replaceAll(
          SECRET,
          EMAIL,
        ),
      );
    },
  });
});
afterAll(() => door.close());

it("holds no secret and no person", async () => {
  const host = `localhost:${door.port}`;
  const origin = door.origin;
  const lines = [
    `GET /open/${SECRET}`,
    `GET /share/${SECRET}/pack`,
    `GET /${SECRET}/${ENCODED}`,
    `GET /events/${ENCODED}?token=${SECRET}`,
    `GET /?email=${ENCODED}&token=${SECRET}`,
    `GET /%2e%2e/${ENCODED}`,
    `GET http://${EMAIL}:${SECRET}@elsewhere.example/`,
    `GET /${ENCODED}${"a".repeat(9_000)}`,
    `POST /api/v1/links?by=${ENCODED}`,
    `PUT /api/v1/${SECRET}`,
    `TRACE /${SECRET}`,
    `${SECRET} / ${EMAIL}`,
  ];
  const headers: Record<string, string>[] = [
    { host },
    { host, origin },
    { host: EMAIL },
    { host: `${SECRET}.example` },
    { host, origin: `https://${SECRET}.example`, referer: `https://a.example/?${ENCODED}` },
    { host, cookie: `next-auth.session-token=${SECRET}; who=${EMAIL}` },
    { host, authorization: `Bearer ${SECRET}`, "user-agent": EMAIL },
    { host, authorization: `Basic ${btoa(`${EMAIL}:${SECRET}`)}` },
    { host, "x-request-id": SECRET, "x-forwarded-for": EMAIL, from: EMAIL },
    { host, [SECRET]: EMAIL, "x-rollcall-client": EMAIL },
    { host, origin, "content-length": String(ENCODED.length) },
  ];
  for (const line of lines) for (const one of headers) await door.raw(requestText(line, one, ENCODED));
  await door.raw(`${EMAIL} ${SECRET}\r\n\r\n`);
  const text = door.lines.join("");
  // A request that can't be read as HTTP has no line.
  expect(door.lines.length).toBeGreaterThan(lines.length * headers.length - 2 * headers.length);
  expect(text).toMatch(/"msg":"A request failed\."/u);
  expect(text).not.toContain(SECRET);
  expect(text).not.toMatch(/alice|larkspur/iu);
  expect(text).not.toContain(btoa(`${EMAIL}:${SECRET}`));
  for (const line of door.lines) expect(() => JSON.parse(line)).not.toThrow();
});
