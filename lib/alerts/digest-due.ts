/** When the weekly digest is due: Mondays at 08:00 by the clock of a zone. Pure. */
import { tz } from "@date-fns/tz";
import { addWeeks } from "date-fns/addWeeks";
import { setHours } from "date-fns/setHours";
import { startOfISOWeek } from "date-fns/startOfISOWeek";

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

/** Monday, 08:00 in the zone, of the week that is so many weeks from that of `now`. */
function mondayOf(now: number, zone: string, weeks: number): number {
  const there = { in: tz(zone) };
  return setHours(addWeeks(startOfISOWeek(now, there), weeks, there), HOUR_OF_DAY, there).getTime();
}

/** The last Monday, 08:00 there, up to `now`; milliseconds since 1970. */
export function lastDigestAt(now: number, zone: string): number {
  const own = mondayOf(now, zone, 0);
  return own <= now ? own : mondayOf(now, zone, -1);
}

/** The next one after `now`. */
export function nextDigestAt(now: number, zone: string): number {
  const own = mondayOf(now, zone, 0);
  return own > now ? own : mondayOf(now, zone, 1);
}
