"use client";
/** The coverage map: applications down, capabilities across, all of them in sight at once. */
import { type SyntheticEvent, useState } from "react";
import type { Capability, CoverageReport, CoverageRow } from "../../lib/reports/contract.ts";
import { plural } from "../format/number.ts";
import { CAPABILITIES, CAPABILITY_WORDS } from "../format/words.ts";
import { blocksOf, type CellRef, type Emphasis, ofCustomer } from "./cells.ts";
import { CoverageCell } from "./coverage-cell.tsx";
import { UncoveredMark } from "./legend.tsx";
import { moveInMap } from "./map-keys.ts";
import { WhyTip } from "./why-tip.tsx";

/** The cell under an event, by what its button carries. */
function cellAt(event: SyntheticEvent): { ref: CellRef; box: DOMRect } | null {
  const button = (event.target as HTMLElement).closest<HTMLElement>("[data-place]");
  const capability = CAPABILITIES.find((name) => name === button?.dataset.capability);
  if (button === null || capability === undefined) return null;
  return {
    ref: { application: button.dataset.application ?? "", capability },
    box: button.getBoundingClientRect(),
  };
}

function Row({
  row,
  index,
  asOf,
  emphasis,
}: {
  row: CoverageRow;
  index: number;
  asOf: string;
  emphasis: Emphasis;
}) {
  const dimmed = (capability: Capability): boolean => {
    if (emphasis === null) return false;
    return emphasis === "uncovered" ? !row.uncovered : row.cells[capability].state !== emphasis;
  };
  return (
    <tr className="h-[26px] border-b border-line">
      <th
        scope="row"
        className="max-w-0 text-left font-normal"
        title={`${row.application}: ${plural(row.accounts, "active account")}, ${plural(row.people, "person", "people")}`}
      >
        <span className="flex items-center gap-1">
          <span className="truncate">{row.application}</span>
          {row.uncovered ? <UncoveredMark /> : null}
        </span>
      </th>
      {CAPABILITIES.map((capability, column) => (
        <td key={capability} className="p-0">
          <CoverageCell
            application={row.application}
            capability={capability}
            cell={row.cells[capability]}
            asOf={asOf}
            place={`${index}:${column}`}
            first={index === 0 && column === 0}
            dimmed={dimmed(capability)}
          />
        </td>
      ))}
    </tr>
  );
}

export function CoverageMap({
  report,
  emphasis,
  customer,
  onOpen,
}: {
  report: CoverageReport;
  emphasis: Emphasis;
  /** Whose alone it is; undefined: it is not by customer. */
  customer?: string | null;
  onOpen: (cell: CellRef) => void;
}) {
  const [hovered, setHovered] = useState<{ ref: CellRef; box: DOMRect } | null>(null);
  const blocks = blocksOf(report.rows);
  const size = blocks[0]?.length ?? 0;
  const row = hovered && report.rows.find(({ application }) => application === hovered.ref.application);
  const hover = (event: SyntheticEvent) => setHovered(cellAt(event));
  return (
    <section
      aria-label={`Coverage map${ofCustomer(customer)}`}
      className={`grid grid-cols-[repeat(auto-fit,minmax(min(100%,340px),1fr))] gap-x-6 gap-y-4 print:grid-cols-3 ${
        blocks.length === 1 ? "max-w-[640px]" : ""
      }`}
      onPointerOver={hover}
      onPointerLeave={() => setHovered(null)}
      onFocus={hover}
      onBlur={() => setHovered(null)}
      onClick={(event) => {
        const found = cellAt(event);
        if (found !== null) onOpen(customer === undefined ? found.ref : { ...found.ref, customer });
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") setHovered(null);
        moveInMap(event, size, CAPABILITIES.length);
      }}
    >
      {blocks.map((rows, block) => (
        <table key={rows[0]?.application} className="h-fit w-full table-fixed border-collapse text-xs">
          <thead>
            <tr className="h-6 border-b border-strong-line text-left text-soft">
              <th scope="col" className="w-[34%] font-medium">
                Application
              </th>
              {CAPABILITIES.map((capability) => (
                <th
                  key={capability}
                  scope="col"
                  className="px-1 font-medium"
                  title={CAPABILITY_WORDS[capability].means}
                >
                  {CAPABILITY_WORDS[capability].word}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((entry, i) => (
              <Row
                key={entry.application}
                row={entry}
                index={block * size + i}
                asOf={report.asOf}
                emphasis={emphasis}
              />
            ))}
          </tbody>
        </table>
      ))}
      {hovered === null || !row ? null : (
        <WhyTip
          at={hovered.ref}
          cell={row.cells[hovered.ref.capability]}
          box={hovered.box}
          asOf={report.asOf}
        />
      )}
    </section>
  );
}
