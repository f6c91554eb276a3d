"use client";
/** A moment by the reader's own clock, the exact UTC on hover. */
import { useSyncExternalStore } from "react";
import { dayAndTime, localDayAndTime, utc } from "../format/time.ts";

const never = () => () => {};

/** "1 Mar 2026, 10:00"; in UTC until the browser has told its time zone, which the server does not know. */
export function LocalMoment({ at }: { at: string }) {
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <time dateTime={at} title={utc(at)} className="whitespace-nowrap">
      {inBrowser ? localDayAndTime(at) : dayAndTime(at)}
    </time>
  );
}
