/** What the fake vendors have in common: a server on this machine that answers as vendors do on good days and on bad ones. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How a request goes wrong. */
type Fault =
  /** Too many requests: with the vendor's own headers. */
  | "limit"
  /** A server error. */
  | "500"
  /** The body ends in its middle. */
  | "half"
  /** The connection ends without an answer. */
  | "close"
  /** The token is not taken any more. */
  | "401";

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

export interface VendorServer {
  url: string;
  /** What was asked, in order: method and address. */
  asked: string[];
  /** What goes wrong, request by request; then all goes well. */
  faults: Fault[];
  /** Milliseconds by which its clock is ahead. */
  skew: number;
  /** Called with each request, before it is answered. */
  onRequest: () => void;
  close(): Promise<void>;
}

export interface Call {
  method: string;
  url: URL;
  headers: IncomingMessage["headers"];
  body: string;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function send(
  response: ServerResponse,
  { status, headers = {}, body }: Answer,
  now: number,
  half: boolean,
): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": bytes.length,
    date: new Date(now).toUTCString(),
    ...headers,
  });
  if (!half) response.end(bytes);
  else response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
}

/**
 * Starts a vendor. Its host must be named in ROLLCALL_ALLOW_HOSTS to be called.
 * @param limited its answer where there are too many requests. @param refused where the token is not taken.
 */
export async function vendorServer(
  answer: (call: Call) => Promise<Answer> | Answer,
  { limited, refused }: { limited: (now: number) => Answer; refused: Answer },
): Promise<VendorServer> {
  const vendor = { asked: [] as string[], faults: [] as Fault[], skew: 0, onRequest: () => {} };
  const server = createServer((request, response) => {
    void (async () => {
      const { method = "GET", headers } = request;
      const url = new URL(request.url ?? "/", `http://${headers.host}`);
      vendor.asked.push(`${method} ${decodeURIComponent(url.pathname + url.search.replaceAll("+", " "))}`);
      vendor.onRequest();
      const body = await bodyOf(request);
      const now = Date.now() + vendor.skew;
      const fault = vendor.faults.shift();
      if (fault === "close") return response.destroy();
      if (fault === "limit") return send(response, limited(now), now, false);
      if (fault === "500") return send(response, { status: 500, body: { message: "it broke" } }, now, false);
      if (fault === "401") return send(response, refused, now, false);
      send(response, await answer({ method, url, headers, body }), now, fault === "half");
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(vendor, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
