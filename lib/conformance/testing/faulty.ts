/** Stands before a SCIM service and plants one fault in it, over real HTTP: for tests. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface Passing {
  method: string;
  /** Path and query, from `/scim/v2` on. */
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface Answered {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Hands the request on, changed or not, and changes what comes back; or answers by itself. */
export type Fault = (request: Passing, pass: (request: Passing) => Promise<Answered>) => Promise<Answered>;

const KEPT = ["authorization", "content-type", "if-match", "accept"];

const headersOf = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    KEPT.flatMap((name) => {
      const { [name]: value } = request.headers;
      return typeof value === "string" ? [[name, value]] : [];
    }),
  );

export interface Faulty {
  url: string;
  close(): Promise<void>;
}

/** @param url of the service behind it, which ends in `/scim/v2`. */
export async function faultyService(url: string, fault: Fault): Promise<Faulty> {
  const { origin } = new URL(url);
  const pass = async ({ method, url: path, headers, body }: Passing): Promise<Answered> => {
    const answer = await fetch(`${origin}${path}`, { method, headers, ...(body === "" ? {} : { body }) });
    const given = Object.fromEntries(answer.headers);
    const {
      "content-length": _,
      "content-encoding": __,
      "transfer-encoding": ___,
      connection: ____,
      ...rest
    } = given;
    return { status: answer.status, headers: rest, body: await answer.text() };
  };
  const server = await new Promise<Server>((resolve) => {
    const started = createServer(async (request, response) => {
      const asked = {
        method: request.method ?? "",
        url: request.url ?? "",
        headers: headersOf(request),
        body: await text(request),
      };
      const { status, headers, body } = await fault(asked, pass);
      response.writeHead(status, headers).end(status === 204 ? undefined : body);
    });
    started.listen(0, "127.0.0.1", () => resolve(started));
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/scim/v2`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** An answer of SCIM: a resource, a list of them, or an error. */
interface AnswerJson {
  Resources?: Record<string, unknown>[];
  [member: string]: unknown;
}

/** Changes the JSON of answers. */
export const changingJson =
  (change: (json: AnswerJson, request: Passing) => unknown): Fault =>
  async (request, pass) => {
    const answer = await pass(request);
    if (answer.body === "") return answer;
    return { ...answer, body: JSON.stringify(change(JSON.parse(answer.body), request)) };
  };
