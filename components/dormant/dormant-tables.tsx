"use client";
/** Credentials that should not be active, and what can't be told of accounts. */
import type { CredentialRow, DormantReport } from "../../lib/reports/contract.ts";
import { count } from "../format/number.ts";
import { CREDENTIAL_WORDS } from "../format/words.ts";
import { ApplicationLink } from "../ui/application-link.tsx";
import { Scrolling } from "../ui/scrolling.tsx";
import { State } from "../ui/state-mark.tsx";
import { Ago } from "../ui/when.tsx";

export function UnknownTable({ unknown }: { unknown: DormantReport["unknown"] }) {
  return (
    <div className="overflow-x-auto">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Application</th>
            <th scope="col" className="number">
              Active accounts
            </th>
            <th scope="col">In use?</th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </div>
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
    <Scrolling label="Credentials">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Credential</th>
            <th scope="col">Owner</th>
            <th scope="col">Why</th>
            <th scope="col">Made</th>
            <th scope="col">Last used</th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </Scrolling>
  );
}
