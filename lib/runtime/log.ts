/** The log on standard error: a line of JSON each, or plain text for a person at a terminal. Nothing personal in either. */
import { AsyncLocalStorage } from "node:async_hooks";
import pino, { type Logger } from "pino";
import { loggedError } from "./log/error.ts";
import { humanText } from "./log/human.ts";
import { scrub } from "./log/scrub.ts";

/** Fields that hold secrets or people, wherever somebody logs them by mistake. */
const REDACTED = [
  "authorization",
  "cookie",
  "set-cookie",
  "password",
  "secret",
  "token",
  "email",
  "userName",
];

// Next compiles each route apart: log and request id hang on the process, so that all of them share these.
const holder = globalThis as { rollcallLog?: Logger; rollcallRequest?: AsyncLocalStorage<string> };

/** The id of the request being answered, for all that is logged meanwhile. */
export function requestScope(): AsyncLocalStorage<string> {
  holder.rollcallRequest ??= new AsyncLocalStorage();
  return holder.rollcallRequest;
}

/** Whether lines are JSON: as ROLLCALL_LOG says, json or text; else where nobody watches. */
export function logsJson(): boolean {
  const { ROLLCALL_LOG: set } = process.env;
  return set === "json" || (set !== "text" && !process.stderr.isTTY);
}

/** A log that writes to `write`. */
export function makeLog(json: boolean, write: (text: string) => void): Logger {
  return pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      serializers: { err: (error: unknown) => loggedError(error) },
      mixin: () => {
        const request = requestScope().getStore();
        return request === undefined ? {} : { request };
      },
      redact: {
        paths: REDACTED.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
        censor: "[secret]",
      },
    },
    {
      write(line: string) {
        const clean = scrub(line);
        write(json ? clean : humanText(clean));
      },
    },
  );
}

/** The log of this process. */
export function log(): Logger {
  holder.rollcallLog ??= makeLog(logsJson(), (text) => {
    if (text !== "") process.stderr.write(text);
  });
  return holder.rollcallLog;
}
