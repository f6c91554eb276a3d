/** TCP ports of the loopback address. */
import { createServer, type Server } from "node:net";
import { codeOf } from "./problem.ts";

const LAST_PORT = 65_535;

/** Lets `server` listen on 127.0.0.1. @param port 0 takes any free one. @returns the port it got. */
export function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.removeListener("error", reject);
      const address = server.address();
      resolve(address && typeof address === "object" ? address.port : port);
    });
  });
}

/** A port that is free just now. */
export async function freePort(port = 0): Promise<number> {
  const probe = createServer();
  const got = await listenOn(probe, port);
  await new Promise((resolve) => probe.close(resolve));
  return got;
}

/** The next free port above `port`; any free one when all above are taken. */
export async function freePortAfter(port: number): Promise<number> {
  for (let next = port + 1; next <= LAST_PORT; next++) {
    const free = await freePort(next).catch((error: unknown) => {
      if (codeOf(error) !== "EADDRINUSE") throw error;
      return null;
    });
    if (free !== null) return free;
  }
  return freePort();
}
