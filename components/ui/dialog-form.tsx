"use client";
/** A form within a dialog. */
import type { ReactNode } from "react";

/** The button that sends a form, and the one that leaves it. @param act what it does, in a word or two. */
export function FormButtons({
  act,
  busy = false,
  onCancel,
}: {
  act: ReactNode;
  busy?: boolean;
  onCancel: () => void;
}) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <button type="submit" className="button button-main" disabled={busy}>
        {act}
      </button>
      <button type="button" className="button" onClick={onCancel}>
        Cancel
      </button>
    </div>
  );
}

/** Fields, and beneath them the buttons. */
export function DialogForm({
  act,
  busy,
  onSend,
  onCancel,
  children,
}: {
  act: ReactNode;
  busy: boolean;
  onSend: () => void;
  onCancel: () => void;
  children: ReactNode;
}) {
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {children}
      <FormButtons act={act} busy={busy} onCancel={onCancel} />
    </form>
  );
}
