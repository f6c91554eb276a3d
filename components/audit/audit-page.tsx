"use client";
/** Who did what here? */
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import type { AuditRow, AuditPage as Page } from "../../lib/auth/audit.ts";
import { usePanel } from "../data/use-address.ts";
import { plural } from "../format/number.ts";
import { ago } from "../format/time.ts";
import { Answer } from "../ui/answer.tsx";
import { ROWS } from "../ui/filter-link.tsx";
import { Problem } from "../ui/problem.tsx";
import { ReportSkeleton } from "../ui/skeleton.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { auditPages, auditQuery } from "./audit-query.ts";
import { AuditTable } from "./audit-table.tsx";
import { EntryPanel } from "./entry-panel.tsx";
import { verbWords } from "./verb-words.ts";

export interface AuditInitial {
  /** When it was read, milliseconds since 1970. */
  now: number;
  query: string;
  /** Null when the address asks for something that can't be understood: the API then says what. */
  page: Page | null;
}

interface SentenceProps {
  rows: readonly AuditRow[];
  more: boolean;
  filtered: boolean;
  asOf: string;
}

function Sentence({ rows, more, filtered, asOf }: SentenceProps) {
  const [newest] = rows;
  if (newest === undefined) {
    return filtered ? <>Nobody did anything of the kind.</> : <>Nobody has done anything here yet.</>;
  }
  return (
    <>
      {newest.actorName} {verbWords(newest.verb)} {ago(newest.at, asOf)}: the newest of{" "}
      <a href={`#${ROWS}`} className="figure">
        {more ? "more than " : ""}
        {plural(rows.length, "act")}
      </a>
      {filtered ? " that the filters leave" : ""}.
    </>
  );
}

export function AuditPage({ initial }: { initial: AuditInitial }) {
  const search = useSearchParams();
  const panel = usePanel("entry");
  const query = auditQuery((name) => search.get(name));
  const {
    data,
    error,
    refetch,
    hasNextPage,
    fetchNextPage,
    isFetchingNextPage,
    isPlaceholderData,
    dataUpdatedAt,
  } = useInfiniteQuery({
    ...auditPages(query),
    placeholderData: keepPreviousData,
    ...(initial.page !== null && initial.query === query
      ? { initialData: { pages: [initial.page], pageParams: [null] }, initialDataUpdatedAt: initial.now }
      : {}),
  });
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const entry = Number(panel.open ?? 0);
  const asOf = new Date(Math.max(dataUpdatedAt, initial.now)).toISOString();
  return (
    <>
      <Answer title="Audit log">
        {data === undefined ? (
          "Who did what, when, and from where."
        ) : (
          <Sentence rows={rows} more={hasNextPage} filtered={query !== ""} asOf={asOf} />
        )}
      </Answer>
      <AuditFilters query={query} />
      {error === null ? null : <Problem error={error} retry={() => void refetch()} since={dataUpdatedAt} />}
      {data === undefined && error === null ? <ReportSkeleton /> : null}
      <div aria-busy={isPlaceholderData} className={isPlaceholderData ? "opacity-60" : ""}>
        <h2 id={ROWS} className="sr-only">
          {plural(rows.length, "act")}
        </h2>
        {rows.length === 0 ? null : <AuditTable rows={rows} onOpen={panel.show} />}
        {hasNextPage ? (
          <button
            type="button"
            className="button mt-3 print:hidden"
            disabled={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            Load more
          </button>
        ) : null}
      </div>
      {Number.isSafeInteger(entry) && entry > 0 ? (
        <EntryPanel
          key={entry}
          entry={entry}
          row={rows.find((row) => row.entry === entry)}
          onClose={panel.close}
        />
      ) : null}
    </>
  );
}
