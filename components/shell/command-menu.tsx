"use client";
/** ⌘K: any page, person, account or application by a part of its name or by any of its ids, and what the open page can do. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from "react";
import type { SearchHit } from "../../lib/reports/contract.ts";
import { fetchJson } from "../data/api.ts";
import { type Command, useOfferedCommands } from "./commands.ts";
import type { PageLink } from "./pages.ts";

interface Entry {
  /** Where it leads, or what it does. */
  go: string | (() => void);
  label: string;
  detail: string;
}

const KINDS: Record<SearchHit["kind"], string> = {
  identity: "person",
  account: "account of nobody known",
  application: "application",
  event: "event",
};

function pagesFor(pages: readonly PageLink[], text: string): Entry[] {
  const part = text.trim().toLowerCase();
  return pages
    .filter((page) => page.word.toLowerCase().includes(part))
    .map((page) => ({
      go: page.href,
      label: page.word,
      detail: page.question,
    }));
}

function commandsFor(commands: readonly Command[], text: string): Entry[] {
  const part = text.trim().toLowerCase();
  return commands
    .filter(({ label }) => label.toLowerCase().includes(part))
    .map(({ label, detail, run }) => ({ go: run, label, detail }));
}

function useEntries(
  pages: readonly PageLink[],
  search: boolean,
  text: string,
): { entries: Entry[]; problem: Error | null; searching: boolean } {
  const offered = useOfferedCommands();
  const wanted = useDeferredValue(text.trim());
  const { data, error, isFetching } = useQuery({
    queryKey: ["search", wanted],
    queryFn: ({ signal }) =>
      fetchJson<SearchHit[]>(`/api/v1/search?q=${encodeURIComponent(wanted)}`, { signal }),
    enabled: search && wanted !== "",
    placeholderData: keepPreviousData,
  });
  const hits = wanted === "" ? [] : (data ?? []);
  const found = hits.map(({ href, label, kind, detail }) => ({
    go: href,
    label,
    detail: detail === null ? KINDS[kind] : `${KINDS[kind]}, ${detail}`,
  }));
  return {
    entries: [...commandsFor(offered, text), ...pagesFor(pages, text), ...found],
    problem: error,
    searching: isFetching,
  };
}

interface Props {
  pages: readonly PageLink[];
  /** Whether they may search the workspace; pages can always be found. */
  search: boolean;
  onClose: () => void;
}

export function CommandMenu({ pages, search, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useId();
  const router = useRouter();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const { entries, problem, searching } = useEntries(pages, search, text);
  const current = Math.min(at, entries.length - 1);
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  const go = (entry: Entry | undefined) => {
    if (entry === undefined) return;
    dialog.current?.close();
    if (typeof entry.go === "string") router.push(entry.go);
    else entry.go();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = Math.max(0, Math.min(current + step, entries.length - 1));
      setAt(next);
      document.getElementById(`${list}${next}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      event.preventDefault();
      go(entries[current]);
    }
  };
  const said =
    problem?.message ??
    (entries.length > 0 ? "" : searching ? "Searching" : `Nothing here is called "${text.trim()}".`);
  return (
    <dialog
      ref={dialog}
      aria-label="Find"
      onClose={onClose}
      closedby="any"
      className="top-[10dvh] m-0 mx-auto w-[min(560px,94vw)] rounded-md border border-line p-0 shadow-xl"
    >
      <input
        type="search"
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={entries.length > 0 ? `${list}${current}` : undefined}
        aria-label="Find a page, a person or an application"
        placeholder="Find a page, a person or an application"
        className="h-12 w-full border-b border-line bg-transparent px-4 outline-none"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div role="listbox" id={list} aria-label="Found" className="max-h-[60dvh] overflow-y-auto py-1">
        {entries.map((entry, i) => (
          <div
            key={`${typeof entry.go === "string" ? entry.go : "act"} ${entry.label}`}
            id={`${list}${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === current}
            className="flex h-9 cursor-pointer items-baseline gap-3 px-4 leading-9 aria-selected:bg-accent/15"
            onPointerMove={() => setAt(i)}
            onClick={() => go(entry)}
            onKeyDown={onKeyDown}
          >
            <span className="shrink-0">{entry.label}</span>
            <span className="truncate text-sm text-soft">{entry.detail}</span>
          </div>
        ))}
      </div>
      <p role="status" className="px-4 pb-3 text-sm text-soft empty:hidden">
        {said}
      </p>
    </dialog>
  );
}
