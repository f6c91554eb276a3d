/** The mail server of this installation, from its environment. */
import { isAllowedHost } from "../net/outgoing.ts";
import { RuntimeProblem } from "../runtime/problem.ts";
import { addressOf } from "./address.ts";

export interface MailSettings {
  host: string;
  port: number;
  /** TLS from the first byte (RFC 8314 §3.3); else by STARTTLS. */
  implicitTls: boolean;
  /** Nothing is sent before the connection is encrypted. Off only for hosts that are allowed to do without. */
  needsTls: boolean;
  user: string | null;
  password: string | null;
  from: { name: string; address: string };
}

/** Of submission: RFC 6409 §3.1, RFC 8314 §3.3. */
const PORTS: Record<string, number> = { "smtp:": 587, "smtps:": 465 };

const wrong = (variable: string, takes: string) =>
  new RuntimeProblem("bad-setting", `The variable ${variable} can't be used: it takes ${takes}.`);

/** `name <address>` or an address alone. */
function senderOf(text: string): { name: string; address: string } | null {
  const { name = "", inside } = /^(?<name>[^<>\p{Cc}]*)<(?<inside>[^<>]*)>$/u.exec(text.trim())?.groups ?? {};
  const address = addressOf(inside ?? text);
  return address === null ? null : { name: name.trim().replace(/^"(.*)"$/u, "$1") || "Rollcall", address };
}

/**
 * @param env variables that are empty count as not set.
 * @returns null where no mail server is set.
 * @throws {RuntimeProblem} that names the variable, and never tells what stands in it: there is a password in it.
 */
export function mailSettings(
  env: Readonly<Record<string, string | undefined>> = process.env,
): MailSettings | null {
  const { ROLLCALL_SMTP_URL: text, ROLLCALL_MAIL_FROM: sender } = env;
  if (!text) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const port = url === null ? undefined : PORTS[url.protocol];
  const whole = url !== null && url.hostname !== "" && ["", "/"].includes(url.pathname) && url.search === "";
  if (url === null || port === undefined || !whole) {
    throw wrong("ROLLCALL_SMTP_URL", "smtp://user:password@host:port, or smtps:// for TLS from the start");
  }
  let user: string;
  let password: string;
  try {
    [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  } catch {
    throw wrong("ROLLCALL_SMTP_URL", "user and password percent-encoded");
  }
  const from = senderOf(sender ?? "");
  if (from === null)
    throw wrong("ROLLCALL_MAIL_FROM", "the sender's address, like Rollcall <rollcall@example.com>");
  const host = url.hostname.replace(/^\[|\]$/gu, "");
  return {
    host,
    port: url.port === "" ? port : Number(url.port),
    implicitTls: url.protocol === "smtps:",
    needsTls: !isAllowedHost(host),
    user: user || null,
    password: password || null,
    from,
  };
}
