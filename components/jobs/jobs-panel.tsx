"use client";
/** What runs and what ended lately, and the long work that can be begun from anywhere. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { JobRow } from "../../lib/reports/contract.ts";
import { sendJson } from "../data/api.ts";
import { bytes } from "../format/number.ts";
import { Confirm } from "../ui/confirm.tsx";
import { Field, Refusal } from "../ui/field.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { State } from "../ui/state-mark.tsx";
import { Moment } from "../ui/when.tsx";
import { progressOf, STATE_WORDS, shareOf, titleOf } from "./job-words.ts";
import { JOBS_KEY } from "./use-jobs.ts";

function Line({ row }: { row: JobRow }) {
  const title = titleOf(row);
  const share = shareOf(row);
  return (
    <li className="border-b border-line py-3 last:border-b-0">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{title}</span>
        <State {...STATE_WORDS[row.state]} />
      </p>
      {row.state === "running" ? (
        <>
          <progress
            className="progress my-1"
            aria-label={title}
            max={share === null ? undefined : 1}
            value={share ?? undefined}
          />
          <p className="text-sm text-soft">
            {share === 1 ? "Everything is read; working out what it says" : progressOf(row)}
          </p>
        </>
      ) : null}
      {row.error === null ? null : <p className="text-sm text-bad">{row.error}</p>}
      <p className="text-sm text-soft">
        {row.by === null ? "" : `${row.by}, `}
        <Moment at={row.startedAt} />
      </p>
      {row.download === null ? null : (
        <p className="mt-1 text-sm">
          <a className="button" href={row.download.href} download>
            Download, {bytes(row.download.bytes)}
          </a>{" "}
          <span className="text-soft">
            until <Moment at={row.download.until} />
          </span>
        </p>
      )}
    </li>
  );
}

/** Sends the request that begins it, and has the list show it. */
function useBegin(path: string, onBegun: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Record<string, string>) => sendJson<{ id: string }>(path, "POST", body),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: JOBS_KEY });
      onBegun();
    },
  });
}

/** Kinds of packs, as the API names them. */
const TEMPLATES = [
  ["", "Reports and records"],
  ["quarterly-review", "Quarterly access review"],
  ["offboarding-sample", "Sample of leavers"],
  ["assurance-letter", "Letter to a customer"],
] as const;

function EvidenceForm() {
  const [open, setOpen] = useState(false);
  const [template, setTemplate] = useState("");
  const begin = useBegin("/api/v1/evidence", () => setOpen(false));
  if (!open) {
    return (
      <button type="button" className="button" onClick={() => setOpen(true)}>
        Make an evidence pack
      </button>
    );
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value).trim()]);
    begin.mutate(Object.fromEntries(given.filter(([, value]) => value !== "")));
  };
  return (
    <form onSubmit={submit} className="w-full space-y-3">
      <p className="text-sm text-soft">
        The reports and the records behind them in one zip, which can be checked without Rollcall. Leave a
        field empty for no limit.
      </p>
      <div className="flex flex-wrap gap-3">
        <Field label="Kind" error={null}>
          {(control) => (
            <select
              {...control}
              name="template"
              className="field"
              value={template}
              onChange={(event) => setTemplate(event.target.value)}
            >
              {TEMPLATES.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="From" error={null}>
          {(control) => <input {...control} name="from" type="date" className="field" />}
        </Field>
        <Field label="To" error={null}>
          {(control) => <input {...control} name="to" type="date" className="field" />}
        </Field>
        <Field label="Application" error={null}>
          {(control) => <input {...control} name="application" maxLength={255} className="field" />}
        </Field>
        {template === "assurance-letter" ? (
          <Field label="Customer" error={null}>
            {(control) => <input {...control} name="customer" maxLength={255} className="field" />}
          </Field>
        ) : null}
        {template === "offboarding-sample" ? (
          <>
            <Field label="Leavers" error={null}>
              {(control) => (
                <input
                  {...control}
                  name="sample"
                  type="number"
                  min={1}
                  max={1000}
                  placeholder="25"
                  className="field"
                />
              )}
            </Field>
            <Field label="Seed" error={null}>
              {(control) => <input {...control} name="seed" maxLength={255} className="field" />}
            </Field>
          </>
        ) : null}
      </div>
      <Refusal>{begin.error?.message}</Refusal>
      <div className="flex gap-2">
        <button type="submit" className="button button-main" disabled={begin.isPending}>
          Begin
        </button>
        <button type="button" className="button" onClick={() => setOpen(false)}>
          Cancel
        </button>
      </div>
    </form>
  );
}

function Rebuild() {
  const [asking, setAsking] = useState(false);
  const begin = useBegin("/api/v1/rebuild", () => setAsking(false));
  return (
    <>
      <button type="button" className="button" onClick={() => setAsking(true)}>
        Work everything out anew
      </button>
      {asking ? (
        <Confirm
          title="Work everything out anew?"
          act="Begin"
          busy={begin.isPending}
          error={begin.error}
          onAct={() => begin.mutate({})}
          onClose={() => setAsking(false)}
        >
          <p>
            Every number is made again from the records, which stay as they are. Pages show the old numbers
            until it is done.
          </p>
        </Confirm>
      ) : null}
    </>
  );
}

export function JobsPanel({
  jobs,
  error,
  mayExport,
  mayRebuild,
  onClose,
}: {
  jobs: readonly JobRow[];
  error: Error | null;
  mayExport: boolean;
  mayRebuild: boolean;
  onClose: () => void;
}) {
  const running = jobs.filter(({ state }) => state === "running");
  const ended = jobs.filter(({ state }) => state !== "running");
  return (
    <SidePanel title="Work" onClose={onClose}>
      {mayExport || mayRebuild ? (
        <div className="mb-6 flex flex-wrap gap-2">
          {mayExport ? <EvidenceForm /> : null}
          {mayRebuild ? <Rebuild /> : null}
        </div>
      ) : null}
      <Refusal>{error?.message}</Refusal>
      <h3 className="font-semibold">Running</h3>
      {running.length === 0 ? (
        <p className="py-2 text-sm text-soft">Nothing runs now. It goes on when you leave the page.</p>
      ) : (
        <ul>
          {running.map((row) => (
            <Line key={row.id} row={row} />
          ))}
        </ul>
      )}
      <h3 className="mt-6 font-semibold">Lately</h3>
      {ended.length === 0 ? (
        <p className="py-2 text-sm text-soft">Files that come in and packs that were made will stand here.</p>
      ) : (
        <ul>
          {ended.map((row) => (
            <Line key={row.id} row={row} />
          ))}
        </ul>
      )}
    </SidePanel>
  );
}
