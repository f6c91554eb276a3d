/** Around what may be wider or higher than its place: with no link or button in it, it must be moved by keys all the same. */
import type { ReactNode, Ref } from "react";

export function Scrolling({
  label,
  className = "relative overflow-x-auto",
  ref,
  isBusy,
  children,
}: {
  /** What is in it, for those who can't see it. */
  label: string;
  className?: string;
  ref?: Ref<HTMLElement>;
  /** Whether newer content is on its way. */
  isBusy?: boolean;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
    <section ref={ref} className={className} aria-label={label} aria-busy={isBusy} tabIndex={0}>
      {children}
    </section>
  );
}
