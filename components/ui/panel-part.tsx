import type { ReactNode } from "react";

/** A part of a panel under its own heading; of a page, which has no heading between its own and that, at the next level. */
export function PanelPart({
  title,
  level: Heading = "h3",
  children,
}: {
  title: string;
  level?: "h2" | "h3";
  children: ReactNode;
}) {
  return (
    <section aria-label={title}>
      <Heading className="mb-1 font-semibold">{title}</Heading>
      {children}
    </section>
  );
}
