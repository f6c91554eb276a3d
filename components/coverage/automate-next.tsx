"use client";
/** Where provisioning would help most, ranked by changes made without it and by people exposed. */
import Link from "next/link";
import { useSearchParams } from "next/navigation";
import type { CoverageReport } from "../../lib/reports/contract.ts";
import { reportQuery } from "../data/report-query.ts";
import { count } from "../format/number.ts";
import { ApplicationLink } from "../ui/application-link.tsx";
import { ROWS } from "../ui/filter-link.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { automateNext, manualChanges } from "./cells.ts";

/** The same list as a plan, for a file and for paper, with the parameters of the report. */
function PlanLinks() {
  const search = useSearchParams();
  const query = reportQuery((name) => search.get(name));
  return (
    <p className="flex gap-2 print:hidden">
      <Link className="button" href={`/coverage/plan?${query}`} prefetch={false}>
        Plan to print
      </Link>
      <a className="button" href={`/api/v1/plan?${query}${query && "&"}format=csv`} download>
        Plan as CSV
      </a>
    </p>
  );
}

export function AutomateNext({ report }: { report: CoverageReport }) {
  const rows = automateNext(report);
  return (
    <section className="mt-8 max-w-[880px]">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h2 id={ROWS}>Automate next</h2>
        {rows.length === 0 ? null : <PlanLinks />}
      </div>
      <p className="mb-2 text-sm text-soft">
        Ranked by changes in the window that provisioning would have replaced, then by people exposed.
      </p>
      {rows.length === 0 ? (
        <p>No application changes by hand, and none is in use without provisioning.</p>
      ) : (
        <TableFrame
          heads={[
            { head: "#", number: true },
            "Application",
            { head: "Manual changes", number: true },
            { head: "People", number: true },
            { head: "Active accounts", number: true },
            { head: "Accounts not by SCIM", number: true },
            { head: "Grants not by SCIM", number: true },
            "Provisioning",
          ]}
        >
          {rows.map((row) => (
            <tr key={row.application}>
              <td className="number text-soft">{row.rank}</td>
              <th scope="row">
                <ApplicationLink name={row.application} />
              </th>
              <td className="number">{count(manualChanges(row))}</td>
              <td className="number">{count(row.people)}</td>
              <td className="number">
                <Link
                  className="figure"
                  prefetch={false}
                  href={`/accounts?application=${encodeURIComponent(row.application)}&active=yes`}
                >
                  {count(row.accounts)}
                </Link>
              </td>
              <td className="number">{count(row.notByScim.accounts)}</td>
              <td className="number">{count(row.notByScim.entitlements)}</td>
              <td>{row.uncovered ? "never seen" : "in part"}</td>
            </tr>
          ))}
        </TableFrame>
      )}
    </section>
  );
}
