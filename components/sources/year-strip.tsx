/** When each source's events came: a year as a row of days, and in words what is missing. */
import type { SourceRow } from "../../lib/reports/contract.ts";
import { count, plural } from "../format/number.ts";
import { day } from "../format/time.ts";
import { GapText } from "../ui/gap-text.tsx";
import { StateMark } from "../ui/state-mark.tsx";
import { type DayState, type Stretch, stretchesOf } from "./year.ts";

const COLOURS: Record<DayState, string> = {
  events: "bg-good",
  none: "bg-sunken",
  missing: "hatched bg-bad",
};

const WORDS: Record<DayState, string> = {
  events: "events",
  none: "no events",
  missing: "events are missing",
};

function stretchWords({ state, from, to, days }: Stretch): string {
  return days === 1 ? `${day(from)}: ${WORDS[state]}` : `${day(from)} to ${day(to)}: ${WORDS[state]}`;
}

function Year({ source }: { source: SourceRow }) {
  const stretches = stretchesOf(source);
  const [first, last] = [stretches[0], stretches.at(-1)];
  const busy = source.year.events.filter((events) => events > 0).length;
  if (first === undefined || last === undefined) return null;
  return (
    <li>
      <div className="flex flex-wrap justify-between gap-x-4 text-sm">
        <h3 className="font-medium">{source.source}</h3>
        <span className="text-soft">
          events on {plural(busy, "day")} of {count(source.year.events.length)}, {day(first.from)} to{" "}
          {day(last.to)}
        </span>
      </div>
      <div
        role="img"
        aria-label={`${source.source}: events on ${busy} days of ${source.year.events.length}, ${plural(source.gaps.length, "gap")}`}
        className="mt-1 flex h-4 w-full overflow-hidden rounded border border-line"
      >
        {stretches.map((stretch) => (
          <span
            key={stretch.from}
            title={stretchWords(stretch)}
            className={`min-w-0 basis-0 ${COLOURS[stretch.state]}`}
            style={{ flexGrow: stretch.days }}
          />
        ))}
      </div>
      {source.gaps.length === 0 ? (
        <p className="mt-1 text-xs text-soft">No gap was found.</p>
      ) : (
        <ul className="mt-1 space-y-0.5 text-sm">
          {source.gaps.map((gap) => (
            <li
              key={`${gap.kind} ${gap.from} ${gap.to}`}
              title={gap.why}
              className="flex items-baseline gap-1.5"
            >
              <StateMark tone={gap.kind === "retention" ? "bad" : "risk"} />
              <span className="first-letter:uppercase">
                <GapText gap={gap} />.
              </span>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

export function YearStrips({ sources }: { sources: readonly SourceRow[] }) {
  return (
    <ul className="space-y-4">
      {sources.map((source) => (
        <Year key={source.id} source={source} />
      ))}
    </ul>
  );
}
