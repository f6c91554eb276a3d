/** Parts of a whole side by side, each with its shape, word and number, and a link to its rows: the list is the picture's table. */
import Link from "next/link";
import { count } from "../format/number.ts";
import type { Tone } from "../format/words.ts";
import { StateMark } from "../ui/state-mark.tsx";

export interface Part {
  word: string;
  tone: Tone;
  size: number;
  href: string;
}

const FILLS: Record<Tone, string> = {
  good: "bg-good",
  risk: "bg-risk",
  bad: "bg-bad",
  unknown: "bg-unknown hatched",
  none: "bg-line",
};

export function StackedBar({ parts, label }: { parts: readonly Part[]; label: string }) {
  const seen = parts.filter(({ size }) => size > 0);
  return (
    <figure aria-label={label}>
      <div className="flex h-2.5 gap-0.5 overflow-hidden rounded-xs" aria-hidden="true">
        {seen.map(({ word, tone, size }) => (
          <span key={word} className={FILLS[tone]} style={{ flexGrow: size, minWidth: 3 }} />
        ))}
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {parts.map(({ word, tone, size, href }) => (
          <li key={word}>
            <Link href={href} prefetch={false} className="inline-flex items-center gap-1.5 hover:underline">
              <StateMark tone={tone} size={9} />
              {word} <span className="text-soft">{count(size)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </figure>
  );
}
