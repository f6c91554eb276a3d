/** What those who run Rollcall ask: /healthz, /readyz and /metrics. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { BlockList } from "node:net";
import { sameSecret } from "../../auth/secret.ts";
import { metrics } from "../metrics.ts";
import { isPassedOn } from "./client.ts";
import { isLoopbackHost } from "./public-address.ts";
import type { Check } from "./readiness.ts";
import { type Refusal, refuse } from "./refusal.ts";

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8);
LOOPBACK.addAddress("::1", "ipv6");

export interface Operating {
  check: Check;
  /** Brings gauges up to date that are asked for, not counted. */
  measure: () => Promise<void>;
  metricsToken: string | null;
}

export const OPERATING_ROUTES = ["/healthz", "/readyz", "/metrics"];

function isFromHere({ socket, headers }: IncomingMessage): boolean {
  const peer = (socket.remoteAddress ?? "").replace(/^::ffff:/u, "");
  const near = LOOPBACK.check(peer, peer.includes(":") ? "ipv6" : "ipv4");
  // A proxy on this machine passes on what strangers ask; a page of a stranger's can make a browser here ask.
  return near && !isPassedOn(headers) && isLoopbackHost(headers.host);
}

function bearsToken({ headers }: IncomingMessage, token: string | null): boolean {
  const given = /^Bearer (.+)$/iu.exec(headers.authorization ?? "")?.[1];
  return token !== null && given !== undefined && sameSecret(given, token);
}

const NOT_FOR_YOU: Refusal = {
  status: 401,
  code: "unauthenticated",
  message:
    "Metrics are for this machine, or for Authorization: Bearer with the token of ROLLCALL_METRICS_TOKEN.",
  headers: { "www-authenticate": 'Bearer realm="metrics"' },
};

function answerJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(value));
}

/** Answers a request at one of `OPERATING_ROUTES`. */
export async function operate(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  { check, measure, metricsToken }: Operating,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    const message = `${path} is only read.`;
    return refuse(response, { status: 405, code: "bad_method", message, headers: { allow: "GET, HEAD" } });
  }
  if (path === "/healthz") return answerJson(response, 200, { alive: true });
  if (path === "/readyz") {
    const readiness = await check();
    return answerJson(response, readiness.ready ? 200 : 503, readiness);
  }
  if (!isFromHere(request) && !bearsToken(request, metricsToken)) return refuse(response, NOT_FOR_YOU);
  await measure();
  const { registry } = metrics();
  response.writeHead(200, { "content-type": registry.contentType });
  response.end(await registry.metrics());
}
