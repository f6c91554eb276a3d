/** A real door on a free port with something small behind it. */
import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach } from "vitest";
import { makeLog } from "../log.ts";
import { listenOn } from "../port.ts";
import { type Behind, makeDoor } from "./door.ts";
import { publicAddress } from "./public-address.ts";
import { doorSettings } from "./settings.ts";

const ROUTES = ["/", "/signin", "/open/[token]", "/events/[id]", "/api/v1/links", "/api/v1/ingest"];

/** What the handler behind the door was given. */
interface Seen {
  url: string;
  headers: IncomingMessage["headers"];
  /** Null when it never came to its end. */
  body: string | null;
}

export interface TestDoor {
  port: number;
  /** As people reach it. */
  origin: string;
  seen: Seen[];
  /** Lines of the log. */
  lines: string[];
  /** Sends `bytes` as they are, and each of `later` in a packet of its own; gives what came until the connection ended. */
  raw(bytes: string, later?: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

/**
 * @param env settings of the door.
 * @param address the public address, when it is not the door's own.
 * @param behind what is not as usual behind it.
 */
export async function openTestDoor(
  env: Record<string, string> = {},
  address?: string,
  behind: Partial<Behind> = {},
): Promise<TestDoor> {
  const lines: string[] = [];
  const seen: Seen[] = [];
  const door = makeDoor(
    doorSettings(env),
    makeLog(true, (line) => lines.push(line)),
  );
  const port = await listenOn(door.server, 0);
  const origin = address ?? `http://localhost:${port}`;
  const checks = { started: true, database: true, migrations: true, running: true };
  door.open({
    async handle(request, response) {
      const one: Seen = { url: request.url ?? "", headers: { ...request.headers }, body: null };
      seen.push(one);
      one.body = await text(request);
      response.writeHead(200, { "content-type": "text/plain" });
      response.end("seen");
    },
    routes: ROUTES,
    address: publicAddress(new URL(origin)),
    operating: { check: async () => ({ ready: true, checks }), measure: async () => {} },
    ...behind,
  });
  return {
    port,
    origin,
    seen,
    lines,
    raw: (bytes, later = []) =>
      new Promise((resolve, reject) => {
        let answer = "";
        const socket = connect(port, "127.0.0.1", async () => {
          socket.setNoDelay().write(bytes);
          for (const packet of later) {
            // Long enough that the one before has been read.
            await sleep(50);
            socket.write(packet);
          }
        });
        socket.setEncoding("utf8").on("data", (chunk) => {
          answer += chunk;
        });
        socket.once("error", reject).once("close", () => resolve(answer));
      }),
    close: () =>
      new Promise((resolve) => {
        door.server.close(() => resolve());
        door.server.closeAllConnections();
      }),
  };
}

/** A request as a program writes it, over a connection that ends with its answer. */
export function requestText(line: string, headers: Record<string, string>, body = ""): string {
  const all = { connection: "close", ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${line} HTTP/1.1\r\n${lines.join("")}\r\n${body}`;
}

/** Gives a function that opens doors which end with the test; call it at the top of a file. */
export function testDoors(): typeof openTestDoor {
  const open: TestDoor[] = [];
  afterEach(async () => {
    for (const door of open.splice(0)) await door.close();
  });
  return async (...args) => {
    const door = await openTestDoor(...args);
    open.push(door);
    return door;
  };
}

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/u.exec(answer)?.[1]);

/** The code of a refusal. */
export const codeOf = (answer: string): string | undefined =>
  (JSON.parse(answer.split("\r\n\r\n")[1] ?? "{}") as { error?: { code?: string } }).error?.code;
