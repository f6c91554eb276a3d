/** Calls to a vendor: authorized, no faster than it allows, tried again where that may help, and refused in words. */
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { type Outgoing, OutgoingProblem, outgoing } from "../net/outgoing.ts";
import type { Authorizer } from "./auth.ts";
import { ConnectorProblem, Later } from "./problem.ts";
import { restAfter, retryAfter, skewOf } from "./rate-limit.ts";

/** So often a call is made that the network or the vendor's server made fail: what lasts longer is left to the next run. */
const ATTEMPTS = 4;
/** Before the second attempt; twice as long before each one more. */
const PAUSE_MS = 500;
/** So long a run waits for the vendor's window; for longer ones it ends, and comes back then. */
const LONGEST_WAIT_MS = 15_000;

export interface Answer {
  headers: Response["headers"];
  bytes: Uint8Array;
  /** The body. */
  json: unknown;
}

/** What vendors say of a refusal: Okta, Microsoft Graph, WorkOS. */
const SAID = [
  z
    .object({ errorCode: z.string(), errorSummary: z.string() })
    .transform((e) => `${e.errorCode}: ${e.errorSummary}`),
  z
    .object({ error: z.object({ code: z.string(), message: z.string() }) })
    .transform(({ error }) => `${error.code}: ${error.message}`),
  z
    .object({ error: z.string(), error_description: z.string() })
    .transform((e) => `${e.error}: ${e.error_description}`),
  z.object({ message: z.string() }).transform(({ message }) => message),
];

function saidIn(text: string): string {
  let value: unknown = null;
  try {
    value = JSON.parse(text);
  } catch {
    // Not of the API: a proxy's page most often.
  }
  const found = SAID.map((form) => form.safeParse(value)).find((read) => read.success);
  return found?.success ? ` It says: ${found.data.slice(0, 400)}` : "";
}

const ADVICE: Record<number, string> = {
  401: "The secret is wrong, has expired, or was taken back: give a new one.",
  403: "What it is given does not allow reading this: docs/connectors.md names the scopes.",
};

export class Http {
  private readonly origin: string;
  /** Before then the vendor takes no call. */
  private notBefore = 0;
  private skew = 0;

  /** @param base where all calls go to. @param stop ends what waits. */
  constructor(
    readonly base: string,
    private readonly authorizer: Authorizer,
    private readonly stop?: AbortSignal,
  ) {
    this.origin = new URL(base).origin;
  }

  /** This moment by the vendor's clock, as its last answer told it: what is asked for must not lie in its future. */
  now(): number {
    return Date.now() + this.skew;
  }

  /** An address of the vendor. @param address whole, as the vendor gave it, or from the base on. */
  private url(address: string): URL {
    const url = new URL(address, `${this.base.replace(/\/$/u, "")}/`);
    // The key is sent along: never to where an answer leads that is not of the vendor.
    if (url.origin !== this.origin) {
      throw new ConnectorProblem(
        "refused",
        `${new URL(this.base).host} leads on to ${url.host}, which is not called.`,
      );
    }
    return url;
  }

  /**
   * @param headers beside those that each call has.
   * @returns the answer, of a status from 200 to 299, its body read as JSON.
   * @throws {ConnectorProblem} {@link Later}
   */
  get(address: string, headers: Outgoing["headers"] = {}): Promise<Answer> {
    return this.call(address, { headers });
  }

  /** The same of a POST of JSON; made again as a GET is, so it must be one that does no harm when it arrives twice. */
  post(address: string, body: unknown): Promise<Answer> {
    // What is said of tokens in it is in English (RFC 8936, 2.4).
    const headers = { "content-type": "application/json", "content-language": "en" };
    return this.call(address, { method: "POST", headers, body: JSON.stringify(body) });
  }

  private async call(address: string, ask: Outgoing): Promise<Answer> {
    const url = this.url(address);
    let renewed = false;
    for (let attempt = 1; ; attempt++) {
      await this.wait(this.notBefore, `${url.host} takes no more calls for now.`);
      let problem: ConnectorProblem;
      try {
        const answer = await this.once(url, ask);
        const { status, headers } = answer;
        if (answer.ok) return await answer.json();
        if (status === 429) {
          this.notBefore = retryAfter(headers);
          await this.wait(this.notBefore, `${url.host} takes no more calls for now (HTTP 429).`);
          // A vendor that says so again and again is left alone until the next run.
          if (attempt >= ATTEMPTS)
            throw new Later(Date.now() + 60_000, `${url.host} takes no more calls for now.`);
          continue;
        }
        if (status === 401 && !renewed && this.authorizer.renew()) {
          renewed = true;
          continue;
        }
        const said = saidIn(await answer.text());
        const advice = ADVICE[status] ?? "";
        problem = new ConnectorProblem(
          status === 401 || status === 403 ? "not-authorized" : status >= 500 ? "unreachable" : "refused",
          `${url.host} answers with HTTP ${status}.${said} ${advice}`.trim(),
          status,
        );
      } catch (error) {
        if (error instanceof Later && attempt < ATTEMPTS) {
          await this.wait(error.until, error.message);
          continue;
        }
        if (error instanceof OutgoingProblem) problem = new ConnectorProblem("unreachable", error.message);
        else if (error instanceof ConnectorProblem) problem = error;
        else throw error;
      }
      if (problem.code !== "unreachable" || attempt >= ATTEMPTS) throw problem;
      // Up to half more or less, so that many connectors do not all come back at once.
      const pause = PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random());
      await delay(pause, undefined, { signal: this.stop });
    }
  }

  private async once(url: URL, ask: Outgoing) {
    const headers = {
      accept: "application/json",
      "user-agent": "Rollcall",
      ...ask.headers,
      ...(await this.authorizer.headers()),
    };
    const asked = Date.now();
    const answer = await outgoing(url, { ...ask, headers }, { maxRedirects: 0 });
    this.skew = skewOf(answer.headers, asked, Date.now());
    this.notBefore = restAfter(answer.headers);
    return {
      ok: answer.ok,
      status: answer.status,
      headers: answer.headers,
      text: () => answer.text(),
      json: async (): Promise<Answer> => {
        const bytes = new Uint8Array(await answer.arrayBuffer());
        try {
          return { headers: answer.headers, bytes, json: JSON.parse(new TextDecoder().decode(bytes)) };
        } catch {
          throw new ConnectorProblem("unreachable", `${url.host} gave an answer that is cut off or no JSON.`);
        }
      },
    };
  }

  /** @throws {Later} when that is too long to wait for. */
  private async wait(until: number, why: string): Promise<void> {
    const left = until - Date.now();
    if (left <= 0) return;
    if (left > LONGEST_WAIT_MS) throw new Later(until, why);
    await delay(left, undefined, { signal: this.stop });
  }
}
