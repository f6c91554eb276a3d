"use client";
/** What the page that is open can do, for the command menu. */
import { useEffect, useSyncExternalStore } from "react";

export interface Command {
  id: string;
  label: string;
  /** What it is about. */
  detail: string;
  run: () => void;
}

const NONE: readonly Command[] = [];
let commands: readonly Command[] = NONE;
const listeners = new Set<() => void>();

function set(next: readonly Command[]): void {
  commands = next;
  for (const listener of listeners) listener();
}

/** Offers the commands as long as the component is there. */
export function useCommands(own: readonly Command[]): void {
  useEffect(() => {
    set(own);
    return () => set(NONE);
  });
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useOfferedCommands = (): readonly Command[] =>
  useSyncExternalStore(
    subscribe,
    () => commands,
    () => NONE,
  );
