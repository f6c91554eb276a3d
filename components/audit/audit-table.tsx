"use client";
/** Who did what, the newest first; a row opens what changed. */
import type { AuditRow } from "../../lib/auth/audit.ts";
import { LocalMoment } from "../ui/local-moment.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { useListKeys } from "../ui/use-list-keys.ts";
import { ACTOR_WORDS } from "./actor-words.ts";
import { verbWords } from "./verb-words.ts";

export function AuditTable({ rows, onOpen }: { rows: readonly AuditRow[]; onOpen: (entry: string) => void }) {
  const list = useListKeys<HTMLDivElement>();
  return (
    <TableFrame list={list} heads={["When", "Who", "From where", "Did what", "With what"]}>
      {rows.map((row) => (
        <tr key={row.entry}>
          <td>
            <LocalMoment at={row.at} />
          </td>
          <td className="min-w-44 [overflow-wrap:anywhere]">
            {row.actorName} <span className="text-soft">{ACTOR_WORDS[row.actorKind]}</span>
          </td>
          <td className="[overflow-wrap:anywhere]">{row.address ?? <span className="text-soft">–</span>}</td>
          <th scope="row" className="min-w-40">
            <button
              type="button"
              data-item=""
              className="link text-left"
              onClick={() => onOpen(String(row.entry))}
            >
              {verbWords(row.verb)}
            </button>
          </th>
          <td className="min-w-44 [overflow-wrap:anywhere]">{row.object}</td>
        </tr>
      ))}
    </TableFrame>
  );
}
