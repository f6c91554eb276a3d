"use client";
/** Everything known of one application. */
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import type { DrillsOfApplication } from "../../lib/drills/list-drills.ts";
import type { ApplicationReport, Holding, TimelinePart } from "../../lib/reports/contract.ts";
import { CredentialsTable } from "../dormant/dormant-tables.tsx";
import { DrillsSection } from "../drills/drills-section.tsx";
import { Timeline } from "../events/timeline.tsx";
import { FailuresTable } from "../failures/failures-table.tsx";
import { count, plural } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { PROVENANCE_WORDS } from "../format/words.ts";
import { JoinerTable } from "../joiners/joiner-table.tsx";
import { DriftTable } from "../movers/drift-table.tsx";
import { StepsTable } from "../offboarding/steps-table.tsx";
import { ApplicationsTable } from "../reconciliation/applications-table.tsx";
import { FindingsTable } from "../reconciliation/findings-table.tsx";
import { Answer } from "../ui/answer.tsx";
import { Completeness } from "../ui/completeness.tsx";
import { Facts } from "../ui/facts.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { useListKeys } from "../ui/use-list-keys.ts";
import { Cells } from "./cells.tsx";
import { Conformance, type ConformanceOf } from "./conformance.tsx";
import { Owner, type OwnerOf } from "./owner-form.tsx";
import { Scim, type ScimOf } from "./scim-form.tsx";
import { Sla } from "./sla-form.tsx";

/** A number that leads to its rows on the page of their report, for this application. */
function Figure({ page, children }: { page: string; children: ReactNode }) {
  return (
    <Link href={page} className="figure" prefetch={false}>
      {children}
    </Link>
  );
}

function Sentence({ report, page }: { report: ApplicationReport; page: (path: string) => string }) {
  const { application, accounts, failures, offboarding } = report;
  const open = offboarding.summary.open + offboarding.summary.failing;
  return (
    <>
      <bdi>{application}</bdi> has{" "}
      <Figure page={page("/accounts?active=yes")}>{plural(accounts.active, "active account")}</Figure>;{" "}
      {failures.summary.open === 0 ? (
        "nothing fails there now"
      ) : (
        <Figure page={page("/failures")}>{plural(failures.summary.open, "cause")} of failures</Figure>
      )}
      {failures.summary.open === 0 ? "" : failures.summary.open === 1 ? " is open" : " are open"}, and{" "}
      {open === 0 ? (
        "no leaver still has an account."
      ) : (
        <>
          <Figure page={page("/offboarding")}>{plural(open, "account")} of leavers</Figure>{" "}
          {open === 1 ? "is" : "are"} not ended.
        </>
      )}
    </>
  );
}

function Section({
  title,
  empty,
  all,
  children,
}: {
  title: string;
  /** What is said in place of rows; null when there are some. */
  empty: string | null;
  /** Where all of them are, when these are not all. */
  all?: { page: string; word: string } | null;
  children: ReactNode;
}) {
  return (
    <section>
      <h2 className="mb-2">{title}</h2>
      {empty === null ? children : <p>{empty}</p>}
      {empty === null && all ? (
        <Link href={all.page} className="button mt-3" prefetch={false}>
          {all.word}
        </Link>
      ) : null}
    </section>
  );
}

function Holdings({ holdings }: { holdings: readonly Holding[] }) {
  return (
    <TableFrame
      scrolling="Groups and roles"
      className="max-h-96 overflow-auto"
      heads={[
        "Group or role",
        { head: "Held by", number: true },
        { head: "Not granted by SCIM", number: true },
      ]}
    >
      {holdings.map(({ name, holders, notByScim }) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td className="number">{plural(holders, "account")}</td>
          <td className="number">{count(notByScim)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}

function Figures({
  report,
  maySet,
  owner,
  scim,
  page,
}: {
  report: ApplicationReport;
  maySet: boolean;
  owner: OwnerOf | null;
  scim: ScimOf | null;
  page: (path: string) => string;
}) {
  const { accounts, offboarding, joiners } = report;
  const made = Object.entries(accounts.provenance)
    .filter(([, n]) => n > 0)
    .map(([how, n]) => `${count(n)} ${PROVENANCE_WORDS[how as keyof typeof PROVENANCE_WORDS]}`);
  const { dormant } = accounts;
  const idle = dormant.zombie + dormant.orphan + dormant["never-used"] + dormant.dormant;
  const { p50, p95 } = offboarding.summary.kaplanMeier;
  return (
    <div className="mb-8 grid grid-cols-1 gap-x-12 gap-y-4 md:grid-cols-2">
      <Facts
        rows={[
          [
            "Accounts",
            <Figure key="all" page={page("/accounts")}>
              {count(accounts.total)}, {count(accounts.active)} active
            </Figure>,
          ],
          ["People with access", count(accounts.people)],
          ["Made", made.length === 0 ? "–" : made.join(", ")],
          [
            "Should not be active",
            <Figure key="idle" page={page("/dormant")}>
              {dormant.unknown > 0 && idle === 0 ? "unknown: no sign-ins are reported" : count(idle)}
            </Figure>,
          ],
        ]}
      />
      <Facts
        rows={[
          ["Leavers' accounts end within", <Sla key="sla" report={report} maySet={maySet} />],
          [
            "They ended",
            p50 === null
              ? "–"
              : `half within ${duration(p50)}${p95 === null ? "" : `, 95 % within ${duration(p95)}`}`,
          ],
          [
            "Past that",
            <Figure key="late" page={page("/offboarding")}>
              {count(offboarding.summary.breached)} of {plural(offboarding.summary.steps, "account")}
            </Figure>,
          ],
          [
            "Joiners waiting",
            <Figure key="joiners" page={page("/joiners")}>
              {count(joiners.summary.open + joiners.summary.failing)} of{" "}
              {plural(joiners.summary.steps, "account")}
            </Figure>,
          ],
          ...(owner === null
            ? []
            : ([
                ["Owner", <Owner key="owner" application={report.application} maySet={maySet} {...owner} />],
              ] as const)),
          ...(scim === null
            ? []
            : [
                [
                  "Ended from here",
                  <Scim key="scim" application={report.application} scim={scim} />,
                ] as const,
              ]),
        ]}
      />
    </div>
  );
}

export function ApplicationPage({
  report,
  events,
  maySet,
  owner,
  scim,
  conformance,
  drills,
}: {
  report: ApplicationReport;
  events: TimelinePart;
  /** Whether the reader may set what holds for it. */
  maySet: boolean;
  /** Null: not for them to know. */
  owner: OwnerOf | null;
  /** Null: the reader may not set where its SCIM service is. */
  scim: ScimOf | null;
  /** Null: not for them to know. */
  conformance: ConformanceOf | null;
  drills: DrillsOfApplication | null;
}) {
  const { application, asOf, failures, offboarding, joiners, drift, credentials, holdings } = report;
  const { looked, rows: findings, summary: found } = report.reconciliation;
  const router = useRouter();
  const list = useListKeys<HTMLDivElement>();
  const page = (path: string) =>
    `${path}${path.includes("?") ? "&" : "?"}application=${encodeURIComponent(application)}`;
  const all = (path: string, shown: number, count_: number) =>
    count_ > shown ? { page: page(path), word: `All ${count(count_)}` } : null;
  const openSteps = offboarding.summary.open + offboarding.summary.failing;
  const waiting = joiners.summary.open + joiners.summary.failing;
  return (
    <div className="space-y-8">
      <div>
        <Answer title="Application">
          <Sentence report={report} page={page} />
        </Answer>
        <Figures report={report} maySet={maySet} owner={owner} scim={scim} page={page} />
        <h2 className="mb-2">What provisioning carries</h2>
        <Cells report={report} />
      </div>
      {conformance === null ? null : <Conformance application={application} conformance={conformance} />}
      {drills === null ? null : <DrillsSection initial={drills} maySet={scim !== null} />}
      <Section
        title={`Failures: ${plural(failures.summary.open, "open cause")}`}
        empty={failures.rows.length === 0 ? "No failure is open." : null}
        all={all("/failures", failures.rows.length, failures.summary.open)}
      >
        <FailuresTable
          list={list}
          rows={failures.rows}
          asOf={asOf}
          selection={null}
          onOpen={(id) => router.push(page(`/failures/${encodeURIComponent(id)}`))}
        />
      </Section>
      <Section
        title={`Leavers: ${plural(openSteps, "account")} to end`}
        empty={offboarding.rows.length === 0 ? "No account of a leaver is open." : null}
        all={all("/offboarding", offboarding.rows.length, openSteps)}
      >
        <StepsTable rows={offboarding.rows} asOf={asOf} />
      </Section>
      <Section
        title={
          looked === null
            ? "What it shows itself"
            : `What it shows itself: ${plural(found.open, "difference")}`
        }
        empty={
          looked === null
            ? "Nobody has looked: a live source or an export of its users shows whether its accounts are as they should be."
            : null
        }
        all={all("/reconciliation", findings.length, found.open)}
      >
        {looked === null ? null : <ApplicationsTable applications={[looked]} asOf={asOf} />}
        {findings.length === 0 ? null : <FindingsTable rows={findings} asOf={asOf} />}
      </Section>
      <Section
        title={`Joiners: ${plural(waiting, "account")} to get`}
        empty={joiners.rows.length === 0 ? "No joiner waits for an account." : null}
        all={all("/joiners", joiners.rows.length, waiting)}
      >
        <JoinerTable rows={joiners.rows} asOf={asOf} />
      </Section>
      <Section
        title={`Left behind or granted outside: ${count(drift.summary.drift + drift.summary.outside)}`}
        empty={drift.rows.length === 0 ? "Nobody holds anything that should have gone." : null}
        all={all("/movers", drift.rows.length, drift.summary.drift + drift.summary.outside)}
      >
        <DriftTable rows={drift.rows} asOf={asOf} />
      </Section>
      <div className="grid grid-cols-1 gap-8 xl:grid-cols-2">
        <Section
          title={plural(holdings.length, "group or role", "groups and roles")}
          empty={holdings.length === 0 ? "No group or role is on record." : null}
        >
          <Holdings holdings={holdings} />
        </Section>
        <Section
          title={plural(credentials.length, "credential")}
          empty={credentials.length === 0 ? "No token or secret is on record." : null}
        >
          <CredentialsTable credentials={credentials} asOf={asOf} />
        </Section>
      </div>
      <Timeline path={`/api/v1/applications/${encodeURIComponent(application)}/events`} initial={events} />
      <Completeness report={report} />
    </div>
  );
}
