"use client";
/** The curve of each group in small, all to one scale, that of all together dotted behind it. */
import { Area, ComposedChart, Line, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from "recharts";
import type { CurveStep, OffboardingGroup } from "../../lib/reports/contract.ts";
import { plural } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { AsTable } from "../ui/as-table.tsx";
import { FilterLink } from "../ui/filter-link.tsx";
import { estimateAt, estimateInWords, MOMENTS, pointsOf, shareInWords } from "./curve.ts";
import { axisLook, BAND, OPEN, SLA_LINE, timeAxis } from "./curve-look.ts";
import { GROUPINGS, type Grouping } from "./groups.ts";
import { percentileInWords } from "./words.ts";

const DAY = 86_400;
const SIZE = { width: 220, height: 112 };

/** One whose curve is there. */
type Drawn = OffboardingGroup & { curve: CurveStep[] };

/** What a reader who can't see the curve is told. */
function labelOf(group: Drawn, sla: number | null): string {
  const moment = sla ?? DAY;
  const share = estimateInWords(estimateAt(group.curve, group.watched, moment));
  return `${group.name}: ${share} still open after ${duration(moment)}`;
}

function GroupCurve({
  group,
  whole,
  sla,
  end,
  by,
}: {
  group: Drawn;
  whole: readonly CurveStep[];
  /** Seconds; null where the group's applications differ. */
  sla: number | null;
  /** Seconds at the right end of every curve. */
  end: number;
  by: Grouping;
}) {
  const axis = axisLook(10);
  return (
    <li className="min-w-0">
      <div className="flex items-baseline justify-between gap-2 text-xs">
        <FilterLink set={GROUPINGS[by].link(group.name)} className="link truncate text-sm">
          {group.name}
        </FilterLink>
        <span className="whitespace-nowrap text-soft">{plural(group.steps, "account")}</span>
      </div>
      <div role="img" aria-label={labelOf(group, sla)}>
        <ResponsiveContainer width="100%" height={SIZE.height} initialDimension={SIZE}>
          <ComposedChart
            accessibilityLayer={false}
            data={pointsOf(group.curve, group.watched, whole)}
            margin={{ top: 6, right: 10, bottom: 0, left: 0 }}
          >
            <XAxis {...axis} {...timeAxis(end, 2)} />
            <YAxis
              {...axis}
              width={34}
              domain={[0, 1]}
              ticks={[0, 0.5, 1]}
              tickFormatter={(share: number) => `${100 * share}%`}
            />
            {sla === null ? null : <ReferenceLine x={sla} {...SLA_LINE} />}
            <Area {...BAND} />
            <Line
              {...OPEN}
              dataKey="all"
              stroke="var(--color-soft)"
              strokeWidth={1}
              strokeDasharray="1 3"
              activeDot={false}
            />
            <Line {...OPEN} activeDot={false} />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
      <p className="text-xs text-soft">
        half within {percentileInWords(group.kaplanMeier.p50, group.bands.p50)}
      </p>
    </li>
  );
}

export function GroupCurves({
  groups,
  whole,
  slaOf,
  by,
}: {
  groups: readonly OffboardingGroup[];
  /** The curve of all together. */
  whole: readonly CurveStep[];
  /** Seconds that a group is judged by; null where its applications differ. */
  slaOf: (group: OffboardingGroup) => number | null;
  by: Grouping;
}) {
  const seen = groups.filter((group): group is Drawn => group.steps > 0 && group.curve !== null);
  if (seen.length === 0) return null;
  const end = Math.max(DAY, ...seen.map(({ watched }) => watched));
  const { label } = GROUPINGS[by];
  return (
    <figure className="mb-4" aria-label={`Share still open by ${label.toLowerCase()}`}>
      <figcaption className="mb-2 text-sm text-soft">
        Share still open (line, 95 % band shaded); dotted: all together; dashed upright: the SLA
      </figcaption>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(200px,1fr))] gap-x-6 gap-y-4">
        {seen.map((group) => (
          <GroupCurve key={group.name} group={group} whole={whole} sla={slaOf(group)} end={end} by={by} />
        ))}
      </ul>
      <AsTable
        label={`Share still open by ${label.toLowerCase()}`}
        columns={[
          { head: label },
          { head: "Accounts", number: true },
          ...MOMENTS.map((seconds) => ({ head: `After ${duration(seconds)}`, number: true })),
        ]}
        rows={seen.map(({ name, steps, curve, watched }) => ({
          key: name,
          cells: [
            name,
            steps,
            ...MOMENTS.map((seconds) => shareInWords(estimateAt(curve, watched, seconds))),
          ],
        }))}
      />
    </figure>
  );
}
