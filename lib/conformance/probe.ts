/** Asks the service: not too often, not too long, and with a note of each question that may be shown to others. */
import { setTimeout as delay } from "node:timers/promises";
import { shown } from "../net/shown.ts";
import { exchangeScim, type ScimExchange, type ScimRequest, type ScimTarget } from "../scim/call.ts";
import { ScimProblem } from "../scim/problem.ts";
import type { ToldExchange } from "./finding.ts";
import type { People } from "./people.ts";

export interface ProbeLimits {
  /** Requests of a run, those that clean up aside. */
  requests: number;
  /** Milliseconds from one request to the next. */
  paceMs: number;
  /** Milliseconds of a run, what cleans up aside. */
  runMs: number;
}

/**
 * A run asks some 180 times; ten a second are borne by services that allow a client some hundred a minute, with what they ask
 * to wait for. A person waits for the result.
 */
export const PROBE_LIMITS: ProbeLimits = { requests: 250, paceMs: 100, runMs: 8 * 60_000 };

/** What is kept for cleaning up, whatever happened before. */
const CLEANUP = { requests: 30, runMs: 60_000 };
/** What a service may have a client wait at once, and how often for one request. */
const MOST_WAIT_MS = 60_000;
const MOST_REPEATS = 2;
/** Without a Retry-After. */
const WAIT_MS = 2_000;
const CALL = { timeoutMs: 15_000, maxBytes: 4 * 1024 * 1024 };

export interface Ask extends Omit<ScimRequest, "query"> {
  query?: Readonly<Record<string, string>>;
  /** What stands for `{name}` in path and query, and is told nowhere. */
  hidden?: Readonly<Record<string, string>>;
  /** A bearer token that is none. */
  wrongToken?: boolean;
  /** What the service says of itself: nobody is in it. */
  open?: boolean;
}

export interface Exchange extends ScimExchange {
  asked: Ask;
}

/** The run has to end here; what is left is not tried. */
export class Stopped extends Error {
  override name = "Stopped";
}

/** A check can't be tried, or is none of this service's. */
export class NotTried extends Error {
  override name = "NotTried";
  constructor(
    readonly verdict: "not-tried" | "not-applicable",
    message: string,
  ) {
    super(message);
  }
}

const HEADERS = ["content-type", "location", "etag", "www-authenticate", "retry-after"] as const;

const filled = (
  text: string,
  hidden: Readonly<Record<string, string>>,
  as: (value: string) => string,
): string =>
  text.replace(/\{(\w+)\}/gu, (whole, name: string) => (name in hidden ? as(hidden[name] ?? "") : whole));

/** As a string of a filter (RFC 7644 §3.4.2.2). */
const inFilter = (value: string): string => JSON.stringify(value).slice(1, -1);

/** Why no answer came. Where a redirect leads may name whoever was asked for. */
const noAnswer = ({ message }: ScimProblem): string =>
  message.includes(" leads on to ")
    ? "It answered with a redirect, which is not followed."
    : `No answer came: ${message}`;

/** Milliseconds that a Retry-After asks for (RFC 9110 §10.2.3); null for what is none. */
export function waitOf(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/u.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(at - now, 0);
}

export class Probe {
  requests = 0;
  private told: ToldExchange[] = [];
  private lastAt = 0;
  private deadline: number;
  private most: number;
  private readonly looked = new Map<string, Exchange>();

  constructor(
    private readonly target: ScimTarget,
    private readonly people: People,
    private readonly limits: ProbeLimits,
  ) {
    this.deadline = Date.now() + limits.runMs;
    this.most = limits.requests;
  }

  /** Forgets what was noted, for the next check. @returns what was. */
  take(): ToldExchange[] {
    const told = this.told;
    this.told = [];
    return told;
  }

  /** From here on there is something left to clean up with. */
  forCleanup(): void {
    this.most = this.requests + CLEANUP.requests;
    this.deadline = Date.now() + CLEANUP.runMs;
  }

  private async wait(ms: number): Promise<void> {
    if (Date.now() + ms > this.deadline)
      throw new Stopped("The time of a check was over; services that answer sooner are tried whole.");
    if (ms > 0) await delay(ms);
  }

  private async once(request: ScimRequest, target: ScimTarget): Promise<ScimExchange> {
    if (this.requests >= this.most)
      throw new Stopped(`A check asks ${this.limits.requests} times at most, and had done so.`);
    await this.wait(Math.max(this.lastAt + this.limits.paceMs - Date.now(), 0));
    this.requests += 1;
    try {
      return await exchangeScim(target, request, CALL);
    } catch (error) {
      if (error instanceof ScimProblem) throw new NotTried("not-tried", noAnswer(error));
      throw error;
    } finally {
      this.lastAt = Date.now();
    }
  }

  /** Asks, and waits as long as the service wants where it wants that. @throws {Stopped} {@link NotTried} */
  async ask(asked: Ask): Promise<Exchange> {
    const { hidden = {}, wrongToken = false, open = false, query = {}, ...request } = asked;
    for (const value of Object.values(hidden)) this.people.see(value);
    this.people.isOwnAll(request.body);
    const real: ScimRequest = {
      ...request,
      path: filled(request.path, hidden, encodeURIComponent),
      query: Object.fromEntries(
        Object.entries(query).map(([name, value]) => [
          name,
          filled(value, hidden, name === "filter" ? inFilter : (text) => text),
        ]),
      ),
    };
    const target = wrongToken
      ? { ...this.target, token: "rollcall-check-of-a-token-that-is-none" }
      : this.target;
    let answer = await this.once(real, target);
    for (let repeat = 0; [429, 503].includes(answer.status) && repeat < MOST_REPEATS; repeat++) {
      const ms = waitOf(answer.headers.get("retry-after"), Date.now());
      if (ms === null && answer.status === 503) break;
      if ((ms ?? WAIT_MS) > MOST_WAIT_MS)
        throw new Stopped("The service wants no more requests for longer than a minute.");
      await this.wait(ms ?? WAIT_MS);
      answer = await this.once(real, target);
    }
    if (answer.status === 429) throw new Stopped("The service wants no more requests (HTTP 429).");
    const exchange = { ...answer, asked };
    this.see(exchange, open);
    this.note(exchange);
    return exchange;
  }

  /** Whoever is in an answer is told nowhere, also not in a later one's text. */
  private see({ json, asked }: Exchange, open: boolean): void {
    const isList = typeof json === "object" && json !== null && "Resources" in json;
    if (!open && (isList || asked.hidden !== undefined)) this.people.seeAll(json);
  }

  /**
   * The same, once a run: for what several checks look at and none has changed.
   * @param quiet what is looked at is no part of what is told.
   */
  async look(asked: Ask, quiet = false): Promise<Exchange> {
    const key = JSON.stringify([asked.path, asked.query, asked.hidden]);
    const known = this.looked.get(key);
    const found = known ?? (await this.ask(asked));
    this.looked.set(key, found);
    if (quiet && known === undefined) this.told.pop();
    if (!quiet && known !== undefined) this.note(found);
    return found;
  }

  /** Notes a question and its answer as they may be told. */
  note({ asked, status, headers, text, json }: Exchange): void {
    const { method, path, query = {}, body, text: raw, version = null, open = false } = asked;
    const headerOf = (name: (typeof HEADERS)[number], value: string): string => {
      if (name === "location") return this.people.address(value);
      // A version says nothing of anybody, and has to be told as it is.
      return name === "etag" ? shown(value, 100) : this.people.text(value);
    };
    const search = Object.entries(query).map(
      ([name, value]) => `${name}=${encodeURIComponent(value).replaceAll(/%7B(\w+)%7D/gu, "{$1}")}`,
    );
    this.told.push({
      method,
      path: `${path}${search.length === 0 ? "" : `?${search.join("&")}`}`,
      body: raw ?? (body === undefined ? null : JSON.stringify(body)),
      ifMatch: version,
      status,
      headers: Object.fromEntries(
        HEADERS.flatMap((name) => {
          const value = headers.get(name);
          if (value === null) return [];
          return [[name, headerOf(name, value)]];
        }),
      ),
      answer: this.people.excerpt(text, json, open),
    });
  }
}
