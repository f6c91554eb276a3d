/** One cell of the map: state by shape, what was carried over as a bar, the age of the newest proof. */
import type { Capability, CoverageCell as Cell } from "../../lib/reports/contract.ts";
import { ago, shortAge } from "../format/time.ts";
import { trialWords } from "../format/trial.ts";
import { CAPABILITY_WORDS, COVERAGE_WORDS } from "../format/words.ts";
import { StateMark } from "../ui/state-mark.tsx";
import { sharesOf } from "./cells.ts";

function ShareBar({ cell }: { cell: Cell }) {
  const shares = sharesOf(cell);
  if (shares === null) return <span className="flex-1" />;
  const part = (share: number, colour: string) =>
    share === 0 ? null : <span className={colour} style={{ flexGrow: share, minWidth: 2 }} />;
  return (
    <span className="flex h-1 min-w-2 flex-1 gap-px overflow-hidden rounded-xs">
      {part(shares.carried, "bg-good")}
      {part(shares.failed, "bg-risk")}
      {part(shares.manual, "bg-bad")}
    </span>
  );
}

/** What a reader who can't see the cell is told. */
function labelOf(application: string, capability: Capability, cell: Cell, asOf: string): string {
  const proof = cell.lastEventAt === null ? "" : ` Newest proof ${ago(cell.lastEventAt, asOf)}.`;
  const trial = cell.trial === null ? "" : ` It was ${trialWords(cell.trial)}.`;
  return `${application}, ${CAPABILITY_WORDS[capability].word}: ${COVERAGE_WORDS[cell.state].word}. ${cell.why}${proof}${trial}`;
}

export function CoverageCell({
  application,
  capability,
  cell,
  asOf,
  place,
  first,
  dimmed,
}: {
  application: string;
  capability: Capability;
  cell: Cell;
  asOf: string;
  /** Row and column in the whole map, for the arrow keys. */
  place: string;
  /** The one cell that Tab reaches before the arrow keys have moved. */
  first: boolean;
  dimmed: boolean;
}) {
  return (
    <button
      type="button"
      data-place={place}
      data-application={application}
      data-capability={capability}
      tabIndex={first ? 0 : -1}
      className={`relative flex h-full w-full items-center gap-1 rounded-xs px-1 hover:bg-sunken ${dimmed ? "opacity-20" : ""}`}
    >
      <span className="sr-only">{labelOf(application, capability, cell, asOf)}</span>
      <StateMark tone={COVERAGE_WORDS[cell.state].tone} size={11} />
      <ShareBar cell={cell} />
      <span aria-hidden="true" className="min-w-[23px] whitespace-nowrap text-right text-[11px] text-soft">
        {cell.lastEventAt === null ? "" : shortAge(cell.lastEventAt, asOf)}
      </span>
    </button>
  );
}
