/** What can't even be read as HTTP is answered too, and its connection ends. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { codeOf } from "../problem.ts";

const ANSWERS: Record<string, readonly [status: string, code: string, message: string]> = {
  HPE_HEADER_OVERFLOW: [
    "431 Request Header Fields Too Large",
    "headers_too_large",
    "The request line and headers are too large.",
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "too_slow", "The request did not arrive in time."],
};
const BAD = ["400 Bad Request", "bad_request", "This is no request that can be read."] as const;

/** A request line whose method's answer has a body; empty lines may stand before it (RFC 9112, 2.2). */
const ASKS_FOR_BODY = /^(?:\r?\n)*(?!HEAD )[A-Z]+ /u;
/** So much of a packet says which method it begins with. */
const METHOD_BYTES = 32;

type ReadingError = Error & { rawPacket?: Buffer };

/**
 * Whether the answer to what could not be read may have a body, which one to HEAD never has (RFC 9110, 9.3.2): a client
 * would take it for the answer to what it asks next. The method is known where the first packet of a connection begins with it.
 */
function asksForBody({ rawPacket }: ReadingError, socket: Duplex): boolean {
  if (rawPacket === undefined || (socket as Socket).bytesRead !== rawPacket.length) return false;
  return ASKS_FOR_BODY.test(rawPacket.toString("latin1", 0, METHOD_BYTES));
}

function answerText(error: Error, withBody: boolean): string {
  const [status, code, message] = ANSWERS[codeOf(error)] ?? BAD;
  const body = JSON.stringify({ error: { code, message } });
  const headers = [
    "Connection: close",
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${withBody ? Buffer.byteLength(body) : 0}`,
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options: nosniff",
    "Cache-Control: no-store",
  ];
  return `HTTP/1.1 ${status}\r\n${headers.join("\r\n")}\r\n\r\n${withBody ? body : ""}`;
}

/** Answers in place of Node, whose own answers have no headers, and may stand in the middle of another. */
export function answerBroken(server: Server): void {
  /** The newest answer over a connection: those before it have ended when it ends. */
  const newest = new WeakMap<Duplex, ServerResponse>();
  const told = new WeakSet<Duplex>();
  server.on("request", (request: IncomingMessage, response: ServerResponse) =>
    newest.set(request.socket, response),
  );
  server.on("clientError", (error: ReadingError, socket: Duplex) => {
    if (!socket.writable || codeOf(error) === "ECONNRESET") return void socket.destroy();
    // What comes after it is no more of a request.
    if (told.has(socket)) return;
    told.add(socket);
    const end = (withBody: boolean) => {
      if (socket.writable) socket.end(answerText(error, withBody));
    };
    const before = newest.get(socket);
    if (before === undefined) return end(asksForBody(error, socket));
    const { req: request, headersSent, writableFinished } = before;
    if (!request.complete) {
      // It is this one's body that can't be read.
      if (!headersSent) end(request.method !== "HEAD");
      else if (writableFinished) socket.end();
      else socket.destroy();
    } else if (writableFinished) end(false);
    // Answers come in the order of requests.
    else before.once("close", () => end(false));
  });
}
