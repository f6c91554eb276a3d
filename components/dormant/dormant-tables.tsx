"use client";
/** Credentials that should not be active, and what can't be told of accounts. */
import type { CredentialRow, DormantReport } from "../../lib/reports/contract.ts";
import { count } from "../format/number.ts";
import { CREDENTIAL_WORDS } from "../format/words.ts";
import { ApplicationLink } from "../ui/application-link.tsx";
import { State } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { Ago } from "../ui/when.tsx";

export function UnknownTable({ unknown }: { unknown: DormantReport["unknown"] }) {
  return (
    <TableFrame heads={["Application", { head: "Active accounts", number: true }, "In use?"]}>
      {unknown.map(({ application, accounts }) => (
        <tr key={application}>
          <th scope="row">
            <ApplicationLink name={application} />
          </th>
          <td className="number">{count(accounts)}</td>
          <td>
            <State tone="unknown" word="Unknown" />
          </td>
        </tr>
      ))}
    </TableFrame>
  );
}

export function CredentialsTable({
  credentials,
  asOf,
}: {
  credentials: readonly CredentialRow[];
  asOf: string;
}) {
  return (
    <TableFrame scrolling="Credentials" heads={["Credential", "Owner", "Why", "Made", "Last used"]}>
      {credentials.map((credential) => (
        <tr key={`${credential.id} ${credential.name}`}>
          <th scope="row" title={credential.id}>
            {credential.name}
          </th>
          <td>{credential.owner ?? <span className="text-soft">nobody known</span>}</td>
          <td>
            <State {...CREDENTIAL_WORDS[credential.status]} />
          </td>
          <td>
            <Ago at={credential.createdAt} asOf={asOf} />
          </td>
          <td>
            <Ago at={credential.lastUsedAt} asOf={asOf} />
          </td>
        </tr>
      ))}
    </TableFrame>
  );
}
