"use client";
/** The figures of one answer, each with its change: fetched after the page stands, into a place of its own size. */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { OverviewQuestion, OverviewReport, OverviewRow } from "../../lib/reports/contract.ts";
import { fetchJson } from "../data/api.ts";
import { day } from "../format/time.ts";
import type { Tone } from "../format/words.ts";
import { StateMark } from "../ui/state-mark.tsx";
import { type Change, changeOf, dayBefore, figureInWords, hadRecords } from "./changes.ts";
import { FIGURES } from "./figures.ts";

/** A past day is worked out once: what it was does not age. */
function useBefore(asOf: string) {
  const past = dayBefore(asOf);
  return useQuery({
    queryKey: ["report", "overview", past],
    queryFn: ({ signal }) => fetchJson<OverviewReport>(`/api/v1/reports/overview?asOf=${past}`, { signal }),
    staleTime: Infinity,
  });
}

const TONES: Record<NonNullable<Change["verdict"]>, Tone> = { better: "good", worse: "bad", same: "none" };

function ChangeInWords({ change }: { change: Change | null }) {
  if (change === null) return <>no change is known</>;
  const { words, verdict } = change;
  if (verdict === null || verdict === "same") return <>{words}</>;
  return (
    <>
      <StateMark tone={TONES[verdict]} size={8} /> {words}, {verdict}
    </>
  );
}

function Waiting() {
  return <span className="my-1 block h-2 w-20 rounded bg-sunken motion-safe:animate-pulse" />;
}

export function Changes({
  rows,
  question,
  asOf,
}: {
  rows: readonly OverviewRow[];
  question: OverviewQuestion;
  asOf: string;
}) {
  const { data, isPending } = useBefore(asOf);
  const own = rows.filter((row) => row.question === question);
  const told = (row: OverviewRow) => {
    if (isPending) return <Waiting />;
    if (data === undefined) return <>could not be told</>;
    if (!hadRecords(data)) return <>no data then</>;
    return (
      <ChangeInWords
        change={changeOf(
          row,
          data.rows.find(({ figure }) => figure === row.figure),
        )}
      />
    );
  };
  return (
    <ul
      aria-label={`Figures, and their change since ${day(dayBefore(asOf))}`}
      aria-busy={isPending}
      className="mt-3 grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-3 lg:grid-cols-5"
    >
      {own.map((row) => {
        const { label, href } = FIGURES[row.figure];
        return (
          <li key={row.figure} className="min-w-0 text-sm">
            <Link href={href} prefetch={false} className="block hover:underline">
              <span className="block truncate text-xs text-soft">{label}</span>
              <span className="font-medium">{figureInWords(row)}</span>
            </Link>
            <span className="flex h-4 items-center gap-1 truncate text-xs text-soft">{told(row)}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** From when the changes are counted; says so too where there was nothing to compare with, or it could not be had. */
export function ChangesSince({ asOf }: { asOf: string }) {
  const { data, error, refetch } = useBefore(asOf);
  const since = day(dayBefore(asOf));
  return (
    <p className="mb-2 min-h-5 text-sm text-soft">
      {error !== null ? (
        <>
          The change since {since} could not be worked out: {error.message}{" "}
          <button type="button" className="link" onClick={() => void refetch()}>
            Try again
          </button>
        </>
      ) : data !== undefined && !hadRecords(data) ? (
        `Changes over 90 days can't be told yet: there was no data on ${since}.`
      ) : (
        `Changes are since ${since}, 90 days before.`
      )}
    </p>
  );
}
