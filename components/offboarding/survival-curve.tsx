"use client";
/** The Kaplan–Meier curve and its band: the share of accounts still open so long after leaving, open cases counted. */
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { OffboardingReport } from "../../lib/reports/contract.ts";
import { duration } from "../format/time.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A logarithmic axis has no zero: everything under a minute stands at its beginning. */
const START = MINUTE;
const TICKS = [MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, DAY, 7 * DAY, 30 * DAY, 365 * DAY];
const SIZE = { width: 480, height: 176 };

type Curve = OffboardingReport["curve"];

interface CurvePoint {
  seconds: number;
  open: number;
  band: [lower: number, upper: number];
}

/** The curve from "all open", past its last step for as long as open cases have been watched. */
function pointsOf(curve: Curve, watched: number): CurvePoint[] {
  const first: CurvePoint = { seconds: START, open: 1, band: [1, 1] };
  const steps = curve.map(
    ({ seconds, open, lower, upper }): CurvePoint => ({
      seconds: Math.max(seconds, START),
      open,
      band: [lower, upper],
    }),
  );
  const last = steps.at(-1) ?? first;
  return [first, ...steps, { ...last, seconds: Math.max(watched, last.seconds) }];
}

const percent = (share: number): string => (100 * share).toFixed(1);

function Point({ active, payload }: { active?: boolean; payload?: readonly { payload?: unknown }[] }) {
  const point = payload?.[0]?.payload as CurvePoint | undefined;
  if (!active || point === undefined) return null;
  const [lower, upper] = point.band;
  return (
    <p className="rounded border border-line bg-raised px-2 py-1 text-xs shadow">
      {percent(point.open)} % ({percent(lower)}–{percent(upper)} %) still open after {duration(point.seconds)}
    </p>
  );
}

export function SurvivalCurve({
  curve,
  sla,
  watched,
}: {
  curve: Curve;
  /** Seconds; null where applications differ: no one line is true then. */
  sla: number | null;
  watched: number;
}) {
  const points = pointsOf(curve, watched);
  const end = Math.max(DAY, points.at(-1)?.seconds ?? DAY);
  const axis = { stroke: "var(--color-strong-line)", fontSize: 11, tick: { fill: "var(--color-soft)" } };
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 text-sm text-soft">
        Share still open (Kaplan–Meier, 95 % band shaded)
      </figcaption>
      <ResponsiveContainer width="100%" height={SIZE.height} initialDimension={SIZE}>
        <ComposedChart data={points} margin={{ top: 8, right: 12, bottom: 0, left: 0 }}>
          <CartesianGrid stroke="var(--color-line)" vertical={false} />
          <XAxis
            {...axis}
            dataKey="seconds"
            type="number"
            scale="log"
            domain={[START, end]}
            ticks={TICKS.filter((tick) => tick <= end)}
            tickFormatter={duration}
          />
          <YAxis
            {...axis}
            width={52}
            domain={[0, 1]}
            ticks={[0, 0.25, 0.5, 0.75, 1]}
            tickFormatter={(share: number) => `${100 * share} %`}
          />
          {sla === null ? null : (
            <ReferenceLine
              x={sla}
              stroke="var(--color-ink)"
              strokeDasharray="3 3"
              label={{
                value: `SLA ${duration(sla)}`,
                fontSize: 11,
                fill: "var(--color-soft)",
                position: "insideTopRight",
              }}
            />
          )}
          <Tooltip content={Point} isAnimationActive={false} />
          <Area
            dataKey="band"
            type="stepAfter"
            stroke="none"
            fill="var(--color-accent)"
            fillOpacity={0.18}
            activeDot={false}
            isAnimationActive={false}
          />
          <Line
            dataKey="open"
            type="stepAfter"
            stroke="var(--color-accent)"
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </figure>
  );
}
