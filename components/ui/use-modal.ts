"use client";
import { type RefObject, useEffect, useRef } from "react";

/**
 * Opens a native modal dialog with the component that draws it: focus stays inside, Esc closes it, and then the focus is where it was.
 * @returns goes onto the dialog.
 */
export function useModal(): RefObject<HTMLDialogElement | null> {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    if (ref.current?.open === false) ref.current.showModal();
    // The back button takes the dialog away without closing it: focus must still return.
    return () => {
      const lost = document.activeElement === document.body;
      if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return ref;
}
