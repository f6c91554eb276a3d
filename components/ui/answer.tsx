/** The head of a page: its name, and the one sentence that answers its question. */
import type { ReactNode } from "react";

export function Answer({ title, children }: { title: string; children: ReactNode }) {
  return (
    <header className="mb-4">
      <h1 className="text-sm text-soft">{title}</h1>
      <p className="max-w-[96ch] text-[18px] leading-6 text-pretty md:text-answer md:leading-7">{children}</p>
    </header>
  );
}
