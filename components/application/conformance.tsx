"use client";
/** Whether the application's SCIM service keeps to the standard: the newest report, those before it, and a new check. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Verdict } from "../../lib/conformance/finding.ts";
import type { ConformanceSchedule as ScheduleTold } from "../../lib/conformance/list-schedules.ts";
import type { ConformanceTold } from "../../lib/conformance/read-reports.ts";
import type { ConnectionTold } from "../../lib/scim/connection.ts";
import { count, plural } from "../format/number.ts";
import type { Tone } from "../format/words.ts";
import { progressOf, shareOf } from "../jobs/job-words.ts";
import { jobsQuery } from "../jobs/use-jobs.ts";
import { Refusal } from "../ui/field.tsx";
import { State, StateMark } from "../ui/state-mark.tsx";
import { type Head, TableFrame } from "../ui/table-frame.tsx";
import { Moment } from "../ui/when.tsx";
import { ConformanceForm } from "./conformance-form.tsx";
import { ConformanceSchedule } from "./conformance-schedule.tsx";
import { ConformanceTrend } from "./conformance-trend.tsx";
import { levelWords } from "./conformance-words.ts";

export interface ConformanceOf {
  /** The newest first. */
  reports: readonly ConformanceTold[];
  /** Where it can be checked; null: nowhere, or not by the reader. */
  connection: ConnectionTold | null;
  schedule: ScheduleTold;
  /** Whether the reader may check. */
  mayCheck: boolean;
}

const COLUMNS: readonly (readonly [verdict: Verdict, word: string, tone: Tone])[] = [
  ["failed", "Failed", "bad"],
  ["warning", "Warning", "risk"],
  ["passed", "Passed", "good"],
  ["not-tried", "Not tried", "unknown"],
  ["not-applicable", "Not applicable", "none"],
];

const FORMS = [
  ["html", "HTML"],
  ["pdf", "PDF"],
  ["json", "JSON"],
] as const;

const tried = ({ summary }: ConformanceTold): number => summary.failed + summary.warning + summary.passed;

function sentence(report: ConformanceTold): string {
  const { failed, warning } = report.summary;
  if (failed + warning === 0) return `All ${plural(tried(report), "check")} that were tried have passed`;
  return `${count(failed)} of ${plural(tried(report), "check")} failed, ${count(warning)} gave a warning`;
}

function changes({ differences }: ConformanceTold): string {
  if (differences === null) return "–";
  const { mended, fresh } = differences;
  if (mended.length + fresh.length === 0) return "as before";
  return `${count(mended.length)} mended, ${count(fresh.length)} new`;
}

/** The work that is under way for the application, or went wrong last. */
function Progress({ application }: { application: string }) {
  const { data } = useQuery({ ...jobsQuery, staleTime: 0 });
  const rows = data?.jobs.filter(
    ({ kind, about }) => kind === "conformance" && about?.toLowerCase() === application.toLowerCase(),
  );
  // Also where a second one was refused meanwhile.
  const row = rows?.find(({ state }) => state === "running") ?? rows?.[0];
  if (row === undefined) return null;
  if (row.state === "failed") return <Refusal>{row.error}</Refusal>;
  if (row.state !== "running") return null;
  return (
    <div role="status">
      <progress
        className="progress my-1"
        aria-label={`Checking conformance of ${application}`}
        max={row.all === null ? undefined : 1}
        value={shareOf(row) ?? undefined}
      />
      <p className="text-sm text-soft">{progressOf(row)}</p>
    </div>
  );
}

const heads: Head[] = COLUMNS.map(([, head]) => ({ head, number: true }));

function Newest({ application, report }: { application: string; report: ConformanceTold }) {
  const name = encodeURIComponent(application);
  return (
    <>
      <p>
        {sentence(report)}, on <Moment at={report.startedAt} /> ({levelWords(report.level)}
        {report.by === null ? ", by the schedule" : ""}).
        {report.stopped === null ? "" : ` It ended early: ${report.stopped}`}
      </p>
      {report.leftOver.map(({ type, id, why }) => (
        <Refusal key={id}>
          Left at the application: {type} <bdi>{id}</bdi>. {why} Delete it there by hand.
        </Refusal>
      ))}
      <TableFrame scrolling="Conformance by theme" caption="Conformance by theme" heads={["Theme", ...heads]}>
        {report.themes.map((theme) => (
          <tr key={theme.theme}>
            <th scope="row">{theme.title}</th>
            {COLUMNS.map(([verdict, , tone]) => (
              <td key={verdict} className="number">
                <span className="inline-flex items-center gap-1.5">
                  {theme[verdict] === 0 ? null : <StateMark tone={tone} />}
                  {count(theme[verdict])}
                </span>
              </td>
            ))}
          </tr>
        ))}
      </TableFrame>
      {report.wrong.length === 0 ? null : <Wrong wrong={report.wrong} />}
      <p className="flex flex-wrap items-baseline gap-2 print:hidden">
        <span className="text-sm text-soft">The report for the application's vendor:</span>
        {FORMS.map(([form, word]) => (
          <a
            key={form}
            className="button"
            href={`/api/v1/conformance/${report.id}?application=${name}&form=${form}`}
            download
          >
            {word}
          </a>
        ))}
      </p>
    </>
  );
}

function Wrong({ wrong }: Pick<ConformanceTold, "wrong">) {
  return (
    <TableFrame
      scrolling="What to change"
      caption="What failed or gave a warning, the worst first"
      className="relative max-h-96 overflow-auto"
      heads={["What should hold", "Verdict", "Severity", "Found", "To change"]}
    >
      {wrong.map(({ id, title, verdict, severity, said, mend }) => (
        <tr key={id}>
          <th scope="row" title={id} className="min-w-48 whitespace-normal">
            {title}
          </th>
          <td>
            {verdict === "failed" ? <State tone="bad" word="Failed" /> : <State tone="risk" word="Warning" />}
          </td>
          <td>{severity}</td>
          <td className="min-w-48">
            <bdi>{said ?? "–"}</bdi>
          </td>
          <td className="min-w-56">{mend ?? "–"}</td>
        </tr>
      ))}
    </TableFrame>
  );
}

function History({ reports }: { reports: readonly ConformanceTold[] }) {
  return (
    <TableFrame
      scrolling="Earlier checks"
      caption="Checks of conformance, the newest first"
      heads={[
        "When",
        "By",
        "Level",
        { head: "Failed", number: true },
        { head: "Warning", number: true },
        { head: "Passed", number: true },
        "Since the one before",
      ]}
    >
      {reports.map((report) => (
        <tr key={report.id}>
          <th scope="row">
            <Moment at={report.startedAt} />
          </th>
          <td>{report.by ?? "the schedule"}</td>
          <td>{levelWords(report.level)}</td>
          <td className="number">{count(report.summary.failed)}</td>
          <td className="number">{count(report.summary.warning)}</td>
          <td className="number">{count(report.summary.passed)}</td>
          <td>{changes(report)}</td>
        </tr>
      ))}
    </TableFrame>
  );
}

export function Conformance({
  application,
  conformance: { reports, connection, schedule, mayCheck },
}: {
  application: string;
  conformance: ConformanceOf;
}) {
  const [open, setOpen] = useState(false);
  const [newest] = reports;
  return (
    <section className="space-y-3" aria-labelledby="conformance">
      <h2 id="conformance">Conformance to SCIM</h2>
      {newest === undefined ? (
        <p>
          Whether its SCIM service keeps to the standard has not been checked.
          {mayCheck && connection === null ? " Set its SCIM service above first." : ""}
        </p>
      ) : (
        <Newest application={application} report={newest} />
      )}
      {mayCheck && connection !== null ? (
        <>
          <button type="button" className="button print:hidden" onClick={() => setOpen(true)}>
            Check conformance
          </button>
          <Progress application={application} />
          {open ? <ConformanceForm connection={connection} onClose={() => setOpen(false)} /> : null}
        </>
      ) : null}
      <ConformanceSchedule schedule={schedule} connection={connection} maySet={mayCheck} />
      <ConformanceTrend reports={reports} />
      {reports.length > 1 ? <History reports={reports} /> : null}
    </section>
  );
}
