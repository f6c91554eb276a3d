/** Where moments after leaving stand on the axis, and which marks stand together. Pure. */
import type { Leaving, LeavingLane, LeavingMark } from "../../lib/reports/contract.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** An axis ends no earlier than this, so that minutes do not fill a page. */
const SHORTEST = HOUR;
const TICKS = [0, MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY, 180 * DAY, 730 * DAY];
/** Marks nearer than this share of the axis are one: each still has room to be clicked. */
const NEAR = 0.03;

/** Seconds from leaving to a moment; negative before it. */
export const secondsAfter = (leftAt: string, at: string): number =>
  (Date.parse(at) - Date.parse(leftAt)) / 1000;

/** Seconds that the axis spans: to the last thing that happened, or to now where something is open or was watched for. */
export function spanOf({ leftAt, until, lanes }: Leaving): number {
  const open = lanes.some(({ step }) => step?.openFor !== null && step !== null);
  const moments = lanes.flatMap(({ marks }) => marks.map(({ at }) => secondsAfter(leftAt, at)));
  const rehired = lanes.some(({ step }) => step?.status === "rehired");
  const last = open || rehired ? secondsAfter(leftAt, until) : 0;
  return Math.max(SHORTEST, last, ...moments);
}

/** Minutes matter at the start and days at the end: 0 at leaving (and before it), 1 at the end of the span. */
export function placeOf(seconds: number, span: number): number {
  const scaled = (value: number) => Math.log1p(Math.max(value, 0) / MINUTE);
  return Math.min(scaled(seconds) / scaled(span), 1);
}

/** The moments that are written under the axis. */
export function ticksOf(span: number): { seconds: number; place: number }[] {
  const all = TICKS.filter((seconds) => seconds <= span).map((seconds) => ({
    seconds,
    place: placeOf(seconds, span),
  }));
  const ticks: { seconds: number; place: number }[] = [];
  // Their words need room.
  for (const tick of all) if (tick.place - (ticks.at(-1)?.place ?? -1) > 0.07) ticks.push(tick);
  return ticks;
}

/** One mark, or several of a kind that stand so near that they are drawn as one. */
export interface Cluster {
  kind: LeavingMark["kind"];
  place: number;
  marks: [LeavingMark, ...LeavingMark[]];
}

/** In order of time; a cluster stands at its newest mark. */
export function clustersOf({ marks }: Pick<LeavingLane, "marks">, leftAt: string, span: number): Cluster[] {
  const clusters: Cluster[] = [];
  const open = new Map<LeavingMark["kind"], Cluster & { from: number }>();
  for (const mark of marks) {
    const place = placeOf(secondsAfter(leftAt, mark.at), span);
    const known = open.get(mark.kind);
    if (known !== undefined && place - known.from < NEAR) {
      known.marks.push(mark);
      known.place = place;
      continue;
    }
    const cluster = { kind: mark.kind, place, from: place, marks: [mark] as Cluster["marks"] };
    open.set(mark.kind, cluster);
    clusters.push(cluster);
  }
  return clusters;
}
