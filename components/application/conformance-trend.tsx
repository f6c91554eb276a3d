"use client";
/** How many checks failed, gave a warning and passed, from one check of the service to the next. */
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { ConformanceTold } from "../../lib/conformance/read-reports.ts";
import { count } from "../format/number.ts";
import { day } from "../format/time.ts";
import { axisLook, OPEN } from "../offboarding/curve-look.ts";
import { AsTable } from "../ui/as-table.tsx";
import { Moment } from "../ui/when.tsx";
import { DRAWN, type LevelTrend, type Point, trendsOf } from "./conformance-points.ts";
import { levelWords } from "./conformance-words.ts";

const SIZE = { width: 480, height: 144 };

/** States by their colours, and told apart by the pattern of their lines as well. */
const LINES: Record<(typeof DRAWN)[number], { word: string; stroke: string; dashes: string }> = {
  failed: { word: "Failed", stroke: "var(--color-bad)", dashes: "" },
  warning: { word: "Warning", stroke: "var(--color-risk)", dashes: "2 3" },
  passed: { word: "Passed", stroke: "var(--color-good)", dashes: "8 3" },
};

function Told({ active, payload }: { active?: boolean; payload?: readonly { payload?: unknown }[] }) {
  const point = payload?.[0]?.payload as Point | undefined;
  if (!active || point === undefined) return null;
  return (
    <p className="rounded border border-line bg-raised px-2 py-1 text-xs shadow">
      {day(point.at)}: {DRAWN.map((name) => `${name} ${count(point[name])}`).join(", ")}
    </p>
  );
}

function Trend({ level, points }: LevelTrend) {
  const axis = axisLook(11);
  const label = `What failed, gave a warning and passed, check by check (${levelWords(level)})`;
  return (
    <figure className="min-w-0 overflow-x-clip">
      <figcaption className="mb-2 flex flex-wrap gap-x-4 text-sm text-soft">
        Check by check ({levelWords(level)})
        {DRAWN.map((name) => {
          const { word, stroke, dashes } = LINES[name];
          return (
            <span key={name} className="inline-flex items-center gap-1.5">
              <svg width="24" height="4" aria-hidden="true">
                <path d="M0 2h24" stroke={stroke} strokeWidth="2" strokeDasharray={dashes} />
              </svg>
              {word}
            </span>
          );
        })}
      </figcaption>
      <div role="img" aria-label={`${label}; the same stands in the table beneath`}>
        <ResponsiveContainer width="100%" height={SIZE.height} initialDimension={SIZE}>
          <LineChart
            accessibilityLayer={false}
            data={points}
            margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
          >
            <CartesianGrid stroke="var(--color-line)" vertical={false} />
            <XAxis {...axis} dataKey="at" tickFormatter={day} minTickGap={40} />
            <YAxis {...axis} width={40} domain={[0, "auto"]} allowDecimals={false} tickCount={3} />
            <Tooltip content={Told} isAnimationActive={false} />
            {DRAWN.map((name) => {
              const { stroke, dashes } = LINES[name];
              return (
                <Line
                  key={name}
                  {...OPEN}
                  type="linear"
                  dataKey={name}
                  stroke={stroke}
                  strokeDasharray={dashes}
                  dot={{ r: 2, strokeDasharray: "" }}
                />
              );
            })}
          </LineChart>
        </ResponsiveContainer>
      </div>
      <AsTable
        label={label}
        columns={[{ head: "Check" }, ...DRAWN.map((name) => ({ head: LINES[name].word, number: true }))]}
        rows={points.toReversed().map((point) => ({
          key: point.at,
          cells: [<Moment key="at" at={point.at} />, ...DRAWN.map((name) => count(point[name]))],
        }))}
      />
    </figure>
  );
}

export function ConformanceTrend({ reports }: { reports: readonly ConformanceTold[] }) {
  const trends = trendsOf(reports);
  if (trends.length === 0) return null;
  return (
    <div className="grid grid-cols-1 gap-x-12 gap-y-4 md:grid-cols-2">
      {trends.map((trend) => (
        <Trend key={trend.level} {...trend} />
      ))}
    </div>
  );
}
