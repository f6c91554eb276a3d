"use client";
import { useQuery } from "@tanstack/react-query";
import type { ConnectorsReport, SourcesReport } from "../../lib/reports/contract.ts";
import { AccessLogSection } from "../access-log/access-log-section.tsx";
import { askedEvery } from "../data/api.ts";
import { count, plural } from "../format/number.ts";
import { PushSection } from "../push-sources/push-section.tsx";
import { ScimSourcesSection } from "../scim-sources/scim-sources-section.tsx";
import { Answer } from "../ui/answer.tsx";
import { Problem } from "../ui/problem.tsx";
/** What came in, and what could not be read? */
import { Moment } from "../ui/when.tsx";
import { DropZone } from "./drop-zone.tsx";
import { LiveSources } from "./live-sources.tsx";
import { LoadSample } from "./load-sample.tsx";
import { SourcesKept } from "./sources-kept.tsx";
import { sourcesQuery } from "./sources-query.ts";
import { IngestsTable, RejectedTable, UnknownTypesTable } from "./tables.tsx";
import { YearStrips } from "./year-strip.tsx";

const POLL_MS = 1000;

function Sentence({ sources }: { sources: SourcesReport["sources"] }) {
  if (sources.length === 0) return <>Nothing has come in yet. Drop a file, or explore the sample company.</>;
  const records = sources.reduce((sum, source) => sum + source.records, 0);
  const rejected = sources.reduce((sum, source) => sum + source.rejected, 0);
  const gaps = sources.reduce((sum, source) => sum + source.gaps.length, 0);
  const newest = sources
    .flatMap(({ lastEventAt }) => lastEventAt ?? [])
    .sort()
    .at(-1);
  return (
    <>
      {plural(records, "record")} of {plural(sources.length, "source")} are in
      {newest === undefined ? null : (
        <>
          , the newest event of <Moment at={newest} />
        </>
      )}
      ;{" "}
      {rejected === 0 ? (
        "every one could be read."
      ) : (
        <>
          <a href="#rejected" className="figure">
            {count(rejected)}
          </a>{" "}
          could not be read and {rejected === 1 ? "is" : "are"} kept as {rejected === 1 ? "it" : "they"} came.
        </>
      )}{" "}
      {gaps === 0 ? null : (
        <>
          <a href="#gaps" className="figure">
            {plural(gaps, "gap")}
          </a>{" "}
          in time {gaps === 1 ? "was" : "were"} found.
        </>
      )}
    </>
  );
}

export function SourcesPage({
  initial,
  live,
}: {
  initial: SourcesReport;
  /** Null for whoever does not see them. */
  live: ConnectorsReport | null;
}) {
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    ...sourcesQuery,
    initialData: initial,
    refetchInterval: askedEvery<SourcesReport>(
      ({ ingests }) => ingests.some((row) => row.state === "running") && POLL_MS,
    ),
  });
  return (
    <div className="space-y-8">
      <div>
        <Answer title="Sources">
          <Sentence sources={data.sources} />
        </Answer>
        {error === null ? null : <Problem error={error} retry={() => void refetch()} since={dataUpdatedAt} />}
        <DropZone />
        {data.sources.length === 0 ? (
          <div className="mt-4">
            <LoadSample />
          </div>
        ) : null}
      </div>
      {live === null ? null : <LiveSources initial={live} />}
      {data.sources.length === 0 ? null : (
        <section>
          <h2 className="mb-2">{plural(data.sources.length, "source")}</h2>
          <SourcesKept sources={data.sources} />
        </section>
      )}
      {data.sources.length === 0 ? null : (
        <section>
          <h2 id="gaps" className="mb-2">
            When events came
          </h2>
          <YearStrips sources={data.sources} />
        </section>
      )}
      <ScimSourcesSection />
      <PushSection />
      <AccessLogSection />
      {data.rejected.length === 0 ? null : (
        <section>
          <h2 id="rejected" className="mb-2">
            Records that could not be read
          </h2>
          <RejectedTable rejected={data.rejected} />
        </section>
      )}
      {data.unknownTypes.length === 0 ? null : (
        <section>
          <h2 id="unknown-types" className="mb-2">
            Event types that Rollcall does not know
          </h2>
          <p className="mb-2 max-w-prose text-sm text-soft">
            Their records are kept and stand on timelines, but no rule reads them. Most often the provider has
            a new type that a newer version of Rollcall knows.
          </p>
          <UnknownTypesTable types={data.unknownTypes} />
        </section>
      )}
      {data.ingests.length === 0 ? null : (
        <section>
          <h2 className="mb-2">What came in, newest first</h2>
          <IngestsTable ingests={data.ingests} />
        </section>
      )}
    </div>
  );
}
