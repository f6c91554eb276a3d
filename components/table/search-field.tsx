"use client";
/** Words that rows must have in their names; the address follows the typing. */
import { useSearchParams } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { goTo } from "../data/use-address.ts";

/** Between two keys of somebody who types slowly. */
const PAUSE_MS = 250;

export function SearchField({ label }: { label: string }) {
  const given = useSearchParams().get("q") ?? "";
  const [draft, setDraft] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onChange = (text: string) => {
    setDraft(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const next = new URLSearchParams(window.location.search);
      const before = next.get("q");
      if (text.trim() === "") next.delete("q");
      else next.set("q", text.trim());
      // One step back takes the whole search away.
      goTo(next, before === null ? "push" : "replace");
      setDraft(null);
    }, PAUSE_MS);
  };
  return (
    <input
      type="search"
      aria-label={label}
      placeholder={label}
      maxLength={200}
      className="field w-56"
      value={draft ?? given}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
