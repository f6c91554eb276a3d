/** What came in: sources, the ingests that brought it, and what could not be read. */
import type { IngestRow, RejectedRow, SourceRow, SourcesReport } from "../../lib/reports/contract.ts";
import { bytes, count, percent } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { INGEST_WORDS } from "../format/words.ts";
import { State } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { Moment } from "../ui/when.tsx";
import { ingestWords } from "./ingest-words.ts";
import { keptWords } from "./kept-words.ts";

/** @param onKeep opens what sets how long a source's records are kept; null for whoever may not set it. */
export function SourcesTable({
  sources,
  onKeep,
}: {
  sources: readonly SourceRow[];
  onKeep: ((source: SourceRow) => void) | null;
}) {
  return (
    <TableFrame
      scrolling="Sources"
      heads={[
        "Source",
        "Format",
        "Customer",
        { head: "Records", number: true },
        { head: "Events", number: true },
        { head: "Not readable", number: true },
        "Events from",
        "up to",
        "Kept",
      ]}
    >
      {sources.map((source) => (
        <tr key={source.id}>
          <th scope="row">{source.source}</th>
          <td>{source.label}</td>
          <td>{source.customer ?? <span className="text-soft">–</span>}</td>
          <td className="number">{count(source.records)}</td>
          <td className="number">{count(source.events)}</td>
          <td className="number">
            {source.rejected === 0 ? (
              "0"
            ) : (
              <a href="#rejected" className="figure">
                {count(source.rejected)} ({percent(source.rejected, source.records + source.rejected)})
              </a>
            )}
          </td>
          <td>
            <Moment at={source.firstEventAt} />
          </td>
          <td>
            <Moment at={source.lastEventAt} />
          </td>
          <td>
            {keptWords(source)}{" "}
            {onKeep === null ? null : (
              <button
                type="button"
                className="link"
                aria-label={`Change how long records of ${source.source} are kept`}
                onClick={() => onKeep(source)}
              >
                Change
              </button>
            )}
          </td>
        </tr>
      ))}
    </TableFrame>
  );
}

export function IngestsTable({ ingests }: { ingests: readonly IngestRow[] }) {
  return (
    <TableFrame
      scrolling="What came in"
      heads={[
        "Started",
        "File",
        "Source",
        "State",
        "What came of it",
        { head: "Read", number: true },
        { head: "Took", number: true },
      ]}
    >
      {ingests.map((ingest) => (
        <tr key={ingest.id}>
          <td>
            <Moment at={ingest.startedAt} />
          </td>
          <th scope="row" className="[overflow-wrap:anywhere]">
            {ingest.file ?? "standard input"}
          </th>
          <td>{ingest.source}</td>
          <td>
            <State {...INGEST_WORDS[ingest.state]} />
          </td>
          <td className="min-w-56">{ingest.error ?? ingestWords(ingest)}</td>
          <td className="number">{bytes(ingest.bytesRead)}</td>
          <td className="number">{duration(ingest.seconds)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}

export function UnknownTypesTable({ types }: { types: SourcesReport["unknownTypes"] }) {
  return (
    <TableFrame
      scrolling="Unknown event types"
      heads={["Event type", "Source", { head: "Records", number: true }]}
    >
      {types.map(({ source, type, records }) => (
        <tr key={`${source} ${type}`}>
          <th scope="row" className="[overflow-wrap:anywhere]">
            {type}
          </th>
          <td>{source}</td>
          <td className="number">{count(records)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}

export function RejectedTable({ rejected }: { rejected: readonly RejectedRow[] }) {
  return (
    <TableFrame
      scrolling="Records that could not be read"
      heads={[
        "Source",
        { head: "Record", number: true },
        { head: "Byte", number: true },
        "Why it could not be read",
        "Its beginning",
      ]}
    >
      {rejected.map((row) => (
        <tr key={`${row.source} ${row.id}`}>
          <th scope="row">{row.source}</th>
          <td className="number">{count(row.record)}</td>
          <td className="number">{count(row.offset)}</td>
          <td className="min-w-48">{row.reason}</td>
          <td className="min-w-64">
            <details>
              <summary className="max-w-[60ch] cursor-pointer truncate font-mono text-xs">
                {row.excerpt.slice(0, 80)}
              </summary>
              <pre className="record mt-1">{row.excerpt}</pre>
              <p className="text-xs text-soft [overflow-wrap:anywhere]">SHA-256 {row.sha256}</p>
            </details>
          </td>
        </tr>
      ))}
    </TableFrame>
  );
}
