/** One call to an application's SCIM 2.0 service (RFC 7644). */
import { z } from "zod";
import { OutgoingProblem, outgoing } from "../net/outgoing.ts";
import { shown } from "../net/shown.ts";
import { ScimProblem } from "./problem.ts";

export interface ScimTarget {
  /** Of the service, without a slash at the end: `/Users` and `/Groups` lie beneath it. */
  url: string;
  token: string;
}

export interface ScimRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Beneath the service's address, each part encoded. */
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
  /** Sent as it stands, in place of a body: for what is no JSON. */
  text?: string;
  /** The version that the change is meant for (RFC 7644 §3.14); null: whichever. */
  version?: string | null;
}

export interface ScimAnswer {
  status: number;
  /** JSON; null when there was no content. */
  body: unknown;
  /** Of the ETag. */
  version: string | null;
}

/** An answer of any status, as it came. */
export interface ScimExchange {
  status: number;
  headers: Response["headers"];
  text: string;
  /** Its JSON; null when there was no content, undefined when it is no JSON. */
  json: unknown;
  /** Milliseconds from the call to the answer's end. */
  tookMs: number;
}

export interface ScimLimits {
  timeoutMs: number;
  /** The largest answer that is read. */
  maxBytes: number;
}

/** A person waits for the answer; single users, and groups without their members, are asked for. */
const SMALL: ScimLimits = { timeoutMs: 15_000, maxBytes: 1024 * 1024 };

/** RFC 7644 §3.12. */
const ERROR = z.object({ detail: z.string().optional(), scimType: z.string().optional() });

const WHY: Record<number, string> = {
  401: "does not take the token: an admin sets a new one on the application's page",
  403: "does not allow this with the token",
  404: "knows nothing of it",
  409: "says that this conflicts with what is there",
  412: "has another version meanwhile: nothing was changed, try again",
  429: "has been asked too often",
  501: "does not support this",
};

function whyOf(status: number): string {
  const known = WHY[status];
  if (known !== undefined) return known;
  return status >= 500 ? "has failed" : "did not accept this";
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

function refusal(host: string, { status, headers, json }: ScimExchange): ScimProblem {
  const error = ERROR.safeParse(json);
  const said = error.success ? [error.data.scimType, error.data.detail].filter(Boolean).join(", ") : "";
  const wait = status === 429 ? shown(headers.get("retry-after") ?? "", 40) : "";
  return new ScimProblem(
    status === 401 || status === 429 || (status >= 500 && status !== 501) ? "not-now" : "refused",
    [
      `${host} ${whyOf(status)} (HTTP ${status}).`,
      wait === "" ? "" : `Again after ${/^\d+$/u.test(wait) ? `${wait} s` : wait}.`,
      said === "" ? "" : `It said: ${shown(said)}`,
    ]
      .filter((part) => part !== "")
      .join(" "),
  );
}

/** JSON; null when there was no content, undefined when it is no JSON. */
const contentOf = (text: string): unknown => (text.trim() === "" ? null : parsed(text));

/**
 * Asks and waits for the answer, whatever it is. No redirect is followed: a change would become a question on the way.
 * @throws {ScimProblem} `unreachable`, when none came.
 */
export async function exchangeScim(
  { url, token }: ScimTarget,
  { method, path, query = {}, body, text: raw, version = null }: ScimRequest,
  limits: ScimLimits = SMALL,
): Promise<ScimExchange> {
  const address = new URL(`${url}${path}`);
  address.search = new URLSearchParams(query).toString();
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const began = performance.now();
  try {
    const answer = await outgoing(
      address,
      {
        method,
        headers: {
          accept: "application/scim+json, application/json;q=0.9",
          authorization: `Bearer ${token}`,
          "user-agent": "Rollcall",
          ...(sent === undefined ? {} : { "content-type": "application/scim+json" }),
          ...(version === null ? {} : { "if-match": version }),
        },
        ...(sent === undefined ? {} : { body: sent }),
      },
      { ...limits, maxRedirects: 0 },
    );
    const text = await answer.text();
    const tookMs = performance.now() - began;
    return { status: answer.status, headers: answer.headers, text, json: contentOf(text), tookMs };
  } catch (error) {
    if (!(error instanceof OutgoingProblem)) throw error;
    throw new ScimProblem("unreachable", error.message);
  }
}

/**
 * The same, for whoever goes on only when it went well.
 * @returns the answer: one of 200 to 299, 404, or 400 to a question, which some services say to an id that they can't have made.
 * @throws {ScimProblem} for anything else, and for content that is no JSON.
 */
export async function callScim(target: ScimTarget, request: ScimRequest): Promise<ScimAnswer> {
  const { host } = new URL(target.url);
  const answer = await exchangeScim(target, request);
  const { status, headers, json } = answer;
  const isOk = status >= 200 && status < 300;
  const unknown = status === 404 || (status === 400 && request.method === "GET");
  if (!isOk && !unknown) throw refusal(host, answer);
  if (json === undefined && isOk) {
    const type = shown(headers.get("content-type") ?? "no type", 100);
    throw new ScimProblem(
      "no-scim",
      `${host} did not answer in JSON (${type}): is the address that of its SCIM service?`,
    );
  }
  return { status, body: json ?? null, version: headers.get("etag") };
}
