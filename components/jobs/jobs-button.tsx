"use client";
/** Long work in the header of every page: how much runs, and the panel behind it. */
import { useState } from "react";
import type { Permission } from "../../lib/auth/permissions.ts";
import { plural } from "../format/number.ts";
import { JobsPanel } from "./jobs-panel.tsx";
import { useJobs } from "./use-jobs.ts";

export function JobsButton({ permissions }: { permissions: readonly Permission[] }) {
  const [open, setOpen] = useState(false);
  const may = permissions.includes("read");
  const { jobs, running, error } = useJobs(may);
  if (!may) return null;
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        Work
        {running === 0 ? null : (
          <span className="min-w-5 rounded-full bg-accent px-1.5 text-center text-xs text-on-accent">
            {running}
          </span>
        )}
      </button>
      <span role="status" className="sr-only">
        {running === 0 ? "" : `${plural(running, "piece")} of work running`}
      </span>
      {open ? (
        <JobsPanel
          jobs={jobs}
          error={error}
          mayExport={permissions.includes("evidence")}
          mayRebuild={permissions.includes("operate")}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
}
