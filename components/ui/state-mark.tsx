/** A state by shape and colour: ● good, ▲ at risk, ■ bad, ? unknown, – not applicable. The word stands beside it or in its label. */
import type { Tone } from "../format/words.ts";

const COLOURS: Record<Tone, string> = {
  good: "text-good",
  risk: "text-risk",
  bad: "text-bad",
  unknown: "text-unknown",
  none: "text-none",
};

const SHAPES: Record<Tone, React.ReactNode> = {
  good: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  risk: <path d="M6 0.8 11.6 11H0.4Z" fill="currentColor" />,
  bad: <rect x="1" y="1" width="10" height="10" fill="currentColor" />,
  unknown: (
    <path
      d="M3.4 3.7a2.6 2.6 0 1 1 3.9 2.2C6.4 6.4 6 6.9 6 7.9M6 10v1.3"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
    />
  ),
  none: <path d="M2 6h8" stroke="currentColor" strokeWidth="1.8" />,
};

/** The shape alone, for where a word stands beside it. */
export function StateMark({ tone, size = 10 }: { tone: Tone; size?: number }) {
  return (
    <svg
      viewBox="0 0 12 12"
      width={size}
      height={size}
      className={`inline-block shrink-0 ${COLOURS[tone]}`}
      aria-hidden="true"
    >
      {SHAPES[tone]}
    </svg>
  );
}

/** The shape and its word. */
export function State({ tone, word }: { tone: Tone; word: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <StateMark tone={tone} />
      {word}
    </span>
  );
}
