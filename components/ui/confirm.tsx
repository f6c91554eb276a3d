"use client";
/** Asks before something ends: says what does, and keeps the question open when it did not work. */
import type { ReactNode } from "react";
import { Dialog } from "./dialog.tsx";
import { Refusal } from "./field.tsx";

export function Confirm({
  title,
  act,
  busy,
  error,
  onAct,
  onClose,
  children,
}: {
  title: string;
  /** What the button does, in a word or two. */
  act: string;
  busy: boolean;
  /** Why it did not work; null while nothing was tried. */
  error: Error | null;
  onAct: () => void;
  onClose: () => void;
  /** What ends. */
  children: ReactNode;
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      {(close) => (
        <>
          <div className="space-y-2">{children}</div>
          <Refusal>{error?.message}</Refusal>
          <div className="mt-4 flex flex-wrap gap-2">
            <button type="button" className="button button-main" disabled={busy} onClick={onAct}>
              {act}
            </button>
            <button type="button" className="button" onClick={close}>
              Cancel
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}
