/** What fails now, in words, the most urgent causes beside it. */

import Link from "next/link";
import type { ReactNode } from "react";
import { quarantined, whatOf } from "../failures/choose.ts";
import { count, plural } from "../format/number.ts";
import { duration } from "../format/time.ts";
import { plain } from "../format/words.ts";
import { Figure } from "./figure.tsx";
import { Question } from "./question.tsx";
import type { OverviewReports } from "./reports.ts";

export function FailuresAnswer({
  report,
  figures,
}: {
  report: OverviewReports["failures"];
  figures: ReactNode;
}) {
  const { open, openItems } = report.summary;
  const held = quarantined(report.rows);
  return (
    <Question
      name="Failures"
      href="/failures"
      figures={figures}
      tone={held.length > 0 ? "bad" : open > 0 ? "risk" : "good"}
      answer={
        open === 0 ? (
          "Nothing fails now: each failed change has been mended by a later success."
        ) : (
          <>
            <Figure href="/failures?state=unresolved">{plural(open, "cause")}</Figure>{" "}
            {open === 1 ? "keeps" : "keep"}{" "}
            {plural(openItems, "account or connection", "accounts and connections")} from being right
            {held.length === 0
              ? "."
              : `; ${held.join(", ")} ${held.length === 1 ? "is" : "are"} in quarantine.`}
          </>
        )
      }
    >
      <ul className="space-y-1 text-sm">
        {report.rows
          .filter((row) => row.state !== "resolved")
          .slice(0, 3)
          .map((row) => (
            <li key={row.id} className="flex justify-between gap-4">
              <Link href={`/failures?group=${row.id}`} prefetch={false} className="link truncate">
                {whatOf(row)}, {plain(row.errorClass)}
              </Link>
              <span className="text-soft whitespace-nowrap">
                {count(row.open)} open{row.age === null ? "" : `, ${duration(row.age)}`}
              </span>
            </li>
          ))}
      </ul>
    </Question>
  );
}
