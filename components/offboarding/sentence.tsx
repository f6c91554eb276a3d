"use client";
/** The answer in words: who lost access in time, what is still open, and what was used after leaving. */
import type { OffboardingReport } from "../../lib/reports/contract.ts";
import { count, plural } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { FilterLink } from "../ui/filter-link.tsx";
import { slaInWords } from "./words.ts";

export function Sentence({ report }: { report: OffboardingReport }) {
  const { leavers, leaversInTime, open, failing, accessAfterLeaving, oldestOpen } = report.summary;
  if (leavers === 0) return <>Nobody has left in this period.</>;
  const unfinished = open + failing;
  return (
    <>
      <FilterLink set={{ show: "done" }}>
        {count(leaversInTime)} of {plural(leavers, "leaver")}
      </FilterLink>{" "}
      lost all access within {slaInWords(report)};{" "}
      {unfinished === 0 ? (
        "no account is still open."
      ) : (
        <>
          <FilterLink set={{ show: "unfinished" }}>{plural(unfinished, "account")}</FilterLink>{" "}
          {unfinished === 1 ? "is" : "are"} still open
          {oldestOpen === null ? "" : `, the oldest for ${duration(oldestOpen)}`}.
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
