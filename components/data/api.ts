/** Talking to the HTTP API from pages: JSON in, sentences for the person out. */

/** An answer that is no success; its message can be shown as it stands. */
export class ApiProblem extends Error {
  override name = "ApiProblem";
  /** HTTP status; 0 when there was no answer at all. */
  readonly status: number;
  /** What is wrong, for programs; null when the answer does not say. */
  readonly code: string | null;
  /** Seconds after which to ask again, when the answer says so. */
  readonly retryAfter: number | null;

  constructor(
    status: number,
    message: string,
    { code = null, retryAfter = null }: { code?: string | null; retryAfter?: number | null } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** Whether asking again may help: the server failed or can't be reached; what was asked wrongly stays wrong. */
export const mayPass = (error: unknown): boolean =>
  !(error instanceof ApiProblem && error.status >= 400 && error.status < 500);

/** A server that starts anew is there within some seconds. */
const AGAIN_MS = 5_000;

interface Asked<T> {
  state: { status: string; data?: T | undefined; error: Error | null };
}

/** When a query that could not be answered is asked again, in milliseconds; false: not by itself. */
export const askedAgain = ({ state }: Asked<unknown>): number | false =>
  state.status === "error" && mayPass(state.error) ? AGAIN_MS : false;

/**
 * How often a query is asked: as often as what it has told makes worth while, and as {@link askedAgain} says.
 * @param every in milliseconds; false: not for its own sake.
 */
export const askedEvery =
  <T>(every: (data: T) => number | false) =>
  (query: Asked<T>): number | false =>
    (query.state.data === undefined ? false : every(query.state.data)) || askedAgain(query);

const SENTENCES: Record<number, string> = {
  401: "Your session has ended. Sign in again.",
  404: "There is nothing at this address.",
};

async function problemOf(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => null)) as {
    error?: { code?: string; message?: string };
  } | null;
  const message = body?.error?.message ?? SENTENCES[response.status];
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new ApiProblem(
    response.status,
    message ?? `Rollcall answered with an error (HTTP ${response.status}). Its log says more.`,
    { code: body?.error?.code ?? null, retryAfter: Number.isFinite(retryAfter) ? retryAfter : null },
  );
}

/** Sends a request and reads the JSON of its answer. @throws {ApiProblem} */
export async function fetchJson<T>(url: string, init: RequestInit = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiProblem(0, "Rollcall can't be reached. Check that it is still running, then try again.");
  }
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as T;
}

/** Sends a value as JSON, and reads the JSON of the answer. @throws {ApiProblem} */
export const sendJson = <T>(
  url: string,
  method: "POST" | "PATCH" | "PUT" | "DELETE",
  value?: unknown,
): Promise<T> =>
  fetchJson<T>(url, {
    method,
    ...(value === undefined
      ? {}
      : { headers: { "content-type": "application/json" }, body: JSON.stringify(value) }),
  });
