/** Receivers of webhooks on this machine, for tests of alerts. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface Receiver {
  url: string;
  calls: { body: string; headers: IncomingHttpHeaders; path: string }[];
  /** What it answers; the call is taken note of all the same. */
  status: number;
  /** Milliseconds before it answers. */
  delay: number;
  stop: () => Promise<void>;
}

/** Starts one that takes all that comes, and says in its answer what it was called by, as some servers do. */
export async function startReceiver(): Promise<Receiver> {
  const receiver: Receiver = { url: "", calls: [], status: 200, delay: 0, stop: async () => {} };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      receiver.calls.push({ body, headers: request.headers, path: request.url ?? "" });
      const { status } = receiver;
      setTimeout(() => response.writeHead(status).end(`${status} at ${request.url}`), receiver.delay);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  receiver.stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return receiver;
}
