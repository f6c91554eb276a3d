"use client";
/** Asks before something ends: says what does, and keeps the question open when it did not work. */
import type { ReactNode } from "react";
import { Dialog } from "./dialog.tsx";
import { Refusal } from "./field.tsx";

export function Confirm<How = void>({
  title,
  act,
  doing,
  how,
  onClose,
  children,
}: {
  title: string;
  /** What the button does, in a word or two. */
  act: string;
  /** What is done then, with `how` where it wants to be told more. */
  doing: { isPending: boolean; error: Error | null; mutate: (how: How) => void };
  how?: How;
  onClose: () => void;
  /** What ends. */
  children: ReactNode;
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      {(close) => (
        <>
          <div className="space-y-2">{children}</div>
          <Refusal>{doing.error?.message}</Refusal>
          <div className="mt-4 flex flex-wrap gap-2">
            <button
              type="button"
              className="button button-main"
              disabled={doing.isPending}
              onClick={() => doing.mutate(how as How)}
            >
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
