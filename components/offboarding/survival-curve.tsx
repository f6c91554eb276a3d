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
import { AsTable } from "../ui/as-table.tsx";
import { type CurvePoint, estimateAt, estimateInWords, MOMENTS, pointsOf, START } from "./curve.ts";
import { axisLook, BAND, OPEN, SLA_LINE, timeAxis } from "./curve-look.ts";

const DAY = 86_400;
const SIZE = { width: 480, height: 176 };

function Point({ active, payload }: { active?: boolean; payload?: readonly { payload?: unknown }[] }) {
  const point = payload?.[0]?.payload as CurvePoint | undefined;
  if (!active || point === undefined) return null;
  const [lower, upper] = point.band;
  const share = estimateInWords({ open: point.open, lower, upper });
  return (
    <p className="rounded border border-line bg-raised px-2 py-1 text-xs shadow">
      {share} still open after {duration(point.seconds)}
    </p>
  );
}

export function SurvivalCurve({
  curve,
  sla,
  watched,
}: {
  curve: OffboardingReport["curve"];
  /** Seconds; null where applications differ: no one line is true then. */
  sla: number | null;
  watched: number;
}) {
  const points = pointsOf(curve, watched);
  const end = Math.max(DAY, points.at(-1)?.seconds ?? DAY);
  const axis = axisLook(11);
  // Until its place is measured the picture may be wider than a phone: nothing is to scroll sideways for it.
  return (
    <figure className="min-w-0 overflow-x-clip">
      <figcaption className="mb-2 text-sm text-soft">
        Share still open (Kaplan–Meier, 95 % band shaded)
      </figcaption>
      <ResponsiveContainer width="100%" height={SIZE.height} initialDimension={SIZE}>
        <ComposedChart data={points} margin={{ top: 8, right: 12, bottom: 0, left: 0 }}>
          <CartesianGrid stroke="var(--color-line)" vertical={false} />
          <XAxis {...axis} {...timeAxis(end)} />
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
              {...SLA_LINE}
              label={{
                value: `SLA ${duration(sla)}`,
                fontSize: 11,
                fill: "var(--color-soft)",
                position: "insideTopRight",
              }}
            />
          )}
          <Tooltip content={Point} isAnimationActive={false} />
          <Area {...BAND} />
          <Line {...OPEN} />
        </ComposedChart>
      </ResponsiveContainer>
      <AsTable
        label="Share still open"
        columns={[{ head: "After leaving" }, { head: "Still open (95 % band)", number: true }]}
        rows={MOMENTS.map((seconds) => ({
          key: String(seconds),
          cells: [
            duration(seconds),
            estimateInWords(estimateAt(curve, points.at(-1)?.seconds ?? START, seconds)),
          ],
        }))}
      />
    </figure>
  );
}
