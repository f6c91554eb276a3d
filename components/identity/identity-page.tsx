"use client";
/** Everything known of one person, or of an account that nobody is known to own. */
import type { IdentityReport } from "../../lib/reports/contract.ts";
import { AccountsTable } from "../accounts/accounts-table.tsx";
import { usePanel } from "../data/use-address.ts";
import { CredentialsTable } from "../dormant/dormant-tables.tsx";
import { Timeline } from "../events/timeline.tsx";
import { plural } from "../format/number.ts";
import { JoinerTable } from "../joiners/joiner-table.tsx";
import { LeaverSection } from "../leaver/leaver-section.tsx";
import { DriftTable } from "../movers/drift-table.tsx";
import { Moves } from "../movers/moves.tsx";
import { Privacy } from "../privacy/privacy.tsx";
import { Grants } from "./grants.tsx";
import { Who } from "./who.tsx";

/** The applications that the person was seen in, for the filter. */
const applicationsOf = ({ accounts, events }: IdentityReport): string[] =>
  [...new Set([...accounts, ...events].flatMap(({ application }) => application ?? []))].sort();

export function IdentityPage({ report }: { report: IdentityReport }) {
  const { accounts, leaving, joining, moves, drift, credentials, asOf } = report;
  const panel = usePanel("event");
  return (
    <div className="space-y-8">
      <Who report={report} />
      <LeaverSection leavings={leaving} asOf={asOf} onOpen={panel.show} />
      <section>
        <h2 className="mb-2">{plural(accounts.length, "account")}</h2>
        {accounts.length === 0 ? (
          <p>No account is on record.</p>
        ) : (
          <AccountsTable rows={accounts} asOf={asOf} />
        )}
      </section>
      <Grants accounts={accounts} asOf={asOf} />
      {joining.length === 0 ? null : (
        <section>
          <h2 className="mb-2">Joining: {plural(joining.length, "account")} to get</h2>
          <JoinerTable rows={joining} asOf={asOf} person={false} />
        </section>
      )}
      {moves.length === 0 ? null : (
        <section>
          <h2 className="mb-2">{plural(moves.length, "move")}</h2>
          <Moves moves={moves} asOf={asOf} person={false} />
        </section>
      )}
      {drift.length === 0 ? null : (
        <section>
          <h2 className="mb-2">{plural(drift.length, "entitlement")} left behind or granted outside</h2>
          <DriftTable rows={drift} asOf={asOf} person={false} />
        </section>
      )}
      {credentials.length === 0 ? null : (
        <section>
          <h2 className="mb-2">{plural(credentials.length, "credential")}</h2>
          <CredentialsTable credentials={credentials} asOf={asOf} />
        </section>
      )}
      <Timeline
        path={`/api/v1/identities/${encodeURIComponent(report.subject)}/events`}
        initial={{ events: report.events, total: report.totalEvents, next: report.next }}
        applications={applicationsOf(report)}
      />
      <Privacy key={report.subject} report={report} />
    </div>
  );
}
