/** Requests of one person who is signed in, and what became of each. */
import { setTimeout as sleep } from "node:timers/promises";

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
  body: Buffer;
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
  body?: BodyInit;
  type?: string;
  longestMs?: number;
}

/** @param session empty: nobody's. */
export async function ask(
  origin: string,
  session: string,
  path: string,
  { method, body, type = "application/json", longestMs = LONGEST_MS }: Request = {},
): Promise<Answer> {
  const started = performance.now();
  try {
    const response = await fetch(`${origin}${path}`, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      redirect: "manual",
      signal: AbortSignal.timeout(longestMs),
      headers: {
        ...(session === "" ? {} : { cookie: `${COOKIE}=${session}` }),
        ...(body === undefined && method === undefined ? {} : { origin, "content-type": type }),
      },
      ...(body === undefined ? {} : { body }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const ms = performance.now() - started;
    const { status } = response;
    const retryAfter = response.headers.get("retry-after");
    const bad = status >= 400 ? refusalOf(status, bytes) : { error: null, message: null };
    return { status, ...bad, retryAfter, body: bytes, ms };
  } catch (error) {
    const ms = performance.now() - started;
    return { status: 0, error: cutBy(error), message: null, retryAfter: null, body: Buffer.alloc(0), ms };
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
