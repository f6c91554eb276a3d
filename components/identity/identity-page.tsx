"use client";
/** Everything known of one person, or of an account that nobody is known to own. */
import type { IdentityReport } from "../../lib/reports/contract.ts";
import { AccountsTable } from "../accounts/accounts-table.tsx";
import { CredentialsTable } from "../dormant/dormant-tables.tsx";
import { plural } from "../format/number.ts";
import { StepsTable } from "../offboarding/steps-table.tsx";
import { Timeline } from "./timeline.tsx";
import { Who } from "./who.tsx";

export function IdentityPage({ report }: { report: IdentityReport }) {
  const { accounts, offboarding, credentials, asOf } = report;
  return (
    <div className="space-y-8">
      <Who report={report} />
      <section>
        <h2 className="mb-2">{plural(accounts.length, "account")}</h2>
        {accounts.length === 0 ? (
          <p>No account is on record.</p>
        ) : (
          <AccountsTable rows={accounts} asOf={asOf} person={false} />
        )}
      </section>
      {offboarding.length === 0 ? null : (
        <section>
          <h2 className="mb-2">Offboarding: {plural(offboarding.length, "account")} to end</h2>
          <StepsTable rows={offboarding} asOf={asOf} person={false} />
        </section>
      )}
      {credentials.length === 0 ? null : (
        <section>
          <h2 className="mb-2">{plural(credentials.length, "credential")}</h2>
          <CredentialsTable credentials={credentials} asOf={asOf} />
        </section>
      )}
      <Timeline report={report} />
    </div>
  );
}
