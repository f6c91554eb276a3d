/** Posts JSON to an address that a person gave. */
import { OutgoingProblem, outgoing } from "./outgoing.ts";
import { shown } from "./shown.ts";

/** A person waits for the answer, or others wait behind it. */
const TIMEOUT_MS = 10_000;
/** Of the answer no more than its beginning is shown. */
const MAX_BYTES = 64 * 1024;

export interface WebhookAnswer {
  ok: boolean;
  /** HTTP status; null when there was no answer. */
  status: number | null;
  /** What was said, or why nobody could be reached. */
  answer: string;
}

/**
 * Whatever comes of it is in the answer. Where an address leads elsewhere nothing is sent on: what follows most redirects is no
 * POST, and would be taken for an answer to one.
 * @param body JSON. @param headers beside those of all calls.
 */
export async function callWebhook(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
  timeoutMs = TIMEOUT_MS,
): Promise<WebhookAnswer> {
  const all = { "content-type": "application/json", "user-agent": "Rollcall", ...headers };
  try {
    const answer = await outgoing(
      url,
      { method: "POST", headers: all, body },
      { timeoutMs, maxBytes: MAX_BYTES, maxRedirects: 0 },
    );
    return { ok: answer.ok, status: answer.status, answer: shown(await answer.text()) };
  } catch (error) {
    if (!(error instanceof OutgoingProblem)) throw error;
    return { ok: false, status: null, answer: shown(error.message) };
  }
}

/** An answer in one line, with who gave it. */
export const answerLine = ({ url }: { url: string }, { status, answer }: WebhookAnswer): string =>
  `${new URL(url).host}: ${status ?? "no answer"}${answer === "" ? "" : `, ${answer}`}`;

/** An address that a webhook can have, written in one way; null for anything else. Whether it may be called is asked when it is. */
export function webhookAddress(text: string): string | null {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  const web = url?.protocol === "https:" || url?.protocol === "http:";
  const fits = url !== null && web && url.username === "" && url.password === "" && url.href.length <= 2_000;
  return fits ? url.href : null;
}
