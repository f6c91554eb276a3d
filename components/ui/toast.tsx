"use client";
/** What was just done, at the foot of the window, with the button that takes it back. It stays until it is closed. */
import type { ReactNode } from "react";
import { createPortal } from "react-dom";

export function Toast({
  act,
  busy,
  onAct,
  onClose,
  children,
}: {
  act: string;
  busy: boolean;
  onAct: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  return createPortal(
    <div className="fixed inset-x-4 bottom-20 z-30 mx-auto flex w-fit max-w-[min(480px,92vw)] items-center gap-3 rounded-md border border-line bg-raised px-4 py-2 text-sm shadow-xl md:bottom-6">
      <div role="status" className="min-w-0 [overflow-wrap:anywhere]">
        {children}
      </div>
      <button type="button" className="button" disabled={busy} onClick={onAct}>
        {act}
      </button>
      <button type="button" className="button" onClick={onClose}>
        Close
      </button>
    </div>,
    document.body,
  );
}
