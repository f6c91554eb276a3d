/** Records that fail, and a ticket system, for tests. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An Okta record of an attempt at an application, on a day of 2026 and an hour of it. */
export function attempt(
  day: number,
  name: string,
  { failed = true, application = "Chat", reason = "429 Too Many Requests", hour = 0 } = {},
): string {
  const at = Date.UTC(2026, 0, day, hour);
  return JSON.stringify({
    uuid: `${application}-${name}-${at}-${failed}`,
    published: new Date(at).toISOString(),
    eventType: "application.provision.user.push",
    actor: { id: "system", type: "SystemPrincipal", alternateId: "system", displayName: "Okta" },
    outcome: failed ? { result: "FAILURE", reason } : { result: "SUCCESS", reason: null },
    target: [
      { id: `0oa-${application}`, type: "AppInstance", alternateId: application, displayName: application },
      { id: `00u-${name}`, type: "User", alternateId: `${name}@larkspur.example`, displayName: name },
      { id: `0ua-${name}`, type: "AppUser", alternateId: `${name}@larkspur.example`, displayName: name },
    ],
  });
}

/** A ticket system on this machine, which takes all that comes. */
export interface TicketServer {
  /** What was sent, in order. */
  bodies: string[];
  url: string;
  stop: () => Promise<void>;
}

/** @param status and `text`: what it answers. */
export async function startTicketServer(status = 200, text = ""): Promise<TicketServer> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      bodies.push(body);
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    bodies,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
