"use client";
/** The accounts of somebody, one a row. */
import type { AccountRow } from "../../lib/reports/contract.ts";
import { PROVENANCE_WORDS } from "../format/words.ts";
import { ApplicationLink } from "../ui/application-link.tsx";
import { EventLink } from "../ui/event-link.tsx";
import { useRowsShown } from "../ui/rows-shown.tsx";
import { State } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { useListKeys } from "../ui/use-list-keys.ts";
import { Ago } from "../ui/when.tsx";

export function AccountsTable({ rows, asOf }: { rows: readonly AccountRow[]; asOf: string }) {
  const { shown, more } = useRowsShown(rows);
  const list = useListKeys<HTMLDivElement>();
  return (
    <>
      <TableFrame
        list={list}
        heads={["Application", "Account", "State", "Made by", "Made", "Last sign-in", "Groups and roles"]}
      >
        {shown.map((row) => (
          <tr key={`${row.application} ${row.account} ${row.subject}`}>
            <th scope="row">
              <ApplicationLink name={row.application} />
            </th>
            <td className="max-w-60 truncate" title={row.account}>
              {row.userName ?? row.account}
            </td>
            <td>
              <State tone={row.active ? "good" : "none"} word={row.active ? "Active" : "Inactive"} />
            </td>
            <td>
              <EventLink id={row.provenanceEventId}>{PROVENANCE_WORDS[row.provenance]}</EventLink>
            </td>
            <td>
              <Ago at={row.createdAt} asOf={asOf} />
            </td>
            <td>
              <Ago at={row.lastActivityAt} asOf={asOf} />
            </td>
            <td className="max-w-72 truncate text-soft" title={row.entitlements.join(", ")}>
              {row.entitlements.join(", ")}
            </td>
          </tr>
        ))}
      </TableFrame>
      {more}
    </>
  );
}
