/** A number that leads to the rows that make it. */
import Link from "next/link";
import type { ReactNode } from "react";

export function Figure({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="figure">
      {children}
    </Link>
  );
}
