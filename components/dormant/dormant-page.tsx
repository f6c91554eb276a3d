"use client";
/** Which accounts should not be active? */
import { useSearchParams } from "next/navigation";
import type { DormantReport, DormantStatus } from "../../lib/reports/contract.ts";
import { reportQuery } from "../data/report-query.ts";
import { type Initial, useReport } from "../data/use-report.ts";
import { count, plural } from "../format/number.ts";
import { DORMANT_WORDS } from "../format/words.ts";
import { credentialItem } from "../review-new/carried-items.ts";
import { SendToReview, useSendAccounts } from "../review-new/send-to-review.tsx";
import { DataTable } from "../table/data-table.tsx";
import type { InitialRows } from "../table/use-rows.ts";
import { Answer } from "../ui/answer.tsx";
import { FilterLink } from "../ui/filter-link.tsx";
import { ApplicationFilter, DayFilter, Select, Switch } from "../ui/filters.tsx";
import { ReportFrame } from "../ui/report-frame.tsx";
import { DORMANT } from "./dormant-shape.tsx";
import { CredentialsTable, UnknownTable } from "./dormant-tables.tsx";

const STATUSES: DormantStatus[] = ["zombie", "orphan", "never-used", "dormant"];
const DAYS = ["30", "60", "90"].map((value) => ({ value, label: `${value} days` }));
const CHOICES = STATUSES.map((value) => ({ value, label: DORMANT_WORDS[value].word }));

function Sentence({ report }: { report: DormantReport }) {
  const { zombie, orphan, dormant, unknown } = report.summary;
  const idle = dormant + report.summary["never-used"];
  if (zombie + orphan + idle + unknown === 0)
    return <>Every active account belongs to somebody and is in use.</>;
  return (
    <>
      <FilterLink set={{ "f.status": "zombie" }}>{plural(zombie, "active account")}</FilterLink>{" "}
      {zombie === 1 ? "belongs" : "belong"} to people who have left,{" "}
      <FilterLink set={{ "f.status": "orphan" }}>{count(orphan)}</FilterLink> to nobody known;{" "}
      <FilterLink set={{ "f.status": "dormant" }}>{count(dormant)}</FilterLink>{" "}
      {dormant === 1 ? "has" : "have"} not been used for {plural(report.days, "day")},{" "}
      <FilterLink set={{ "f.status": "never-used" }}>{count(report.summary["never-used"])}</FilterLink> never.
      {unknown === 0 ? null : (
        <>
          {" "}
          Of{" "}
          <a href="#unknown" className="figure">
            {count(unknown)}
          </a>{" "}
          more nobody can tell.
        </>
      )}
    </>
  );
}

export function DormantPage({
  initial,
  rows,
}: {
  initial: Initial<"dormant">;
  rows: InitialRows<"dormant">;
}) {
  const query = useReport("dormant", initial, "few");
  const search = useSearchParams();
  const acts = useSendAccounts();
  const status = STATUSES.find((known) => known === search.get("f.status")) ?? null;
  return (
    <ReportFrame
      title="Dormant"
      will="Here will be active accounts that nobody uses or should have."
      query={query}
    >
      {(report) => (
        <>
          <Answer title="Dormant">
            <Sentence report={report} />
          </Answer>
          <div className="mb-6 flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
            <Switch name="days" label="Idle for more than" choices={DAYS} now={String(report.days)} />
            <ApplicationFilter applications={initial.applications} />
            <DayFilter name="asOf" label="As of" />
          </div>
          <section className="mb-8">
            <DataTable
              shape={DORMANT}
              initial={rows}
              report={reportQuery((name) => search.get(name))}
              none="Every active account belongs to somebody and is in use."
              acts={acts}
            >
              <Select name="f.status" label="Why" all="All" choices={CHOICES} />
              {status === null ? null : <p className="text-sm text-soft">{DORMANT_WORDS[status].means}</p>}
            </DataTable>
          </section>
          <div className="grid grid-cols-1 gap-8 xl:grid-cols-2">
            <section>
              <div className="mb-2 flex flex-wrap items-center gap-4">
                <h2>{plural(report.credentials.length, "credential")} to look at</h2>
                {report.credentials.length === 0 ? null : (
                  <SendToReview keys={() => report.credentials.map(credentialItem)}>
                    Send all to a review
                  </SendToReview>
                )}
              </div>
              {report.credentials.length === 0 ? (
                <p>No token or secret is unused, unrotated or without an owner.</p>
              ) : (
                <CredentialsTable credentials={report.credentials} asOf={report.asOf} />
              )}
            </section>
            <section>
              <h2 className="mb-2">{plural(report.unknown.length, "application")} that report no sign-ins</h2>
              {report.unknown.length === 0 ? (
                <p>Sign-ins are on record for every application with active accounts.</p>
              ) : (
                <UnknownTable unknown={report.unknown} />
              )}
            </section>
          </div>
        </>
      )}
    </ReportFrame>
  );
}
