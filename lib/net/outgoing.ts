/**
 * The only way in which Rollcall calls out. Addresses come from people and from answers of others, so none is trusted: no
 * call reaches this machine or its network unless the host was allowed by name.
 */
import { lookup as dnsLookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import type { Response as UndiciResponse } from "undici";
import { isPublic } from "./addresses.ts";

/** Why a call was not made, or came to nothing, in a sentence for the person who gave the address. */
export class OutgoingProblem extends Error {
  override name = "OutgoingProblem";
  constructor(
    readonly code: "bad-address" | "private-address" | "redirect" | "too-large" | "timeout" | "unreachable",
    message: string,
  ) {
    super(message);
  }
}

export interface Outgoing {
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array<ArrayBuffer>;
}

/** The addresses of a host, as the system's resolver gives them. */
export type Resolve = (host: string) => Promise<{ address: string; family: number }[]>;

export interface OutgoingOptions {
  /** Hosts by name that may be private and may be called by http, beside those of ROLLCALL_ALLOW_HOSTS. */
  allow?: readonly string[];
  /** The largest answer, in bytes, after decompression. Default: 32 MiB, above any page of a provider's API. */
  maxBytes?: number;
  /** For all of the call, redirects and the answer's body included. Default: 30 s, what providers answer within at their worst. */
  timeoutMs?: number;
  /** Default: 5. */
  maxRedirects?: number;
  /** For tests: another resolver. */
  resolve?: Resolve;
}

const MAX_BYTES = 32 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const MAX_REDIRECTS = 5;

/** What another origin may be told of a request: nothing that could be a secret. */
const HARMLESS = new Set(["accept", "accept-language", "content-type", "user-agent"]);

const systemResolve: Resolve = (host) => dnsLookup(host, { all: true });

const named = (host: string): string => host.trim().toLowerCase().replace(/\.$/u, "");

function allowedHosts(allow: readonly string[]): Set<string> {
  const setting = (process.env.ROLLCALL_ALLOW_HOSTS ?? "").split(",");
  return new Set([...setting, ...allow].map(named).filter((host) => host !== ""));
}

/** Whether the operator has named the host in ROLLCALL_ALLOW_HOSTS. */
export const isAllowedHost = (host: string): boolean => allowedHosts([]).has(named(host));

/** A URL's host without the brackets of IPv6. Every spelling of an IPv4 address (decimal, octal, hex) is dotted in it. */
const hostOf = (url: URL): string => named(url.hostname.replace(/^\[|\]$/gu, ""));

const isPrivate = (host: string) =>
  new OutgoingProblem(
    "private-address",
    `The address of ${host} is not one of the public internet. If it is meant, name the host in ROLLCALL_ALLOW_HOSTS.`,
  );

/** @throws {OutgoingProblem} when the URL alone tells that it must not be called. */
function checked(text: string | URL, base: URL | null, allowed: ReadonlySet<string>): URL {
  let url: URL;
  try {
    url = base === null ? new URL(text) : new URL(text, base);
  } catch {
    throw new OutgoingProblem(
      "bad-address",
      "This is no address that can be called; it looks like https://….",
    );
  }
  const host = hostOf(url);
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new OutgoingProblem("bad-address", `Only https addresses are called, not ${url.protocol}`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new OutgoingProblem("bad-address", "An address must not hold a user name or a password.");
  }
  if (allowed.has(host)) return url;
  if (url.protocol === "http:") {
    throw new OutgoingProblem(
      "bad-address",
      `${host} would be called without encryption; give an https address, or name the host in ROLLCALL_ALLOW_HOSTS.`,
    );
  }
  // The resolver is not asked for those.
  if (isIP(host) !== 0 && !isPublic(host)) throw isPrivate(host);
  return url;
}

/**
 * What a socket asks for the addresses that it connects to: there is no moment between the check and the connection in
 * which a name could come to mean another address (DNS rebinding).
 */
export function guardedLookup(allowed: ReadonlySet<string>, resolve: Resolve): LookupFunction {
  return (host, options, done) => {
    resolve(host).then(
      (found) => {
        const family = options.family === 4 || options.family === "IPv4" ? 4 : options.family === 6 ? 6 : 0;
        const usable = found.filter((one) => family === 0 || one.family === family);
        const [first] = usable;
        if (first === undefined)
          return done(Object.assign(new Error("no address"), { code: "ENOTFOUND" }), "");
        // One that is private among public ones is no mistake.
        if (!allowed.has(named(host)) && found.some(({ address }) => !isPublic(address))) {
          return done(isPrivate(host), "");
        }
        if (options.all) done(null, usable);
        else done(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => done(error, ""),
    );
  };
}

interface Hop {
  url: URL;
  method: string;
  headers: Readonly<Record<string, string>>;
  body: Outgoing["body"];
}

/** Where an answer leads to: null where it is the last one. */
function nextHop({ status, headers }: UndiciResponse, from: Hop, allowed: ReadonlySet<string>): Hop | null {
  const location = headers.get("location");
  if (![301, 302, 303, 307, 308].includes(status) || location === null) return null;
  const url = checked(location, from.url, allowed);
  const sameOrigin = url.origin === from.url.origin;
  const keepsBody = status === 307 || status === 308;
  if (!sameOrigin && keepsBody && from.body !== undefined) {
    throw new OutgoingProblem(
      "redirect",
      `${from.url.host} would have what was sent to it sent on to ${url.host}.`,
    );
  }
  const lowered = Object.entries(from.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  // RFC 9110 §15.4.2 to §15.4.4: what was not GET or HEAD goes on as GET, without its content.
  const asGet = !keepsBody && from.method !== "HEAD";
  const kept = lowered.filter(
    ([name]) => (sameOrigin || HARMLESS.has(name)) && !(asGet && name.startsWith("content-")),
  );
  return {
    url,
    method: asGet ? "GET" : from.method,
    headers: Object.fromEntries(kept),
    body: keepsBody ? from.body : undefined,
  };
}

/** @throws {OutgoingProblem} when there is more than may be. */
async function bodyOf(answer: UndiciResponse, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    length += (chunk as Uint8Array).length;
    if (length > maxBytes) {
      throw new OutgoingProblem("too-large", `The answer is larger than ${maxBytes} bytes.`);
    }
    chunks.push(chunk as Uint8Array);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** A failure of the network as a problem: what was refused on the way stands somewhere in its causes. */
function problemOf(error: unknown, host: string, timeoutMs: number): OutgoingProblem {
  let last: unknown = error;
  for (let one: unknown = error; one instanceof Error; one = one.cause) {
    if (one instanceof OutgoingProblem) return one;
    if (one.name === "TimeoutError") {
      return new OutgoingProblem("timeout", `${host} did not answer within ${timeoutMs / 1000} seconds.`);
    }
    last = one;
  }
  const { code, message } = last as NodeJS.ErrnoException;
  return new OutgoingProblem("unreachable", `${host} can't be reached: ${code ?? message}.`);
}

/**
 * Calls an address. Only https, but for hosts that are allowed; never an address that is not of the public internet, but
 * for those; redirects are followed up to `maxRedirects` times, each address held to the same, and another origin is told
 * nothing but harmless headers.
 * @returns the answer with its body, read to its end; of any status.
 * @throws {OutgoingProblem}
 */
export async function outgoing(
  address: string | URL,
  { method = "GET", headers = {}, body }: Outgoing = {},
  {
    allow = [],
    maxBytes = MAX_BYTES,
    timeoutMs = TIMEOUT_MS,
    maxRedirects = MAX_REDIRECTS,
    resolve = systemResolve,
  }: OutgoingOptions = {},
): Promise<Response> {
  const allowed = allowedHosts(allow);
  let hop: Hop = { url: checked(address, null, allowed), method: method.toUpperCase(), headers, body };
  // Read by whoever calls out: commands that don't start without it.
  const { Agent, fetch } = await import("undici");
  // One for each call: a connection that another call has opened was checked for that call's hosts.
  const dispatcher = new Agent({ connect: { lookup: guardedLookup(allowed, resolve) } });
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    for (let redirects = 0; ; redirects++) {
      const answer = await fetch(hop.url, {
        method: hop.method,
        headers: hop.headers,
        body: hop.body ?? null,
        redirect: "manual",
        dispatcher,
        signal,
      });
      const next = nextHop(answer, hop, allowed);
      if (next === null) {
        const bytes = await bodyOf(answer, maxBytes);
        const empty = [101, 204, 205, 304].includes(answer.status);
        return new Response(empty ? null : bytes, { status: answer.status, headers: [...answer.headers] });
      }
      await answer.body?.cancel();
      if (redirects === maxRedirects) {
        throw new OutgoingProblem(
          "redirect",
          maxRedirects === 0
            ? `${hop.url.host} leads on to ${next.url.host}${next.url.pathname}, which is not followed: give the address that it leads to.`
            : `${hop.url.host} leads on and on: more than ${maxRedirects} redirects.`,
        );
      }
      hop = next;
    }
  } catch (error) {
    throw problemOf(error, hop.url.host, timeoutMs);
  } finally {
    await dispatcher.destroy();
  }
}
