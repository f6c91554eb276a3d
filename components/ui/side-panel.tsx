"use client";
/** Detail beside the page: a native modal dialog, so focus stays inside and Esc closes it. */
import type { ReactNode } from "react";
import { useModal } from "./use-modal.ts";

export function SidePanel({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const ref = useModal();
  return (
    <dialog ref={ref} className="panel" aria-label={title} onClose={onClose} closedby="any">
      <div className="sticky top-0 flex items-center justify-between gap-4 border-b border-line bg-raised px-5 py-3">
        <h2 className="min-w-0 [overflow-wrap:anywhere]">{title}</h2>
        <button type="button" className="button" onClick={() => ref.current?.close()}>
          Close <kbd className="key">Esc</kbd>
        </button>
      </div>
      <div className="px-5 py-4">{children}</div>
    </dialog>
  );
}
