"use client";
/** Moments by the reader's own clock, the exact UTC on hover. */
import { clock, day, localClock, localDay, localDayAndTime, utc } from "../format/time.ts";
import { useInBrowser } from "./use-in-browser.ts";

/** "1 Mar 2026, 10:00"; in UTC for the blink until the browser has told its time zone, in as many letters: nothing moves then. */
export function LocalMoment({ at }: { at: string }) {
  return (
    <time dateTime={at} title={utc(at)} className="whitespace-nowrap">
      {useInBrowser() ? localDayAndTime(at) : `${day(at)}, ${clock(at).slice(0, 5)}`}
    </time>
  );
}

/** "1 Mar 2026", of the reader's own calendar. */
export function LocalDay({ at }: { at: string }) {
  return (
    <time dateTime={at} title={utc(at)} className="whitespace-nowrap">
      {useInBrowser() ? localDay(at) : day(at)}
    </time>
  );
}

/** Day and second of a line on a timeline; the day only where it is another one than that of the line above. */
export function LocalPlace({ at, above }: { at: string; above: string | null }) {
  const [dayOf, clockOf] = useInBrowser() ? [localDay, localClock] : [day, clock];
  const isNew = above === null || dayOf(above) !== dayOf(at);
  return (
    <>
      <td className="whitespace-nowrap">{isNew ? dayOf(at) : null}</td>
      <td>
        <time dateTime={at} title={utc(at)} className="text-soft">
          {clockOf(at)}
        </time>
      </td>
    </>
  );
}
