/** When the weekly digest is due: Mondays at 08:00 by the clock of a zone. Pure. */

const WEEK = 7 * 86_400_000;
const HOUR_OF_DAY = 8;

/** Whether this is a time zone that this machine knows (IANA's names). */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** What the clocks of the zone show, as milliseconds as if they were of UTC. */
function localOf(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const [year, month, day, hour, minute, second] = ["year", "month", "day", "hour", "minute", "second"].map(
    (type) => Number(parts.find((part) => part.type === type)?.value),
  ) as [number, number, number, number, number, number];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The moment at which the zone's clocks show `local`; where they leap over it, one beside it. */
function momentOf(local: number, zone: string): number {
  const guess = local - (localOf(local, zone) - local);
  return local - (localOf(guess, zone) - guess);
}

/** The last Monday, 08:00 there, up to `now`; milliseconds since 1970. */
export function lastDigestAt(now: number, zone: string): number {
  const local = new Date(localOf(now, zone));
  const day = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate(), HOUR_OF_DAY);
  const monday = day - ((local.getUTCDay() + 6) % 7) * 86_400_000;
  const at = momentOf(monday, zone);
  return at <= now ? at : momentOf(monday - WEEK, zone);
}

/** The next one after `now`. */
export const nextDigestAt = (now: number, zone: string): number =>
  // Eight days on lies behind the next Monday and before the one after it, whatever the clocks do.
  lastDigestAt(lastDigestAt(now, zone) + 8 * 86_400_000, zone);
