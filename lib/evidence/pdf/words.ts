/** Numbers and times in the words of a document. */

export const count = (value: number): string => value.toLocaleString("en-GB");

/** `1 gap`, `2 gaps`. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** Seconds as `45 s`, `12 min`, `3 h 20 min`, `12 days`; a dash where there is none. */
export function duration(seconds: number | null): string {
  if (seconds === null) return "–";
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${count(Math.floor(hours / 24))} days`;
}

/** `2026-03-01 09:00 UTC`; a dash for no time. */
export const moment = (iso: string | null): string =>
  iso === null ? "–" : `${iso.slice(0, 16).replace("T", " ")} UTC`;

/** A moment in a column whose head says that it is UTC. */
export const minute = (iso: string | null): string =>
  iso === null ? "–" : iso.slice(0, 16).replace("T", " ");

/** A percentile of durations: where too many are still open, no time can be named. */
export const reached = (seconds: number | null): string =>
  seconds === null ? "not reached" : duration(seconds);

/** Within which time half and 95 % had ended, as the end of a sentence. */
export function withinWords({ p50, p95 }: { p50: number | null; p95: number | null }): string {
  if (p50 === null) return "Less than half has ended, so no time can be named.";
  const most =
    p95 === null ? "so much is open that no time can be named for 95 %." : `95 % within ${duration(p95)}.`;
  return `Half had ended within ${duration(p50)}, ${most} What is still open is counted.`;
}

export const day = (iso: string | null): string => (iso === null ? "–" : iso.slice(0, 10));

/** `84 %`; a dash of nothing. Never 100 where something is missing, never 0 where something is there. */
export function share(part: number, whole: number): string {
  if (whole === 0) return "–";
  const percent = Math.round((part / whole) * 100);
  if (percent === 100 && part < whole) return "> 99 %";
  if (percent === 0 && part > 0) return "< 1 %";
  return `${percent} %`;
}
