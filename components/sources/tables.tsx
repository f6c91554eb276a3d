/** What came in: sources, the ingests that brought it, and what could not be read. */
import type { IngestRow, RejectedRow, SourceRow, SourcesReport } from "../../lib/reports/contract.ts";
import { bytes, count, percent } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { INGEST_WORDS } from "../format/words.ts";
import { Scrolling } from "../ui/scrolling.tsx";
import { State } from "../ui/state-mark.tsx";
import { Moment } from "../ui/when.tsx";
import { ingestWords } from "./ingest-words.ts";

export function SourcesTable({ sources }: { sources: readonly SourceRow[] }) {
  return (
    <Scrolling label="Sources">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col">Format</th>
            <th scope="col">Customer</th>
            <th scope="col" className="number">
              Records
            </th>
            <th scope="col" className="number">
              Events
            </th>
            <th scope="col" className="number">
              Not readable
            </th>
            <th scope="col">Events from</th>
            <th scope="col">up to</th>
          </tr>
        </thead>
        <tbody>
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
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

export function IngestsTable({ ingests }: { ingests: readonly IngestRow[] }) {
  return (
    <Scrolling label="What came in">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Started</th>
            <th scope="col">File</th>
            <th scope="col">Source</th>
            <th scope="col">State</th>
            <th scope="col">What came of it</th>
            <th scope="col" className="number">
              Read
            </th>
            <th scope="col" className="number">
              Took
            </th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </Scrolling>
  );
}

export function UnknownTypesTable({ types }: { types: SourcesReport["unknownTypes"] }) {
  return (
    <Scrolling label="Unknown event types">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Event type</th>
            <th scope="col">Source</th>
            <th scope="col" className="number">
              Records
            </th>
          </tr>
        </thead>
        <tbody>
          {types.map(({ source, type, records }) => (
            <tr key={`${source} ${type}`}>
              <th scope="row" className="[overflow-wrap:anywhere]">
                {type}
              </th>
              <td>{source}</td>
              <td className="number">{count(records)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolling>
  );
}

export function RejectedTable({ rejected }: { rejected: readonly RejectedRow[] }) {
  return (
    <Scrolling label="Records that could not be read">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col" className="number">
              Record
            </th>
            <th scope="col" className="number">
              Byte
            </th>
            <th scope="col">Why it could not be read</th>
            <th scope="col">Its beginning</th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </Scrolling>
  );
}
