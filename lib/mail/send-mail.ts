/** Sends mail by the mail server of this installation. */
import { shown } from "../net/shown.ts";
import { codeOf } from "../runtime/problem.ts";
import { addressOf } from "./address.ts";
import { type MailSettings, mailSettings } from "./settings.ts";

export interface Mail {
  /** One address. */
  to: string;
  subject: string;
  /** Plain text. */
  text: string;
}

export interface MailAnswer {
  /** The server has taken it; whether it arrives nobody tells. */
  ok: boolean;
  /** What the server said, or why it could not be asked. No address stands in it. */
  answer: string;
}

/** For all of a message. Servers that delay greetings against spam take up to half a minute of it. */
const TIMEOUT_MS = 45_000;
/** Of an answer so much is kept. */
const SHOWN_CHARACTERS = 300;

/** Header fields are one line (RFC 5322 §2.2): what could begin another is a space. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();

/** What may be kept of what the server said: servers quote the recipient. */
const withoutAddresses = (text: string): string =>
  shown(
    text.replace(/\S+/gu, (word) => (word.includes("@") ? "…" : word)),
    SHOWN_CHARACTERS,
  );

const WHY: Record<string, string> = {
  EDNS: "its name is not known",
  EAUTH: "it does not take the user and password",
  ETLS: "it offers no encryption that holds, and without it nothing is sent",
  ETIMEDOUT: "it does not answer in time",
  ECONNECTION: "it can't be reached, or ended the connection",
  ESOCKET: "it can't be reached, or its certificate does not hold",
};

function problemOf(error: unknown, host: string): string {
  const response = error instanceof Error && "response" in error ? error.response : undefined;
  const said =
    typeof response === "string" && response !== "" ? ` It said: ${withoutAddresses(response)}` : "";
  const timedOut = error instanceof Error && ["AbortError", "TimeoutError"].includes(error.name);
  const why = WHY[timedOut ? "ETIMEDOUT" : codeOf(error)] ?? "it did not take the message";
  return `Mail server ${host}: ${why}.${said}`;
}

/**
 * Sends one message, as one that no person wrote (RFC 3834), and waits for what the server says.
 * Without TLS, whose certificate holds, nothing is sent, unless ROLLCALL_ALLOW_HOSTS names the server.
 * @param settings default: of the environment; null: none are set.
 * @throws {RuntimeProblem} when the environment's settings can't be used; nothing else: what went wrong stands in the answer.
 */
export async function sendMail(
  { to, subject, text }: Mail,
  settings: MailSettings | null = mailSettings(),
  timeoutMs = TIMEOUT_MS,
): Promise<MailAnswer> {
  if (settings === null) return { ok: false, answer: "No mail server is set (ROLLCALL_SMTP_URL)." };
  const address = addressOf(to);
  if (address === null) return { ok: false, answer: "This is no address that mail can be sent to." };
  const { host, port, implicitTls, needsTls, user, password, from } = settings;
  // Read by whoever sends: commands start without it.
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    host,
    port,
    secure: implicitTls,
    requireTLS: needsTls && !implicitTls,
    ...(user === null ? {} : { auth: { user, pass: password ?? "" } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const { response } = await transport.sendMail({
      from,
      to: { name: "", address },
      subject: oneLine(subject),
      text,
      headers: { "Auto-Submitted": "auto-generated" },
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { ok: true, answer: withoutAddresses(response) };
  } catch (error) {
    return { ok: false, answer: problemOf(error, host) };
  } finally {
    transport.close();
  }
}
