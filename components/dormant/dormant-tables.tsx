"use client";
/** Accounts and credentials that should not be active, and what can't be told. */
import type { CredentialRow, DormantReport, DormantRow } from "../../lib/reports/contract.ts";
import { count, plural } from "../format/number.ts";
import { CREDENTIAL_WORDS, DORMANT_WORDS } from "../format/words.ts";
import { ApplicationLink } from "../ui/application-link.tsx";
import { PersonLink } from "../ui/person-link.tsx";
import { useRowsShown } from "../ui/rows-shown.tsx";
import { Scrolling } from "../ui/scrolling.tsx";
import { State } from "../ui/state-mark.tsx";
import { useListKeys } from "../ui/use-list-keys.ts";
import { Ago } from "../ui/when.tsx";

export function DormantTable({ rows, asOf }: { rows: readonly DormantRow[]; asOf: string }) {
  const { shown, more } = useRowsShown(rows);
  const list = useListKeys<HTMLDivElement>();
  return (
    <>
      <div ref={list} className="overflow-x-auto">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col">Application</th>
              <th scope="col">Why</th>
              <th scope="col">Last sign-in</th>
              <th scope="col" className="number">
                Idle
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={`${row.application} ${row.account} ${row.subject}`}>
                <th scope="row">
                  <PersonLink item subject={row.subject} name={row.userName ?? row.account} />
                </th>
                <td>
                  <ApplicationLink name={row.application} />
                </td>
                <td>
                  <State {...DORMANT_WORDS[row.status]} />
                </td>
                <td>
                  <Ago at={row.lastActivityAt} asOf={asOf} />
                </td>
                <td className="number">
                  {row.idleDays === null ? (
                    <span className="text-soft">unknown</span>
                  ) : (
                    plural(row.idleDays, "day")
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more}
    </>
  );
}

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
