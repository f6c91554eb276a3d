"use client";
/** A small panel beside the button that opens it: Esc, a click elsewhere and the focus leaving close it. */
import { Popover as Base } from "@base-ui/react/popover";
import type { ReactNode, RefObject } from "react";

export function Popover({
  button,
  title,
  open,
  onOpen,
  focus,
  children,
}: {
  /** What stands on the button. */
  button: ReactNode;
  /** What the panel is called. */
  title: string;
  open: boolean;
  onOpen: (open: boolean) => void;
  /** What has the focus first; else the first control. */
  focus?: RefObject<HTMLElement | null>;
  children: ReactNode;
}) {
  return (
    <Base.Root open={open} onOpenChange={(now) => onOpen(now)}>
      <Base.Trigger className="button">{button}</Base.Trigger>
      <Base.Portal>
        <Base.Positioner align="start" sideOffset={4} collisionPadding={8} className="z-20">
          <Base.Popup
            aria-label={title}
            {...(focus === undefined ? {} : { initialFocus: focus })}
            className="max-h-[min(var(--available-height),420px)] w-72 max-w-[calc(100vw-16px)] overflow-y-auto rounded-md border border-line bg-raised p-3 text-sm text-ink shadow-xl"
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
