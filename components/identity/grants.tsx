"use client";
/** What the person's accounts hold now: how each came, since when, and by which event. */
import type { AccountRow } from "../../lib/reports/contract.ts";
import { plural } from "../format/number.ts";
import { PROVENANCE_WORDS } from "../format/words.ts";
import { EventLink } from "../ui/event-link.tsx";
import { ApplicationCell } from "../ui/row-cells.tsx";
import { useRowsShown } from "../ui/rows-shown.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { Ago } from "../ui/when.tsx";

export function Grants({ accounts, asOf }: { accounts: readonly AccountRow[]; asOf: string }) {
  const grants = accounts.flatMap(({ application, account, grants: own }) =>
    own.map((grant) => ({ application, account, ...grant })),
  );
  const { shown, more } = useRowsShown(grants);
  if (grants.length === 0) return null;
  return (
    <section>
      <h2 className="mb-2">{plural(grants.length, "group or role", "groups and roles")}</h2>
      <TableFrame heads={["Application", "Group or role", "Granted by", "Since"]}>
        {shown.map(({ application, account, name, provenance, since, eventId }) => (
          <tr key={`${application} ${account} ${name}`}>
            <ApplicationCell name={application} />
            <th scope="row">{name}</th>
            <td>
              <EventLink id={eventId}>{PROVENANCE_WORDS[provenance]}</EventLink>
            </td>
            <td>
              <Ago at={since} asOf={asOf} />
            </td>
          </tr>
        ))}
      </TableFrame>
      {more}
    </section>
  );
}
