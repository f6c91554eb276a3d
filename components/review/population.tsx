"use client";
/** What the review is of: frozen when it was opened, and made again to compare. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReviewReport } from "../../lib/reviews/contract.ts";
import { fetchJson } from "../data/api.ts";
import { count, plural } from "../format/number.ts";
import { reviewPath } from "../reviews/review-query.ts";
import { items } from "../reviews/words.ts";
import { Facts } from "../ui/facts.tsx";
import { Problem } from "../ui/problem.tsx";
import { State } from "../ui/state-mark.tsx";
import { Ago, Moment } from "../ui/when.tsx";
import { scopeWords } from "./words.ts";

interface Check {
  same: boolean;
  sha256: string;
  missing: string[];
  added: string[];
  changed: string[];
}

/** Shown of a list of keys; the others are counted. */
const SHOWN = 10;

function Keys({ what, keys }: { what: string; keys: readonly string[] }) {
  if (keys.length === 0) return null;
  return (
    <li>
      {items(keys.length)} {what}:
      <ul className="ml-4 text-soft">
        {keys.slice(0, SHOWN).map((key) => (
          <li key={key} className="font-mono text-xs [overflow-wrap:anywhere]">
            {key}
          </li>
        ))}
        {keys.length > SHOWN ? <li>and {count(keys.length - SHOWN)} more</li> : null}
      </ul>
    </li>
  );
}

function Result({ check: { same, missing, added, changed, sha256 } }: { check: Check }) {
  if (same)
    return (
      <p role="status">
        <State tone="good" word="The same" />: made again from the log, the list has the same hash.
      </p>
    );
  return (
    <div role="status">
      <p>
        <State tone="bad" word="Not the same" />: made again from the log, its hash is{" "}
        <span className="font-mono text-xs [overflow-wrap:anywhere]">{sha256}</span>. Records of that time may
        have come in since.
      </p>
      <ul className="mt-1 text-sm">
        <Keys what="not there any more" keys={missing} />
        <Keys what="there now, and not then" keys={added} />
        <Keys what="with other facts" keys={changed} />
      </ul>
    </div>
  );
}

export function PopulationFacts({ report }: { report: ReviewReport }) {
  const { population, openedAt, openedBy } = report;
  const [asked, setAsked] = useState(false);
  const check = useQuery({
    queryKey: ["review-population", report.review],
    queryFn: ({ signal }) => fetchJson<Check>(`${reviewPath(report.review)}/population`, { signal }),
    enabled: asked,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const again = () => {
    setAsked(true);
    if (asked) void check.refetch();
  };
  const rejected = population.sources.reduce((sum, source) => sum + source.rejected, 0);
  return (
    <div className="space-y-3">
      <Facts
        rows={[
          ["What", scopeWords(population.scope)],
          ["As of", <Moment key="asOf" at={population.asOf} />],
          [
            "Opened",
            <span key="opened">
              <Moment at={openedAt} /> by {openedBy}
            </span>,
          ],
          ["Rows", count(population.rows)],
          [
            "SHA-256",
            <span key="hash" className="font-mono text-xs">
              {population.sha256}
            </span>,
          ],
          [
            "From",
            <span key="sources">
              {plural(population.sources.length, "source")}
              {population.sources.map(({ source, lastEventAt }, i) => (
                <span key={source}>
                  {i === 0 ? ": " : ", "}
                  {source}{" "}
                  {lastEventAt === null ? (
                    "without an event"
                  ) : (
                    <>
                      up to <Ago at={lastEventAt} asOf={population.asOf} />
                    </>
                  )}
                </span>
              ))}
              {rejected === 0 ? "" : `; ${plural(rejected, "record")} could not be read`}
            </span>,
          ],
        ]}
      />
      <details className="text-sm">
        <summary className="w-fit cursor-pointer text-soft hover:text-ink">Show the query</summary>
        <pre className="record mt-1">
          {JSON.stringify({ asOf: population.asOf, scope: population.scope }, null, 2)}
        </pre>
      </details>
      <button type="button" className="button" disabled={check.isFetching} onClick={again}>
        {check.isFetching ? "Making it again …" : "Check now"}
      </button>
      {check.error === null ? null : (
        <Problem error={check.error} retry={again} since={check.dataUpdatedAt} />
      )}
      {check.data === undefined ? null : <Result check={check.data} />}
    </div>
  );
}
