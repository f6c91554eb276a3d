/** What libraries print goes to the log, so that it is scrubbed too and each line of the log stays one. */
import type { Logger } from "pino";

/** From now on console.error, .warn, .info and .log write to `log`. */
export function captureConsole(log: Logger): void {
  const to =
    (level: "error" | "warn" | "info") =>
    (...parts: unknown[]) => {
      const err = parts.find((part) => part instanceof Error);
      const text = parts.filter((part) => typeof part === "string").join(" ");
      log[level](err === undefined ? {} : { err }, text);
    };
  Object.assign(console, { error: to("error"), warn: to("warn"), info: to("info"), log: to("info") });
}
