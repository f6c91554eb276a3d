"use client";
/** What runs and what ended lately, and the long work that can be begun from anywhere. */
import { useState } from "react";
import type { JobRow } from "../../lib/reports/contract.ts";
import { bytes } from "../format/number.ts";
import { Confirm } from "../ui/confirm.tsx";
import { Refusal } from "../ui/field.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { State } from "../ui/state-mark.tsx";
import { Moment } from "../ui/when.tsx";
import { EvidenceForm } from "./evidence-form.tsx";
import { progressOf, STATE_WORDS, shareOf, titleOf } from "./job-words.ts";
import { useBegin } from "./use-begin.ts";

function Line({ row }: { row: JobRow }) {
  const title = titleOf(row);
  const share = shareOf(row);
  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{title}</span>
        <State {...STATE_WORDS[row.state]} />
      </p>
      {row.state === "running" ? (
        <>
          <progress
            className="progress my-1"
            aria-label={title}
            max={share === null ? undefined : 1}
            value={share ?? undefined}
          />
          <p className="text-sm text-soft">
            {share === 1 && row.unit !== "checks"
              ? "Everything is read; working out what it says"
              : progressOf(row)}
          </p>
        </>
      ) : null}
      {row.error === null ? null : <p className="text-sm text-bad">{row.error}</p>}
      <p className="text-sm text-soft">
        {row.by === null ? "" : `${row.by}, `}
        <Moment at={row.startedAt} />
      </p>
      {row.download === null ? null : (
        <p className="mt-1 text-sm">
          <a className="button" href={row.download.href} download>
            Download, {bytes(row.download.bytes)}
          </a>{" "}
          <span className="text-soft">
            until <Moment at={row.download.until} />
          </span>
        </p>
      )}
    </li>
  );
}

function Rebuild() {
  const [asking, setAsking] = useState(false);
  const begin = useBegin("/api/v1/rebuild", () => setAsking(false));
  return (
    <>
      <button type="button" className="button" onClick={() => setAsking(true)}>
        Work everything out anew
      </button>
      {asking ? (
        <Confirm
          title="Work everything out anew?"
          act="Begin"
          doing={begin}
          how={{}}
          onClose={() => setAsking(false)}
        >
          <p>
            Every number is made again from the records, which stay as they are. Pages show the old numbers
            until it is done.
          </p>
        </Confirm>
      ) : null}
    </>
  );
}

export function JobsPanel({
  jobs,
  error,
  mayExport,
  mayRebuild,
  onClose,
}: {
  jobs: readonly JobRow[];
  error: Error | null;
  mayExport: boolean;
  mayRebuild: boolean;
  onClose: () => void;
}) {
  const running = jobs.filter(({ state }) => state === "running");
  const ended = jobs.filter(({ state }) => state !== "running");
  return (
    <SidePanel title="Work" onClose={onClose}>
      {mayExport || mayRebuild ? (
        <div className="mb-6 flex flex-wrap gap-2">
          {mayExport ? <EvidenceForm /> : null}
          {mayRebuild ? <Rebuild /> : null}
        </div>
      ) : null}
      <Refusal>{error?.message}</Refusal>
      <h3 className="font-semibold">Running</h3>
      {running.length === 0 ? (
        <p className="py-2 text-sm text-soft">Nothing runs now. It goes on when you leave the page.</p>
      ) : (
        <ul>
          {running.map((row) => (
            <Line key={row.id} row={row} />
          ))}
        </ul>
      )}
      <h3 className="mt-6 font-semibold">Lately</h3>
      {ended.length === 0 ? (
        <p className="py-2 text-sm text-soft">Files that come in and packs that were made will stand here.</p>
      ) : (
        <ul>
          {ended.map((row) => (
            <Line key={row.id} row={row} />
          ))}
        </ul>
      )}
    </SidePanel>
  );
}
