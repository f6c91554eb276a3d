/**
 * Times and durations in the reader's words. Written out by hand rather than through Intl, whose wording differs
 * between the server's and the browser's language data. All in UTC, but for what says that it is the reader's own clock.
 */
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const pair = (big: number, bigUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;

const days = (value: number): string => `${value} ${value === 1 ? "day" : "days"}`;

/** A duration of whole seconds: `40 s`, `12 min`, `3 h 20 min`, `2 days 4 h`, `12 days`. */
export function duration(seconds: number): string {
  const s = Math.max(Math.floor(seconds), 0);
  if (s < MINUTE) return `${s} s`;
  if (s < HOUR) return `${Math.floor(s / MINUTE)} min`;
  if (s < 2 * DAY) return pair(Math.floor(s / HOUR), "h", Math.floor((s % HOUR) / MINUTE), "min");
  const whole = Math.floor(s / DAY);
  const hours = Math.floor((s % DAY) / HOUR);
  return whole >= 10 || hours === 0 ? days(whole) : `${days(whole)} ${hours} h`;
}

const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

/** How long before `asOf` a moment lies: `12 days ago`; a moment after it is told as such. */
export function ago(at: string, asOf: string): string {
  const s = secondsBetween(at, asOf);
  if (s < 0) return `in ${coarse(-s)}`;
  return s < MINUTE ? "just before" : `${coarse(s)} ago`;
}

/** The one unit that tells most. */
function coarse(seconds: number): string {
  if (seconds < MINUTE) return "under a minute";
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  if (seconds < 2 * DAY) return `${Math.floor(seconds / HOUR)} h`;
  if (seconds < 62 * DAY) return days(Math.floor(seconds / DAY));
  if (seconds < 730 * DAY) return `${Math.floor(seconds / (30.44 * DAY))} months`;
  return `${Math.floor(seconds / (365.25 * DAY))} years`;
}

/** An age for narrow columns: `5m`, `3h`, `12d`, `7mo`, `2y`. */
export function shortAge(at: string, asOf: string): string {
  const s = Math.max(secondsBetween(at, asOf), 0);
  if (s < HOUR) return `${Math.floor(s / MINUTE)}m`;
  if (s < DAY) return `${Math.floor(s / HOUR)}h`;
  if (s < 62 * DAY) return `${Math.floor(s / DAY)}d`;
  if (s < 730 * DAY) return `${Math.floor(s / (30.44 * DAY))}mo`;
  return `${Math.floor(s / (365.25 * DAY))}y`;
}

/** The exact moment: `2026-03-01 09:00:00 UTC`. */
export const utc = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;

/** A day: `1 Mar 2026`. */
export function day(at: string): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** A day and a minute: `1 Mar 2026, 09:00 UTC`. */
export const dayAndTime = (at: string): string => `${day(at)}, ${at.slice(11, 16)} UTC`;

const twoDigits = (value: number): string => String(value).padStart(2, "0");

/** A time of the day: `09:00:00`. */
export const clock = (at: string): string => at.slice(11, 19);

// What follows goes by the clock of the machine that asks: for browsers alone.

/** `1 Mar 2026`. */
export function localDay(at: string): string {
  const date = new Date(at);
  return `${date.getDate()} ${MONTHS[date.getMonth()]} ${date.getFullYear()}`;
}

/** `10:00:00`. */
export function localClock(at: string): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(":");
}

/** `1 Mar 2026, 10:00`. */
export const localDayAndTime = (at: string): string => `${localDay(at)}, ${localClock(at).slice(0, 5)}`;
