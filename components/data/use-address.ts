"use client";
/** The address holds the filters: it can be sent to a colleague, and the back button undoes a filter. */
import { useSearchParams } from "next/navigation";
import { useCallback, useRef } from "react";

export type Changes = Record<string, string | null>;

/** The address with some of its parameters set, or taken away by null or an empty text. */
export function withChanges(search: string, changes: Changes): string {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return text === "" ? "?" : `?${text}`;
}

/** Puts another query into the address; `replace` makes no step that the back button takes back. */
export function goTo(search: URLSearchParams, how: "push" | "replace" = "push"): void {
  const text = search.toString();
  const next = window.location.pathname + (text === "" ? "" : `?${text}`) + window.location.hash;
  if (how === "push") window.history.pushState(null, "", next);
  else window.history.replaceState(null, "", next);
}

/** Sets parameters without asking the server for the page again. */
export function setAddress(changes: Changes): void {
  const next = withChanges(window.location.search, changes);
  window.history.pushState(null, "", next === "?" ? window.location.pathname : next);
}

/** A panel that the address names: opening it is a step that the back button takes back. */
export function usePanel(parameter: string): {
  open: string | null;
  show: (value: string) => void;
  close: () => void;
} {
  const open = useSearchParams().get(parameter);
  const opened = useRef(false);
  const show = useCallback(
    (value: string) => {
      const shown = new URLSearchParams(window.location.search).has(parameter);
      if (shown)
        return window.history.replaceState(
          null,
          "",
          withChanges(window.location.search, { [parameter]: value }),
        );
      opened.current = true;
      setAddress({ [parameter]: value });
    },
    [parameter],
  );
  const close = useCallback(() => {
    if (opened.current) {
      opened.current = false;
      window.history.back();
      return;
    }
    const next = withChanges(window.location.search, { [parameter]: null });
    window.history.replaceState(null, "", next === "?" ? window.location.pathname : next);
  }, [parameter]);
  return { open, show, close };
}
