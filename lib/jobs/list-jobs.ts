/** What runs, and what ended lately: jobs of this process, and ingests, which the database knows. */
import type { Db } from "../../db/client.ts";
import { iso, isoOrNull } from "../reports/base.ts";
import type { JobRow, JobsReport } from "../reports/contract.ts";
import { recentIngests } from "../reports/sources.ts";
import { isMaker, type Job, jobsFor, type Viewer } from "./jobs.ts";

/** Of each, jobs and ingests, so many that ended: programs that send records all the time push nobody's pack away. */
const SHOWN = 20;

function rowOf(job: Job, viewer: Viewer): JobRow {
  const { id, kind, about, state, done, all, unit, by, startedAt, finishedAt, error, file } = job;
  const download =
    file === null || !isMaker(job, viewer)
      ? null
      : {
          href: `/api/v1/jobs/${id}/file`,
          name: file.name,
          bytes: file.bytes,
          sha256: file.sha256,
          until: iso(file.until),
        };
  return {
    id,
    kind,
    about,
    state,
    done,
    all,
    unit,
    by,
    startedAt: iso(startedAt),
    finishedAt: isoOrNull(finishedAt),
    error,
    download,
  };
}

/** The newest first; whatever runs is among them. @param viewer `db` shows what they may see of ingests. */
export async function listJobs(db: Db, viewer: Viewer): Promise<JobsReport> {
  const ingests = (await recentIngests(db, viewer.workspace, SHOWN)).map(
    (row): JobRow => ({
      id: row.id,
      kind: "ingest",
      about: row.file ?? row.source,
      state: row.state,
      done: row.bytesRead,
      all: row.bytesTotal,
      unit: "bytes",
      by: null,
      startedAt: row.startedAt,
      finishedAt: row.finishedAt,
      error: row.error,
      download: null,
    }),
  );
  const own = jobsFor(viewer).map((job) => rowOf(job, viewer));
  const running = own.filter(({ state }) => state === "running");
  const ended = own.filter(({ state }) => state !== "running").slice(0, SHOWN);
  return {
    jobs: [...running, ...ended, ...ingests].sort((a, b) =>
      a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0,
    ),
  };
}
