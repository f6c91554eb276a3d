"use client";
/** A few choices under each other: arrows, j and k move between them, a number takes one. */
import { type KeyboardEvent, type ReactNode, useRef } from "react";

export function MenuChoices({ label = "Choices", children }: { label?: string; children: ReactNode }) {
  const list = useRef<HTMLFieldSetElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).closest("input") !== null) return;
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      buttons[Math.max(0, Math.min(at + step, buttons.length - 1))]?.focus();
    } else if (/^[1-9]$/u.test(event.key)) buttons[Number(event.key) - 1]?.click();
  };
  return (
    <fieldset ref={list} aria-label={label} className="-mx-2 space-y-0.5" onKeyDown={onKeyDown}>
      {children}
    </fieldset>
  );
}

export function MenuChoice({ at, label, onChoose }: { at: number; label: string; onChoose: () => void }) {
  return (
    <button
      type="button"
      className="flex h-8 w-full items-center justify-between gap-3 rounded px-2 text-left text-sm hover:bg-sunken focus-visible:bg-sunken"
      onClick={onChoose}
    >
      <span className="truncate">{label}</span>
      {at < 9 ? <kbd className="key">{at + 1}</kbd> : null}
    </button>
  );
}
