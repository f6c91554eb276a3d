/** One question of the overview: its name, the answer in words, and a small picture. */
import Link from "next/link";
import type { ReactNode } from "react";
import type { Tone } from "../format/words.ts";
import { StateMark } from "../ui/state-mark.tsx";

export function Question({
  name,
  href,
  tone,
  answer,
  figures,
  children,
}: {
  name: string;
  href: string;
  /** How things stand. */
  tone: Tone;
  answer: ReactNode;
  /** The figures that change. */
  figures?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <section className="grid grid-cols-1 gap-x-8 gap-y-3 border-b border-line py-5 last:border-b-0 md:grid-cols-[120px_minmax(0,5fr)] xl:grid-cols-[120px_minmax(0,5fr)_minmax(0,4fr)]">
      <h2 className="flex items-center gap-2 self-start leading-6 font-medium">
        <StateMark tone={tone} />
        <Link href={href} prefetch={false} className="hover:underline">
          {name}
        </Link>
      </h2>
      <p className="max-w-[62ch] text-[17px] leading-6 text-pretty">{answer}</p>
      <div className="md:col-start-2 xl:col-start-3">{children}</div>
      <div className="md:col-start-2 xl:col-end-4">{figures}</div>
    </section>
  );
}
