/** How much a request may send, and how long it may take to: an upload is streamed, everything else is small. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Refusal, refuse } from "./refusal.ts";

/** Nothing but an upload needs more: decisions, settings and sign-in are some hundred bytes. */
const SMALL_BYTES = 1024 * 1024;
/** A small body on a slow line is there within this; a longer wait only holds a connection. */
const SMALL_MS = 30_000;
/** An upload may take days, but somebody must be sending: a log that is piped in may pause for a while. */
const SILENT_MS = 10 * 60_000;
/** A client that is still sending would not hear the answer if the connection ended at once (RFC 9112, 9.6). */
const LINGER_MS = 5_000;

export interface BodyLimits {
  maxBytes: number;
  /** Milliseconds for the whole body, or null: then `silentMs` without a byte. */
  wholeMs: number | null;
  silentMs: number;
}

export const SMALL: BodyLimits = { maxBytes: SMALL_BYTES, wholeMs: SMALL_MS, silentMs: SILENT_MS };

/** Limits of an upload. @param maxBytes Infinity for none. */
export const upload = (maxBytes: number): BodyLimits => ({ maxBytes, wholeMs: null, silentMs: SILENT_MS });

const tooLarge = (maxBytes: number): Refusal => ({
  status: 413,
  code: "too_large",
  message: `The body is larger than the ${maxBytes} bytes that are read here.`,
});

const TOO_SLOW: Refusal = {
  status: 408,
  code: "too_slow",
  message: "The body did not arrive in time. Send the request again.",
};

/** Whether the body says itself that it is too large; said before any of it is read. */
export function announcesTooMuch({ headers }: IncomingMessage, { maxBytes }: BodyLimits): Refusal | null {
  return Number(headers["content-length"] ?? 0) > maxBytes ? tooLarge(maxBytes) : null;
}

/** Ends a connection over which an answer went while the client was still sending. */
export function endAfterAnswer(request: IncomingMessage, response: ServerResponse): void {
  if (request.complete) return;
  const { socket } = request;
  const late = setTimeout(() => socket.destroy(), LINGER_MS).unref();
  const end = () => {
    clearTimeout(late);
    socket.destroySoon();
  };
  request.once("end", () => (response.writableFinished ? end() : response.once("finish", end)));
  request.resume();
}

/**
 * Holds `request` to `limits` while somebody else reads it: counts what the parser hands over. Beyond them the answer is
 * a refusal, the reader sees no more bytes, never a body that merely ends early, and the connection ends.
 * @param onBytes told of each piece that arrives.
 */
export function limitBody(
  request: IncomingMessage,
  response: ServerResponse,
  limits: BodyLimits,
  onBytes: (bytes: number) => void = () => {},
): void {
  // What came in one packet with the headers is here already.
  let bytes = request.readableLength;
  onBytes(bytes);
  if (request.complete) return;
  let over = false;
  const giveUp = (refusal: Refusal) => {
    over = true;
    clearTimeout(timer);
    if (response.headersSent) return void request.socket.destroy();
    refuse(response, { ...refusal, headers: { connection: "close" } });
    setTimeout(() => request.socket.destroy(), LINGER_MS).unref();
  };
  const onTime = () => {
    // What has arrived and waits to be read is no silence of the client's.
    if (limits.wholeMs === null && request.readableLength > 0) return void timer.refresh();
    giveUp(TOO_SLOW);
  };
  const timer = setTimeout(onTime, limits.wholeMs ?? limits.silentMs).unref();
  request.once("close", () => clearTimeout(timer));
  const push = request.push.bind(request);
  request.push = (chunk: Uint8Array | null, encoding?: BufferEncoding) => {
    if (over) {
      // The client has sent everything: now it reads the answer.
      if (chunk === null) request.socket.destroySoon();
      return true;
    }
    if (chunk === null) {
      clearTimeout(timer);
      return push(null);
    }
    bytes += chunk.length;
    onBytes(chunk.length);
    if (bytes > limits.maxBytes) {
      giveUp(tooLarge(limits.maxBytes));
      return true;
    }
    if (limits.wholeMs === null) timer.refresh();
    return push(chunk, encoding);
  };
}
