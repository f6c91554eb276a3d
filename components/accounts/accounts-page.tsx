"use client";
/** Which accounts are there? */
import { useSearchParams } from "next/navigation";
import { reportQuery } from "../data/report-query.ts";
import { type Initial, useReport } from "../data/use-report.ts";
import { count, plural } from "../format/number.ts";
import { useSendAccounts } from "../review-new/send-to-review.tsx";
import { DataTable } from "../table/data-table.tsx";
import type { InitialRows } from "../table/use-rows.ts";
import { Answer } from "../ui/answer.tsx";
import { FilterLink } from "../ui/filter-link.tsx";
import { ApplicationFilter, DayFilter, Switch } from "../ui/filters.tsx";
import { ReportFrame } from "../ui/report-frame.tsx";
import { ACCOUNTS } from "./accounts-shape.tsx";

const ACTIVE = [
  { value: "", label: "All" },
  { value: "true", label: "Active" },
  { value: "false", label: "Inactive" },
];

export function AccountsPage({
  initial,
  rows,
}: {
  initial: Initial<"accounts">;
  rows: InitialRows<"accounts">;
}) {
  const query = useReport("accounts", initial, "few");
  const search = useSearchParams();
  const acts = useSendAccounts();
  const application = search.get("application");
  return (
    <ReportFrame title="Accounts" will="Here will be every account that the records prove." query={query}>
      {(report) => {
        const { accounts, active: live } = report.summary;
        return (
          <>
            <Answer title="Accounts">
              {application === null ? "There are " : `${application} has `}
              <FilterLink set={{ "f.active": null }}>{plural(accounts, "account")}</FilterLink>, of which{" "}
              <FilterLink set={{ "f.active": "true" }}>{count(live)}</FilterLink> {live === 1 ? "is" : "are"}{" "}
              active.
            </Answer>
            <DataTable
              shape={ACCOUNTS}
              initial={rows}
              report={reportQuery((name) => search.get(name))}
              none="No account is on record here."
              acts={acts}
            >
              <Switch name="f.active" label="State" choices={ACTIVE} />
              <ApplicationFilter applications={initial.applications} />
              <DayFilter name="asOf" label="As of" />
            </DataTable>
          </>
        );
      }}
    </ReportFrame>
  );
}
