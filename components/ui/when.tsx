/** A moment in the reader's words, the exact UTC on hover. */
import { ago, utc } from "../format/time.ts";
import { LocalMoment } from "./local-moment.tsx";

/** "12 days ago", told from the report's own moment; a dash when there is no moment. */
export function Ago({ at, asOf }: { at: string | null; asOf: string }) {
  if (at === null) return <span className="text-soft">–</span>;
  return (
    <time dateTime={at} title={utc(at)} className="whitespace-nowrap">
      {ago(at, asOf)}
    </time>
  );
}

/** "1 Mar 2026, 10:00" by the reader's clock; a dash when there is no moment. */
export function Moment({ at }: { at: string | null }) {
  if (at === null) return <span className="text-soft">–</span>;
  return <LocalMoment at={at} />;
}
