"use client";
/** Which entries are shown: days, what was done, a part of a name; all in the address. */
import { useSearchParams } from "next/navigation";
import { type FormEvent, useId } from "react";
import { setAddress } from "../data/use-address.ts";
import { DayFilter, Select } from "../ui/filters.tsx";
import { auditPath } from "./audit-query.ts";
import { VERB_CHOICES } from "./verb-words.ts";

function TextFilter() {
  const id = useId();
  const value = useSearchParams().get("text") ?? "";
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setAddress({ text: String(new FormData(event.currentTarget).get("text") ?? "").trim() });
  };
  return (
    <search>
      <form onSubmit={find} className="flex items-center gap-2">
        <label htmlFor={id} className="text-sm text-soft">
          Name or object
        </label>
        <input
          // The address decides what stands here, also after a step back.
          key={value}
          id={id}
          name="text"
          type="search"
          maxLength={200}
          className="field w-44"
          defaultValue={value}
        />
        <button type="submit" className="button">
          Find
        </button>
      </form>
    </search>
  );
}

export function AuditFilters({ query }: { query: string }) {
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
      <DayFilter name="from" label="From" />
      <DayFilter name="to" label="to (days in UTC)" />
      <Select name="verb" label="What" all="Everything" choices={[...VERB_CHOICES]} />
      <TextFilter />
      <a className="button" href={auditPath(query, { format: "csv" })} download>
        Download CSV
      </a>
    </div>
  );
}
