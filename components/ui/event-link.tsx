/** Words that lead to the event which shows them. */
import Link from "next/link";
import type { ReactNode } from "react";

export function EventLink({ id, children }: { id: string | null; children: ReactNode }) {
  if (id === null) return <span>{children}</span>;
  return (
    <Link href={`/events/${encodeURIComponent(id)}`} className="link" prefetch={false}>
      {children}
    </Link>
  );
}
