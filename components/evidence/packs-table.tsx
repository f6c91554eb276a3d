"use client";
/** Packs that schedules have made, one a row, the newest first; and packs made by hand, for the hour that they are kept. */
import type { ReactNode } from "react";
import type { PackRow } from "../../lib/packs/list-packs.ts";
import type { JobRow } from "../../lib/reports/contract.ts";
import { bytes } from "../format/number.ts";
import { progressOf, STATE_WORDS } from "../jobs/job-words.ts";
import { State } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { Ago, Moment } from "../ui/when.tsx";
import { PACK_STATE_WORDS, periodOf, scopeOf } from "./words.ts";

const HEADS = [
  "State",
  "Of",
  "Period",
  "Made",
  "By",
  { head: "Size", number: true },
  "SHA-256",
  "Pack",
] as const;

/** All of it, so that it can be copied and handed to whoever gets the pack. */
function Sha256({ digits }: { digits: string | null }) {
  if (digits === null) return <span className="text-soft">–</span>;
  return <code className="block w-[34ch] font-mono text-xs break-all select-all">{digits}</code>;
}

function Row({
  state,
  of,
  period,
  made,
  by,
  size,
  sha256,
  children,
}: {
  state: ReactNode;
  of: string;
  period: string | null;
  made: string | null;
  by: string;
  size: number | null;
  sha256: string | null;
  /** What can be fetched. */
  children: ReactNode;
}) {
  return (
    <tr>
      <td>{state}</td>
      <th scope="row" className="min-w-32 [overflow-wrap:anywhere]">
        {of}
      </th>
      <td className="whitespace-nowrap">{period ?? <span className="text-soft">–</span>}</td>
      <td>
        <Moment at={made} />
      </td>
      <td className="whitespace-nowrap">{by}</td>
      <td className="number">{size === null ? <span className="text-soft">–</span> : bytes(size)}</td>
      <td>
        <Sha256 digits={sha256} />
      </td>
      <td className="whitespace-nowrap">{children}</td>
    </tr>
  );
}

/** Why it could not be made, and when it is tried again. */
function Failed({ pack, asOf }: { pack: PackRow; asOf: string }) {
  return (
    <div className="max-w-72 min-w-48">
      <State {...PACK_STATE_WORDS.failed} />
      <p className="text-sm text-bad [overflow-wrap:anywhere]">{pack.error}</p>
      <p className="text-sm text-soft">
        {pack.nextTryAt === null ? (
          "It is not tried again."
        ) : (
          <>
            Tried again <Ago at={pack.nextTryAt} asOf={asOf} />.
          </>
        )}
      </p>
    </div>
  );
}

export function PacksTable({ packs, asOf }: { packs: readonly PackRow[]; asOf: string }) {
  return (
    <TableFrame scrolling="Packs of schedules" heads={HEADS}>
      {packs.map((pack) => (
        <Row
          key={pack.pack}
          state={
            pack.state === "failed" ? (
              <Failed pack={pack} asOf={asOf} />
            ) : (
              <State {...PACK_STATE_WORDS[pack.state]} />
            )
          }
          of={scopeOf(pack)}
          period={periodOf(pack)}
          made={pack.madeAt}
          by="the schedule"
          size={pack.bytes}
          sha256={pack.sha256}
        >
          {pack.state === "made" ? (
            <a className="link" href={`/api/v1/packs/${pack.pack}/file`} download>
              Download
            </a>
          ) : null}
        </Row>
      ))}
    </TableFrame>
  );
}

export function HandMade({ jobs }: { jobs: readonly JobRow[] }) {
  return (
    <TableFrame scrolling="Packs made by hand" heads={HEADS}>
      {jobs.map((job) => (
        <Row
          key={job.id}
          state={
            <div className="max-w-72">
              <State {...STATE_WORDS[job.state]} />
              {job.state === "running" ? <p className="text-sm text-soft">{progressOf(job)}</p> : null}
              {job.error === null ? null : <p className="text-sm text-bad">{job.error}</p>}
            </div>
          }
          of={job.about ?? ""}
          period={null}
          made={job.finishedAt ?? job.startedAt}
          by={job.by ?? ""}
          size={job.download?.bytes ?? null}
          sha256={job.download?.sha256 ?? null}
        >
          {job.download === null ? null : (
            <a className="link" href={`/api/v1/jobs/${job.id}/file`} download>
              Download
            </a>
          )}
        </Row>
      ))}
    </TableFrame>
  );
}
