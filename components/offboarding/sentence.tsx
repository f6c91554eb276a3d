"use client";
/** The answer in words: who lost access in time, what is still open, and what was used after leaving. */
import type { OffboardingReport } from "../../lib/reports/contract.ts";
import { count, plural } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { FilterLink } from "../ui/filter-link.tsx";
import { oldestOpen, unmet } from "./choose.ts";
import { slaInWords } from "./words.ts";

export function Sentence({ report }: { report: OffboardingReport }) {
  const { leavers, open, failing, accessAfterLeaving } = report.summary;
  if (leavers === 0) return <>Nobody has left in this period.</>;
  const { late, pending } = unmet(report.rows);
  const unfinished = open + failing;
  const oldest = oldestOpen(report.rows);
  return (
    <>
      <FilterLink set={{ show: "done" }}>
        {count(leavers - late.size - pending.size)} of {plural(leavers, "leaver")}
      </FilterLink>{" "}
      lost all access within {slaInWords(report)};{" "}
      {unfinished === 0 ? (
        "no account is still open."
      ) : (
        <>
          <FilterLink set={{ show: "unfinished" }}>{plural(unfinished, "account")}</FilterLink>{" "}
          {unfinished === 1 ? "is" : "are"} still open
          {oldest === null ? "" : `, the oldest for ${duration(oldest)}`}.
        </>
      )}{" "}
      {accessAfterLeaving === 0 ? null : (
        <span className="font-semibold text-bad">
          <FilterLink set={{ show: "access" }}>{plural(accessAfterLeaving, "leaver")}</FilterLink> used an
          access after leaving.
        </span>
      )}
    </>
  );
}
