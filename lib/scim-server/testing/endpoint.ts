/** The SCIM endpoint over real HTTP in this process, for tests: without Next and the door before it. */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Db, DEFAULT_WORKSPACE } from "../../../db/client.ts";
import { commandLine } from "../../auth/caller.ts";
import { addScimSource } from "../add-scim-source.ts";
import { answerScim, SCIM_PATH, scimProblem } from "../answer.ts";
import { scimVisitor } from "../authenticate.ts";
import { bad, noToken } from "../error.ts";
import type { Json } from "../schemas.ts";

export interface ScimEndpoint {
  /** The endpoint's own address. */
  url: string;
  close(): Promise<void>;
}

async function answer(request: IncomingMessage, db: Db): Promise<Response> {
  const header = (name: string): string | null => {
    const value = request.headers[name];
    return typeof value === "string" ? value : null;
  };
  const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
  const visitor = await scimVisitor(header("authorization"), async () => db);
  if (visitor === null) return scimProblem(noToken());
  const sent = await text(request);
  return answerScim(
    { ...visitor, base: new URL(SCIM_PATH, url).href, request: randomUUID() },
    {
      method: request.method ?? "",
      path: url.pathname
        .slice(SCIM_PATH.length)
        .split("/")
        .filter((part) => part !== "")
        .map(decodeURIComponent),
      parameters: url.searchParams,
      header,
      body: async () => {
        try {
          return JSON.parse(sent) as unknown;
        } catch {
          throw bad("invalidSyntax", "The body is not JSON.");
        }
      },
    },
  );
}

/** Serves the sources of a database's workspace. */
export async function scimEndpoint(db: Db): Promise<ScimEndpoint> {
  const server = createServer((request, response) => {
    answer(request, db).then(
      async (told) => {
        response.writeHead(told.status, Object.fromEntries(told.headers));
        response.end(Buffer.from(await told.arrayBuffer()));
      },
      (error: unknown) => {
        // A test sees what nobody foresaw.
        response.writeHead(500).end(error instanceof Error ? error.stack : String(error));
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${SCIM_PATH}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export interface Told {
  status: number;
  headers: Headers;
  /** Parsed; an empty object where there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the answer holds.
  body: any;
}

/** Calls an endpoint as an identity provider does. */
export const caller =
  (url: string, token: string) =>
  async (method: string, path: string, body?: Json, headers: Record<string, string> = {}): Promise<Told> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/scim+json",
        ...(body === undefined ? {} : { "content-type": "application/scim+json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const said = await answer.text();
    return { status: answer.status, headers: answer.headers, body: said === "" ? {} : JSON.parse(said) };
  };

/** A source of its own in the workspace of every database, and its provider's calls. */
export async function scimProvider(db: Db, { url }: ScimEndpoint, source: string) {
  const { secret } = await addScimSource(db, DEFAULT_WORKSPACE, commandLine(), {
    source,
    governsMembers: false,
  });
  return { secret, call: caller(url, secret) };
}
