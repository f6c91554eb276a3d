"use client";
/** The Kaplan–Meier curve: the share of accounts still open so long after leaving, open cases counted. */
import {
  CartesianGrid,
  Line,
  LineChart,
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

/** The curve from "all open", past its last step for as long as open cases have been watched. */
function pointsOf(curve: Curve, watched: number): Curve {
  const steps = curve.map(({ seconds, open }) => ({ seconds: Math.max(seconds, START), open }));
  const last = steps.at(-1) ?? { seconds: START, open: 1 };
  return [
    { seconds: START, open: 1 },
    ...steps,
    { seconds: Math.max(watched, last.seconds), open: last.open },
  ];
}

function Point({ active, payload }: { active?: boolean; payload?: readonly { payload?: unknown }[] }) {
  const point = payload?.[0]?.payload as { seconds: number; open: number } | undefined;
  if (!active || point === undefined) return null;
  return (
    <p className="rounded border border-line bg-raised px-2 py-1 text-xs shadow">
      {(100 * point.open).toFixed(1)} % still open after {duration(point.seconds)}
    </p>
  );
}

export function SurvivalCurve({ curve, sla, watched }: { curve: Curve; sla: number; watched: number }) {
  const points = pointsOf(curve, watched);
  const end = Math.max(DAY, points.at(-1)?.seconds ?? DAY);
  const axis = { stroke: "var(--color-strong-line)", fontSize: 11, tick: { fill: "var(--color-soft)" } };
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 text-sm text-soft">Share of accounts still open (Kaplan–Meier)</figcaption>
      <ResponsiveContainer width="100%" height={SIZE.height} initialDimension={SIZE}>
        <LineChart data={points} margin={{ top: 8, right: 12, bottom: 0, left: 0 }}>
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
          <ReferenceLine
            x={sla}
            stroke="var(--color-ink)"
            strokeDasharray="3 3"
            label={{ value: "SLA", fontSize: 11, fill: "var(--color-soft)", position: "insideTopRight" }}
          />
          <Tooltip content={Point} isAnimationActive={false} />
          <Line
            dataKey="open"
            type="stepAfter"
            stroke="var(--color-accent)"
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </figure>
  );
}
