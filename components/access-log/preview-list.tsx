/** Lines of a log, each with what it would become. */
import type { PreviewedRequest } from "../../lib/ingest/preview-requests.ts";
import { plural } from "../format/number.ts";
import { State } from "../ui/state-mark.tsx";
import { Moment } from "../ui/when.tsx";

function Line({ line }: { line: PreviewedRequest }) {
  return (
    <li className="border-b border-line py-2">
      <code className="block truncate text-sm text-soft">{line.text}</code>
      {line.reason === null ? (
        <ul>
          {line.events.map((event) => (
            <li key={event.id} className="[overflow-wrap:anywhere]">
              <State tone="good" word={event.summary} />
              {event.about === null ? null : <>, {event.about}</>}, <Moment at={event.at} />
            </li>
          ))}
        </ul>
      ) : (
        <State tone="bad" word={line.reason} />
      )}
    </li>
  );
}

export function PreviewList({ lines }: { lines: readonly PreviewedRequest[] }) {
  const read = lines.filter(({ reason }) => reason === null).length;
  return (
    <section aria-label="What the lines would become">
      <h3 aria-live="polite" className="mb-1">
        {read} of {plural(lines.length, "line")} can be read
      </h3>
      <ul className="border-t border-line">
        {lines.map((line) => (
          <Line key={line.record} line={line} />
        ))}
      </ul>
    </section>
  );
}
