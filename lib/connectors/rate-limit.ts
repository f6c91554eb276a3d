/** When a vendor may be called again, by what its answers say. */

/** Where nothing is said: as long as the shortest window of any vendor's limits. */
const UNSAID_MS = 10_000;
/** No vendor's window is longer: what says more is wrong, by a clock most often. */
const LONGEST_MS = 3_600_000;

type Headers = Pick<Response["headers"], "get">;

const bounded = (wait: number): number => Math.min(Math.max(wait, 0), LONGEST_MS);

/** A date tells whole seconds: when it was written the clock was at most so much later. */
const DATE_MS = 999;

const dateOf = (headers: Headers): number => Date.parse(headers.get("date") ?? "");

/**
 * Milliseconds by which the vendor's clock is ahead of this one, as little as its answer allows: 0 where both may well be right,
 * however long the answer was on its way, and where it has no date.
 * @param asked when the call was made, by this clock. @param received when its answer was there.
 */
export function skewOf(headers: Headers, asked: number, received: number): number {
  const date = dateOf(headers);
  if (Number.isNaN(date)) return 0;
  return Math.max(date - received, 0) + Math.min(date + DATE_MS - asked, 0);
}

/** The moment of an answer by the vendor's clock, early rather than late. */
function toldNow(headers: Headers, now: number): number {
  const date = dateOf(headers);
  return Number.isNaN(date) || Math.abs(date - now) <= DATE_MS ? now : date;
}

/** Seconds since 1970 by the vendor's clock at which its window ends (Okta: X-Rate-Limit-Reset); null where none is told. */
function resetOf(headers: Headers, now: number): number | null {
  const reset = Number(headers.get("x-rate-limit-reset") ?? Number.NaN);
  return Number.isFinite(reset) ? now + bounded(reset * 1000 - toldNow(headers, now)) : null;
}

/** When to call again after a 429 or a 503, by this machine's clock: Retry-After (RFC 9110 §10.2.3) first. */
export function retryAfter(headers: Headers, now = Date.now()): number {
  const said = headers.get("retry-after");
  if (said !== null && said !== "") {
    const seconds = Number(said);
    if (Number.isFinite(seconds)) return now + bounded(seconds * 1000);
    const date = Date.parse(said);
    if (!Number.isNaN(date)) return now + bounded(date - toldNow(headers, now));
  }
  // A second more: the reset is told in whole seconds.
  const reset = resetOf(headers, now);
  return reset === null ? now + UNSAID_MS : reset + 1_000;
}

/** When the next call may be made after one that went well; 0 where nothing keeps from it. */
export function restAfter(headers: Headers, now = Date.now()): number {
  const remaining = headers.get("x-rate-limit-remaining");
  if (remaining === null || !(Number(remaining) <= 0)) return 0;
  const reset = resetOf(headers, now);
  return reset === null ? 0 : reset + 1_000;
}
