"use client";
/** A question or a notice over the page: a native modal dialog, which Esc and its buttons close, and no stray click. */
import type { ReactNode } from "react";
import { useModal } from "./use-modal.ts";

export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  /** @param close closes the dialog. */
  children: (close: () => void) => ReactNode;
}) {
  const ref = useModal();
  return (
    <dialog
      ref={ref}
      aria-label={title}
      onClose={onClose}
      className="w-[min(480px,94vw)] rounded-md border border-line p-5 shadow-xl"
    >
      <h2 className="mb-3 [overflow-wrap:anywhere]">{title}</h2>
      {children(() => ref.current?.close())}
    </dialog>
  );
}
