"use client";
/** Which accounts are there? */
import { useSearchParams } from "next/navigation";
import { type Initial, useReport } from "../data/use-report.ts";
import { count, plural } from "../format/number.ts";
import { Answer } from "../ui/answer.tsx";
import { FilterLink, ROWS } from "../ui/filter-link.tsx";
import { ApplicationFilter, CsvLink, DayFilter, Switch } from "../ui/filters.tsx";
import { ReportFrame } from "../ui/report-frame.tsx";
import { AccountsTable } from "./accounts-table.tsx";

const ACTIVE = [
  { value: "", label: "All" },
  { value: "yes", label: "Active" },
  { value: "no", label: "Inactive" },
];

export function AccountsPage({ initial }: { initial: Initial<"accounts"> }) {
  const query = useReport("accounts", initial);
  const search = useSearchParams();
  const active = search.get("active") ?? "";
  const application = search.get("application");
  return (
    <ReportFrame title="Accounts" will="Here will be every account that the records prove." query={query}>
      {(report) => {
        const rows = report.rows.filter((row) => active === "" || row.active === (active === "yes"));
        const { accounts, active: live } = report.summary;
        return (
          <>
            <Answer title="Accounts">
              {application === null ? "There are " : `${application} has `}
              <FilterLink set={{ active: null }}>{plural(accounts, "account")}</FilterLink>, of which{" "}
              <FilterLink set={{ active: "yes" }}>{count(live)}</FilterLink> {live === 1 ? "is" : "are"}{" "}
              active.
            </Answer>
            <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
              <Switch name="active" label="State" choices={ACTIVE} />
              <ApplicationFilter applications={initial.applications} />
              <DayFilter name="asOf" label="As of" />
              <CsvLink report="accounts" />
            </div>
            <h2 id={ROWS} className="sr-only">
              {plural(rows.length, "account")}
            </h2>
            {rows.length === 0 ? (
              <p className="py-6">No account fits these filters.</p>
            ) : (
              <AccountsTable key={search.toString()} rows={rows} asOf={report.asOf} />
            )}
          </>
        );
      }}
    </ReportFrame>
  );
}
