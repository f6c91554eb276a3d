/** HEAD of everything that can be read, over a bare socket: the status that GET has, and not one byte of a body (RFC 9110, 9.3.2). */
import { connect } from "node:net";
import { expect, test } from "playwright/test";
import { routesOf } from "../lib/fuzz/targets/http.ts";
import { newMember, origin } from "./sign-in.ts";

/** Has no end: GET would be waited for without one. */
const STREAM = "/api/v1/jobs/stream";
/** Makes a pack for whoever asks with GET, and is no address to ask HEAD of: it says so. */
const SHARED_PACK = /^\/share\/[^/]+\/pack$/u;

/** Every page and every route that is read, as an address of things that mostly are not there. */
async function addresses(): Promise<string[]> {
  const routes = (await routesOf()).filter(({ method }) => method === "GET");
  const paths = routes.map(({ path }) =>
    `/${path.join("/")}`
      .replace("[name]", "coverage")
      .replace("[subject]", "p%3Aokta%3Anobody")
      .replace(/\[[^\]]+\]/gu, "00000000-0000-4000-8000-000000000000"),
  );
  return [...new Set([...paths, "/nothing", "/api/v1/nothing", "/_next/static/nothing.js", "/favicon.ico"])];
}

/** Sends HEAD and gives all bytes that come until the connection ends. */
function head(path: string, cookie: string | null): Promise<string> {
  const { hostname, port, host } = new URL(origin);
  const headers = [`Host: ${host}`, "Connection: close", ...(cookie === null ? [] : [`Cookie: ${cookie}`])];
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(port), hostname, () =>
      socket.write(`HEAD ${path} HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`),
    );
    socket.setEncoding("latin1").on("data", (text: string) => {
      answer += text;
    });
    socket.once("error", reject).once("close", () => resolve(answer));
  });
}

for (const who of ["nobody", "admin"] as const) {
  test(`${who}: gets no body`, async () => {
    const cookie = who === "nobody" ? null : `next-auth.session-token=${(await newMember("admin")).session}`;
    for (const path of await addresses()) {
      const answer = await head(path, cookie);
      const end = answer.indexOf("\r\n\r\n");
      expect(answer.slice(end + 4), path).toBe("");
      const status = Number(answer.split(" ")[1]);
      if (path === STREAM) continue;
      if (SHARED_PACK.test(path)) {
        expect(status, path).toBe(405);
        continue;
      }
      const got = await fetch(`${origin}${path}`, {
        redirect: "manual",
        headers: cookie === null ? {} : { cookie },
      });
      await got.body?.cancel();
      expect(status, path).toBe(got.status);
    }
  });
}
