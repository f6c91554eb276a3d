/** Around a table without a link or button in it: where it is wider than the page, it must be moved by keys all the same. */
import type { ReactNode } from "react";

export function Scrolling({
  label,
  className = "overflow-x-auto",
  children,
}: {
  /** What is in it, for those who can't see it. */
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
    <section className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
