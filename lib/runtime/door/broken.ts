/** What can't even be read as HTTP is answered too, and its connection ends. */
import type { Server } from "node:http";
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

/** Answers in place of Node, whose own answers have no headers. */
export function answerBroken(server: Server): void {
  server.on("clientError", (error: Error, socket: Duplex) => {
    if (!socket.writable || codeOf(error) === "ECONNRESET") return void socket.destroy();
    const [status, code, message] = ANSWERS[codeOf(error)] ?? BAD;
    const body = JSON.stringify({ error: { code, message } });
    const headers = [
      "Connection: close",
      "Content-Type: application/json; charset=utf-8",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
      "X-Content-Type-Options: nosniff",
      "Cache-Control: no-store",
    ];
    socket.end(`HTTP/1.1 ${status}\r\n${headers.join("\r\n")}\r\n\r\n${body}`);
  });
}
