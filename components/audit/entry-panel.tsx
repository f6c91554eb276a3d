"use client";
/** One entry: who, when, from where, and what was there before and after. */
import { useQuery } from "@tanstack/react-query";
import type { AuditRow } from "../../lib/auth/audit.ts";
import { utc } from "../format/time.ts";
import { Facts } from "../ui/facts.tsx";
import { LocalMoment } from "../ui/local-moment.tsx";
import { Problem } from "../ui/problem.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { ACTOR_WORDS } from "./actor-words.ts";
import { auditEntry } from "./audit-query.ts";
import { type Change, changes, type Kept } from "./changes.ts";
import { verbWords } from "./verb-words.ts";

function Value({ kept }: { kept: Kept }) {
  if (kept === null) return <span className="text-soft">–</span>;
  return typeof kept === "string" ? kept : <LocalMoment at={kept.at} />;
}

function ChangesTable({ rows }: { rows: readonly Change[] }) {
  return (
    <TableFrame
      className="relative overflow-x-auto"
      caption="What changed"
      heads={["What", "Before", "After"]}
    >
      {rows.map(({ field, before, after }) => (
        <tr key={field}>
          <th scope="row">{field}</th>
          <td className="[overflow-wrap:anywhere]">
            <Value kept={before} />
          </td>
          <td className="[overflow-wrap:anywhere]">
            <Value kept={after} />
          </td>
        </tr>
      ))}
    </TableFrame>
  );
}

function Entry({ row }: { row: AuditRow }) {
  const changed = changes(row.before, row.after);
  return (
    <div className="space-y-5">
      <Facts
        rows={[
          ["Who", `${row.actorName} (${ACTOR_WORDS[row.actorKind]})`],
          ["Did what", verbWords(row.verb)],
          ["With what", row.object],
          [
            "When",
            <span key="at">
              <LocalMoment at={row.at} /> <span className="text-soft">({utc(row.at)})</span>
            </span>,
          ],
          ["From where", row.address ?? "–"],
          ["Entry", row.entry],
        ]}
      />
      {changed.length === 0 ? (
        <p className="text-soft">Nothing is kept of what was there before or after.</p>
      ) : (
        <ChangesTable rows={changed} />
      )}
    </div>
  );
}

interface Props {
  entry: number;
  /** The entry where the list shows it. */
  row: AuditRow | undefined;
  onClose: () => void;
}

export function EntryPanel({ entry, row, onClose }: Props) {
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    ...auditEntry(entry),
    enabled: row === undefined,
  });
  const shown = row ?? data;
  return (
    <SidePanel
      title={shown ? `${shown.actorName} ${verbWords(shown.verb)}` : `Entry ${entry}`}
      onClose={onClose}
    >
      {error === null ? null : <Problem error={error} retry={() => void refetch()} since={dataUpdatedAt} />}
      {shown === null ? <p>The audit log has no entry of this number.</p> : null}
      {shown ? <Entry row={shown} /> : null}
    </SidePanel>
  );
}
