"use client";
import { useQuery } from "@tanstack/react-query";
import type { IngestRow } from "../../lib/reports/contract.ts";
import { bytes, count } from "../format/number.ts";
import { State } from "../ui/state-mark.tsx";
/** One file on its way in: how far it is while it is read, then what came of it. */
import { Moment } from "../ui/when.tsx";
import { ingestWords } from "./ingest-words.ts";
import { sourcesQuery } from "./sources-query.ts";
import type { Upload } from "./use-uploads.ts";

const POLL_MS = 500;

/** Null until the server has begun to read. */
function useProgress(upload: Upload): IngestRow | null {
  const { data } = useQuery({
    ...sourcesQuery,
    enabled: upload.phase === "sending",
    refetchInterval: POLL_MS,
    staleTime: 0,
  });
  return data?.ingests.find(({ id }) => id === upload.id) ?? null;
}

function Progress({ read, total, row }: { read: number; total: number | null; row: IngestRow | null }) {
  return (
    <div>
      <progress
        className="progress"
        aria-label="Bytes read"
        max={total ?? undefined}
        value={total === null ? undefined : read}
      />
      <p role="status" className="text-sm text-soft">
        {bytes(read)}
        {total === null ? "" : ` of ${bytes(total)}`} read
        {row === null
          ? ""
          : `; ${count(row.records)} records, ${count(row.accepted)} new, ${count(row.duplicates)} already known, ${count(row.rejected)} not readable`}
      </p>
    </div>
  );
}

export function UploadLine({ upload }: { upload: Upload }) {
  const progress = useProgress(upload);
  const { phase, result } = upload;
  return (
    <li className="border-b border-line py-2 last:border-b-0">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium [overflow-wrap:anywhere]">{upload.file}</span>
        {phase === "waiting" ? <span className="text-sm text-soft">waiting for its turn</span> : null}
      </p>
      {phase === "sending" ? (
        <Progress read={progress?.bytesRead ?? 0} total={upload.bytes} row={progress} />
      ) : null}
      {phase === "failed" ? (
        <p role="alert" className="flex items-baseline gap-2">
          <State tone="bad" word="Failed" /> <span>{upload.error}</span>
        </p>
      ) : null}
      {phase === "done" && result !== null ? (
        <p role="status" className="flex flex-wrap items-baseline gap-x-2">
          <State tone={result.rejected > 0 ? "risk" : "good"} word="Done" />
          <span>
            {ingestWords(result)}. It is in source {result.source}
            {result.lastEventAt === null ? null : (
              <>
                , its newest event of <Moment at={result.lastEventAt} />
              </>
            )}
            .
          </span>
        </p>
      ) : null}
    </li>
  );
}
