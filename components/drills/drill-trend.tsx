"use client";
/** How long the steps of drills took, from drill to drill. */
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { KeptTrial } from "../../lib/trials/read-trials.ts";
import { day } from "../format/time.ts";
import { axisLook, OPEN } from "../offboarding/curve-look.ts";
import { AsTable } from "../ui/as-table.tsx";
import { Moment } from "../ui/when.tsx";
import { DRAWN, latency, type TrendPoint, trendOf } from "./trend.ts";

const SIZE = { width: 480, height: 144 };

/** Told apart by the pattern of their lines: colour means state alone. */
const DASHES: Record<(typeof DRAWN)[number], string> = {
  create: "2 3",
  change: "8 3",
  deactivate: "",
  delete: "8 3 2 3",
};

function Point({ active, payload }: { active?: boolean; payload?: readonly { payload?: unknown }[] }) {
  const point = payload?.[0]?.payload as TrendPoint | undefined;
  if (!active || point === undefined) return null;
  const told = DRAWN.flatMap((name) => {
    const ms = point[name];
    return ms === null ? [] : [`${name} ${latency(ms)}`];
  });
  return (
    <p className="rounded border border-line bg-raised px-2 py-1 text-xs shadow">
      {day(point.at)}: {told.length === 0 ? "nothing passed" : told.join(", ")}
    </p>
  );
}

export function DrillTrend({ trials }: { trials: readonly KeptTrial[] }) {
  const points = trendOf(trials);
  if (points.length < 2) return null;
  const axis = axisLook(11);
  return (
    <figure className="min-w-0 overflow-x-clip">
      <figcaption className="mb-2 flex flex-wrap gap-x-4 text-sm text-soft">
        Time until it showed, drill by drill
        {DRAWN.map((name) => (
          <span key={name} className="inline-flex items-center gap-1.5">
            <svg width="24" height="4" aria-hidden="true">
              <path d="M0 2h24" stroke="var(--color-accent)" strokeWidth="2" strokeDasharray={DASHES[name]} />
            </svg>
            {name}
          </span>
        ))}
      </figcaption>
      <div role="img" aria-label="How long the steps of drills took; the same stands in the table beneath">
        <ResponsiveContainer width="100%" height={SIZE.height} initialDimension={SIZE}>
          <LineChart
            accessibilityLayer={false}
            data={points}
            margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
          >
            <CartesianGrid stroke="var(--color-line)" vertical={false} />
            <XAxis {...axis} dataKey="at" tickFormatter={day} minTickGap={40} />
            <YAxis {...axis} width={60} domain={[0, "auto"]} tickFormatter={latency} />
            <Tooltip content={Point} isAnimationActive={false} />
            {DRAWN.map((name) => (
              <Line
                key={name}
                {...OPEN}
                type="linear"
                dataKey={name}
                strokeDasharray={DASHES[name]}
                dot={{ r: 2, strokeDasharray: "" }}
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <AsTable
        label="How long the steps of drills took"
        columns={[{ head: "Drill" }, ...DRAWN.map((head) => ({ head, number: true }))]}
        rows={points.toReversed().map((point) => ({
          key: point.at,
          cells: [
            <Moment key="at" at={point.at} />,
            ...DRAWN.map((name) => {
              const ms = point[name];
              return ms === null ? "–" : latency(ms);
            }),
          ],
        }))}
      />
    </figure>
  );
}
