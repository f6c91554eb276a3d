"use client";
/** How one person's access ended: each departure as lanes, and the same as a table. */
import type { Leaving } from "../../lib/reports/contract.ts";
import { TRIGGER_WORDS } from "../format/words.ts";
import { StepsTable } from "../offboarding/steps-table.tsx";
import { AsTable } from "../ui/as-table.tsx";
import { StateMark } from "../ui/state-mark.tsx";
import { Moment } from "../ui/when.tsx";
import { Lanes } from "./lanes.tsx";
import { afterInWords, leavingInWords, MARK_WORDS } from "./words.ts";

const COLUMNS = ["When", "After leaving", "Application", "Account", "What", "Record"].map((head) => ({
  head,
}));

function Marks({ leaving, onOpen }: { leaving: Leaving; onOpen: (id: string) => void }) {
  const all = leaving.lanes
    .flatMap((lane) => lane.marks.map((mark) => ({ lane, mark })))
    .sort((a, b) => Date.parse(a.mark.at) - Date.parse(b.mark.at));
  return (
    <AsTable
      label="What happened after leaving"
      columns={COLUMNS}
      rows={all.map(({ lane, mark }) => ({
        key: `${lane.application} ${lane.step?.account ?? ""} ${mark.eventId}`,
        cells: [
          <Moment key="at" at={mark.at} />,
          afterInWords(leaving.leftAt, mark.at),
          lane.application,
          lane.step?.accountUserName ?? lane.step?.account ?? "–",
          <span
            key="what"
            className={`inline-flex items-center gap-1.5 ${mark.kind === "access" ? "font-semibold text-bad" : ""}`}
          >
            <StateMark tone={MARK_WORDS[mark.kind].tone} size={9} />
            {MARK_WORDS[mark.kind].word}
          </span>,
          <span key="record">
            <button type="button" className="link text-left" onClick={() => onOpen(mark.eventId)}>
              {mark.summary}
            </button>
            {mark.message === null ? null : <q className="quote mt-1 block">{mark.message}</q>}
          </span>,
        ],
      }))}
    />
  );
}

function Departure({ leaving, onOpen }: { leaving: Leaving; onOpen: (id: string) => void }) {
  const { eventId } = leaving;
  return (
    <>
      <p className="mb-2">
        Left on <Moment at={leaving.leftAt} />,{" "}
        {eventId === null ? (
          TRIGGER_WORDS[leaving.trigger]
        ) : (
          <button type="button" className="link" onClick={() => onOpen(eventId)}>
            {TRIGGER_WORDS[leaving.trigger]}
          </button>
        )}
        , says {leaving.source}. {leavingInWords(leaving)}
        {leaving.rehiredAt === null ? null : (
          <>
            {" "}
            Came back on <Moment at={leaving.rehiredAt} />.
          </>
        )}
      </p>
      {leaving.lanes.length === 0 ? null : (
        <>
          <Lanes leaving={leaving} onOpen={onOpen} />
          <Marks leaving={leaving} onOpen={onOpen} />
        </>
      )}
    </>
  );
}

export function LeaverSection({
  leavings,
  asOf,
  onOpen,
}: {
  leavings: readonly Leaving[];
  asOf: string;
  /** Shows the record of an event. */
  onOpen: (id: string) => void;
}) {
  if (leavings.length === 0) return null;
  const steps = leavings.flatMap(({ lanes }) => lanes.flatMap(({ step }) => step ?? []));
  return (
    <section id="leaving" aria-label="Offboarding">
      <h2 className="mb-2">Offboarding</h2>
      <div className="space-y-8">
        {leavings.map((leaving) => (
          <Departure key={leaving.leftAt} leaving={leaving} onOpen={onOpen} />
        ))}
      </div>
      {steps.length === 0 ? null : (
        <div className="mt-4">
          <StepsTable rows={steps} asOf={asOf} person={false} />
        </div>
      )}
    </section>
  );
}
