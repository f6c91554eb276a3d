"use client";
/** What proof has been made, and what makes more of it? */
import { useQuery } from "@tanstack/react-query";
import type { PacksList } from "../../lib/packs/list-packs.ts";
import { useMay } from "../data/permissions.ts";
import { plural } from "../format/number.ts";
import { EvidenceForm } from "../jobs/evidence-form.tsx";
import { jobsQuery } from "../jobs/use-jobs.ts";
import { Answer } from "../ui/answer.tsx";
import { Problem } from "../ui/problem.tsx";
import { useInBrowser } from "../ui/use-in-browser.ts";
import { packsQuery } from "./packs-query.ts";
import { HandMade, PacksTable } from "./packs-table.tsx";
import { SchedulesSection } from "./schedules-section.tsx";
import { packsWords } from "./words.ts";

interface Props {
  initial: PacksList;
  customers: readonly string[];
  applications: readonly string[];
}

export function EvidencePage({ initial, customers, applications }: Props) {
  const query = useQuery({
    ...packsQuery,
    initialData: initial,
    initialDataUpdatedAt: Date.parse(initial.asOf),
  });
  // The button of work in the page's head asks for them, and follows what runs.
  const work = useQuery({ ...jobsQuery, enabled: useMay("read") });
  const list = query.data;
  // They may have come before this page comes to life, and after the server has drawn it.
  const jobs = useInBrowser() ? (work.data?.jobs ?? []) : [];
  const byHand = jobs.filter(({ kind }) => kind === "evidence");
  return (
    <div className="space-y-8">
      <div>
        <Answer title="Evidence">{packsWords(list)}</Answer>
        {query.error === null ? null : (
          <Problem error={query.error} retry={() => void query.refetch()} since={query.dataUpdatedAt} />
        )}
        <p className="mb-4 max-w-[80ch] text-soft">
          A pack has all reports and the raw records behind them in one zip, which anybody can check without
          Rollcall. Hand its SHA-256 over by another way than the pack.
        </p>
        <EvidenceForm />
      </div>
      <SchedulesSection list={list} customers={customers} applications={applications} />
      <section aria-labelledby="packs">
        <h2 id="packs" className="mb-2">
          {plural(list.packs.length, "pack")} of schedules
        </h2>
        {list.packs.length === 0 ? (
          <p className="text-soft">The packs that schedules make will stand here.</p>
        ) : (
          <PacksTable packs={list.packs} asOf={list.asOf} />
        )}
      </section>
      <section aria-labelledby="by-hand">
        <h2 id="by-hand" className="mb-2">
          {plural(byHand.length, "pack")} made by hand
        </h2>
        {byHand.length === 0 ? (
          <p className="text-soft">A pack that you make now stands here for an hour.</p>
        ) : (
          <HandMade jobs={byHand} />
        )}
      </section>
    </div>
  );
}
