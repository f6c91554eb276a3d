/**
 * Requests of one person who is signed in, and what became of each. They share the machine with what is measured, and so are Node's own
 * plain ones: by fetch each would take some milliseconds of a processor more.
 */
import { once } from "node:events";
import { Agent, type IncomingMessage, request as requestTo } from "node:http";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";

const COOKIE = "next-auth.session-token";
/** Nobody waits longer; a report of a whole log that is worked out for the first time takes its time. */
const LONGEST_MS = 150_000;

export interface Answer {
  /** 0: none came. */
  status: number;
  /** The code of a refusal, or what cut the connection; null where it went well. */
  error: string | null;
  /** Of a refusal, for people; null where it went well. */
  message: string | null;
  retryAfter: string | null;
  /** As it was before it was compressed for its way. */
  readonly body: Buffer;
  ms: number;
}

/** What cut off a request, in a word. */
function cutBy(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === "TimeoutError") return "too late";
  return "code" in cause ? String(cause.code) : cause.message;
}

function refusalOf(status: number, body: Buffer): { error: string; message: string | null } {
  try {
    const { error } = JSON.parse(body.toString()) as { error: { code: string; message: string } };
    return { error: `${status} ${error.code}`, message: error.message };
  } catch {
    return { error: String(status), message: null };
  }
}

export interface Request {
  method?: string;
  body?: string | Buffer;
  type?: string;
  longestMs?: number;
}

/** Connections stay open, as browsers and programs keep them. */
const agent = new Agent({ keepAlive: true });

/** @param session empty: nobody's. */
export async function ask(
  origin: string,
  session: string,
  path: string,
  { method, body, type = "application/json", longestMs = LONGEST_MS }: Request = {},
): Promise<Answer> {
  const started = performance.now();
  const request = requestTo(`${origin}${path}`, {
    agent,
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: {
      "accept-encoding": "gzip",
      ...(session === "" ? {} : { cookie: `${COOKIE}=${session}` }),
      ...(body === undefined && method === undefined ? {} : { origin, "content-type": type }),
      ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }),
    },
  });
  // Of a connection that breaks off in the midst of an answer both hear: the answer tells.
  request.on("error", () => {});
  const late = setTimeout(() => request.destroy(new DOMException("", "TimeoutError")), longestMs);
  try {
    request.end(body);
    const [response] = (await once(request, "response")) as [IncomingMessage];
    const bytes = await buffer(response);
    const ms = performance.now() - started;
    const { statusCode: status = 0, headers } = response;
    const whole = () => (headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes);
    const bad = status >= 400 ? refusalOf(status, whole()) : { error: null, message: null };
    return {
      status,
      ...bad,
      retryAfter: headers["retry-after"] ?? null,
      // Most answers are only waited for.
      get body() {
        return whole();
      },
      ms,
    };
  } catch (error) {
    const ms = performance.now() - started;
    return { status: 0, error: cutBy(error), message: null, retryAfter: null, body: Buffer.alloc(0), ms };
  } finally {
    clearTimeout(late);
  }
}

/** A report of many people that is worked out for the first time. */
const FIRST_TIME_MS = 20 * 60_000;
const ASK_AGAIN_MS = 1_000;

/** The same, of what may have to be worked out first: asked until it is there. */
export async function askWhenThere(origin: string, session: string, path: string): Promise<Answer> {
  const until = performance.now() + FIRST_TIME_MS;
  for (;;) {
    const answer = await ask(origin, session, path);
    if (answer.error !== "503 being_worked_out" || performance.now() > until) return answer;
    await sleep(ASK_AGAIN_MS);
  }
}

/** Opens a sign-in link as a browser does. @returns the session that it begins. */
export async function sessionOf(link: string): Promise<string> {
  const answer = await fetch(link, { redirect: "manual" });
  await answer.arrayBuffer();
  const cookie = answer.headers.getSetCookie().find((one) => one.startsWith(`${COOKIE}=`));
  const session = cookie?.slice(COOKIE.length + 1).split(";")[0];
  if (!session) throw new Error(`The link signs nobody in: ${answer.headers.get("location")}`);
  return session;
}

/** What an answer must have been. @throws what it was instead. */
export function jsonOf<T>(answer: Answer): T {
  if (answer.status === 200 || answer.status === 202) return JSON.parse(answer.body.toString()) as T;
  throw new Error(`${answer.error}: ${answer.message ?? answer.body.toString().slice(0, 200)}`);
}
