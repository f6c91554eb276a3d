import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { fuzz } from "./run.ts";
import { httpTarget, routesOf } from "./targets/http.ts";

/** Runs `use` with the address of a server that answers so. */
async function serving<T>(listener: RequestListener, use: (url: URL) => Promise<T>): Promise<T> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await use(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

describe("the routes", () => {
  it("are found in the files of app/, with their methods and parameters", async () => {
    const routes = await routesOf();
    expect(routes).toContainEqual({ method: "POST", path: ["api", "v1", "ingest"] });
    expect(routes).toContainEqual({ method: "GET", path: ["api", "v1", "events", "[id]"] });
    expect(routes).toContainEqual({ method: "GET", path: ["identities", "[subject]"] });
    for (const method of ["GET", "POST"])
      expect(routes).toContainEqual({ method, path: ["api", "v1", "links"] });
  });
});

describe("a server", () => {
  it("that fails for one parameter is found out, and one that loses records too", async () => {
    const asked = new Set<string>();
    const framed = new Set<boolean>();
    let sources = 0;
    const found = await serving(
      (request, response) => {
        const url = new URL(request.url ?? "/", "http://localhost");
        request.resume();
        if (request.method === "DELETE") framed.add(request.headers["content-length"] !== undefined);
        asked.add(`${request.method} ${url.pathname.split("/").slice(0, 4).join("/")}`);
        if (url.pathname.startsWith("/open/")) response.setHeader("set-cookie", "session=1; Path=/");
        else if (request.headers.cookie !== "session=1") response.statusCode = 401;
        else if (url.searchParams.has("days") && url.pathname.startsWith("/api/v1/reports"))
          response.statusCode = 500;
        // A hundred records at first, fewer when all is done.
        const records = url.pathname === "/api/v1/sources" && request.method === "GET" ? 100 - sources++ : 0;
        response.end(
          JSON.stringify({ sources: [{ records }], accepted: 0, duplicates: 0, rejected: 0, records: 0 }),
        );
      },
      async (url) => fuzz([await httpTarget(url, "token")], { seed: 3, cases: 3_000 }),
    );
    const errors = found[0]?.findings.map(({ error }) => error) ?? [];
    expect(errors.some((error) => error.startsWith("Broken: The answer is 500"))).toBe(true);
    expect(errors.at(-1)).toMatch(/^Broken: 100 records and 0 more are \d+\./u);
    expect(asked).toContain("POST /api/v1/ingest");
    expect(asked).toContain("GET /api/v1/reports");
    // A body without its length would be read as the next request.
    expect(framed).toEqual(new Set([true]));
  });
});
