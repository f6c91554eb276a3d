/** One line in the log and one count for each request: of its route, never of its address as it was sent. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { metrics } from "../metrics.ts";

const METHODS = new Set(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]);
/** Asked every few seconds by machines. */
const QUIET = new Set(["/healthz", "/readyz", "/metrics", "/_next/[...file]"]);

/** The method as a label: what nobody uses must not make the labels many. */
const methodLabel = (method = ""): string => (METHODS.has(method) ? method : "OTHER");

/** Watches a request to its end. `route` is asked for then, when it is known. */
export function watch(
  request: IncomingMessage,
  response: ServerResponse,
  log: Logger,
  route: () => string,
): void {
  const started = performance.now();
  response.once("close", () => {
    const ms = performance.now() - started;
    const line = {
      method: methodLabel(request.method),
      route: route(),
      status: response.statusCode,
      ms: Math.round(ms),
      ...(response.writableFinished ? {} : { aborted: true }),
    };
    metrics().requests.observe(
      { route: line.route, method: line.method, status: String(line.status) },
      ms / 1_000,
    );
    if (line.status >= 500) log.error(line, "request");
    else if (QUIET.has(line.route)) log.debug(line, "request");
    else log.info(line, "request");
  });
}
