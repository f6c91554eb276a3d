/** What stands in front of Next: each request passes the rules here, or is answered here. */
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Logger } from "pino";
import { requestScope } from "../log.ts";
import { metrics } from "../metrics.ts";
import { announcesTooMuch, endAfterAnswer, limitBody, SMALL, upload } from "./body.ts";
import { answerBroken } from "./broken.ts";
import {
  CLIENT_HEADER,
  clientAddress,
  countedAs,
  forgetProxyHeaders,
  REQUEST_ID_HEADER,
  requestId,
} from "./client.ts";
import { drain } from "./drain.ts";
import { securityHeaders } from "./headers.ts";
import { kindOf } from "./kind.ts";
import { OPERATING_ROUTES, type Operating, operate } from "./operate.ts";
import type { PublicAddress } from "./public-address.ts";
import { ratesOf } from "./rates.ts";
import { NOT_STARTED } from "./readiness.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { OTHER, type RouteOf, routesOf } from "./routes.ts";
import { crossSite } from "./same-origin.ts";
import type { DoorSettings } from "./settings.ts";
import { isTooLong, pathOf } from "./target.ts";
import { watch } from "./watch.ts";

/** Cookies of a session in parts, and a long address; Node's own value. */
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_HEADERS = 100;
/** Headers are one packet or two: who needs longer holds connections on purpose. */
const HEADERS_MS = 10_000;
/** Longer than the minute after which load balancers give up an idle connection: it must not end under a request. */
const KEEP_ALIVE_MS = 65_000;

/** What a door leads to, known once Rollcall has started. */
export interface Behind {
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;
  /** The routes that `handle` knows, as Next spells them. */
  routes: readonly string[];
  address: PublicAddress;
  operating: Pick<Operating, "check" | "measure">;
}

export interface Door {
  server: Server;
  /** Until then every request but those of operating is answered with 503. */
  open(behind: Behind): void;
  /** No new connections; resolves when requests under way have ended, or were cut off at the limit. */
  close(): Promise<void>;
}

const STARTING: Refusal = {
  status: 503,
  code: "starting",
  message: "Rollcall is starting. Try again in a moment.",
  headers: { "retry-after": "5" },
};
const BAD_TARGET: Refusal = { status: 400, code: "bad_address", message: "This is no address of a page." };
const LONG_TARGET: Refusal = { status: 414, code: "long_address", message: "This address is too long." };
const BAD_METHOD: Refusal = {
  status: 405,
  code: "bad_method",
  message: "There is nothing that this method does.",
  headers: { allow: "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE" },
};
const WRONG_HOST: Refusal = {
  status: 421,
  code: "wrong_host",
  message: "Rollcall is not reached under this name. Open it at its public address, NEXTAUTH_URL.",
};

/** Echo what was sent, or make a tunnel (RFC 9110, 9.3.6 and 9.3.8). */
const BAD_METHODS = new Set(["TRACE", "CONNECT"]);

/** @param log where each request and each failure is told. */
export function makeDoor(settings: DoorSettings, log: Logger): Door {
  const rates = ratesOf(settings.rates);
  let behind: Behind | null = null;
  let routeOf: RouteOf = routesOf(OPERATING_ROUTES);

  /** The host asked for; what an own proxy was asked for, where it says so. */
  const hostOf = ({ headers }: IncomingMessage) => {
    const passedOn = settings.hops > 0 ? [headers["x-forwarded-host"] ?? []].flat()[0] : undefined;
    return passedOn ?? headers.host;
  };

  async function enter(
    request: IncomingMessage,
    response: ServerResponse,
    path: string | null,
  ): Promise<void> {
    const { method = "", headers } = request;
    const nonce = randomBytes(18).toString("base64");
    const security = securityHeaders(path ?? "", nonce, behind?.address.https ?? false);
    for (const [name, value] of Object.entries(security)) response.setHeader(name, value);

    if (isTooLong(request.url ?? "")) return refuse(response, LONG_TARGET);
    if (path === null) return refuse(response, BAD_TARGET);
    if (BAD_METHODS.has(method)) return refuse(response, BAD_METHOD);
    if (OPERATING_ROUTES.includes(path)) {
      const { check, measure } = behind?.operating ?? {
        check: async () => NOT_STARTED,
        measure: async () => {},
      };
      return operate(path, request, response, { check, measure, metricsToken: settings.metricsToken });
    }
    if (behind === null) return refuse(response, STARTING);
    if (!behind.address.isHost(hostOf(request))) return refuse(response, WRONG_HOST);

    const client = clientAddress(request.socket.remoteAddress, headers, settings.hops);
    const kind = kindOf(method, path);
    const { headers: counts, refusal: tooOften } = await rates.count(kind, countedAs(client));
    for (const [name, value] of Object.entries(counts)) response.setHeader(name, value);
    const limits = kind === "upload" ? upload(settings.maxUploadBytes) : SMALL;
    const refusal =
      tooOften ?? crossSite({ method, path, headers }, behind.address) ?? announcesTooMuch(request, limits);
    if (refusal !== null) {
      endAfterAnswer(request, response);
      return refuse(response, refusal);
    }

    const { uploadBytes } = metrics();
    limitBody(request, response, limits, kind === "upload" ? (bytes) => uploadBytes.inc(bytes) : undefined);
    // Guesses are counted; whoever got in did not guess.
    if (kind === "signIn") {
      response.once("finish", () => {
        if (setsSession(response)) void rates.forgive(kind, countedAs(client));
      });
    }
    if (settings.hops === 0) forgetProxyHeaders(headers);
    headers[CLIENT_HEADER] = client;
    // From this header Next takes the nonce for its own scripts.
    headers["content-security-policy"] = String(security["Content-Security-Policy"]);
    await behind.handle(request, response);
  }

  function take(request: IncomingMessage, response: ServerResponse): void {
    const path = pathOf(request.url ?? "");
    const id = requestId(request.headers, settings.hops);
    request.headers[REQUEST_ID_HEADER] = id;
    response.setHeader("X-Request-Id", id);
    // Whoever writes on after the door has answered in his place is not listened to.
    response.on("error", () => {});
    requestScope().run(id, () => {
      watch(request, response, log, () => (path === null ? OTHER : routeOf(path)));
      enter(request, response, path).catch((error: unknown) => {
        if (response.writableFinished || response.destroyed) return;
        log.error({ err: error }, "A request failed.");
        refuse(response, { status: 500, code: "failed", message: "Rollcall failed. Its log says more." });
        if (!response.writableEnded) response.destroy();
      });
    });
  }

  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: HEADERS_MS,
    connectionsCheckingInterval: HEADERS_MS / 2,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // A log of many gigabytes takes longer to arrive than any limit; lib/runtime/door/body.ts has those of the rest.
    requestTimeout: 0,
  });
  server.maxHeadersCount = MAX_HEADERS;
  server.maxConnections = settings.maxConnections;
  server.on("request", take);
  answerBroken(server);

  return {
    server,
    open(next) {
      routeOf = routesOf([...OPERATING_ROUTES, ...next.routes]);
      behind = next;
    },
    close: () => drain(server, settings),
  };
}

/** Whether an answer signs somebody in. */
function setsSession(response: ServerResponse): boolean {
  const set = [response.getHeader("set-cookie") ?? []].flat().map(String);
  return set.some((cookie) => /session-token(?:\.\d+)?=[^;]/u.test(cookie));
}
