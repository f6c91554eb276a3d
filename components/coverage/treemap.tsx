"use client";
/** Where people are exposed: a tile an application, sized by people, its state by pattern, shape and word. */
import { ResponsiveContainer, Treemap, type TreemapNode } from "recharts";
import type { Capability, CoverageReport, CoverageState } from "../../lib/reports/contract.ts";
import { count } from "../format/number.ts";
import { CAPABILITIES, CAPABILITY_WORDS, COVERAGE_STATES, COVERAGE_WORDS } from "../format/words.ts";
import { AsTable } from "../ui/as-table.tsx";
import { Switch } from "../ui/filters.tsx";
import { State, StateMark } from "../ui/state-mark.tsx";
import { type CellRef, cellName, type Emphasis, ofCustomer } from "./cells.ts";
import { fitting, type Tile, tileInWords, tilesOf } from "./tiles.ts";

/** Before it is measured; the height is that of the whole workspace's, and of one customer's among others. */
const WIDTH = 1160;
const HEIGHTS = { whole: 520, part: 260 };
const CHOICES = CAPABILITIES.map((value) => ({ value, label: CAPABILITY_WORDS[value].word }));

/** Lines of each state's pattern in a square of 8 px: told apart without colour. */
const PATTERNS: Record<CoverageState, string> = {
  automated: "",
  degraded: "M0 8 8 0",
  manual: "M0 8 8 0M0 0 8 8",
  untested: "M0 4h2M4 0v2",
  none: "M0 4h8",
};

const COLOURS: Record<CoverageState, string> = {
  automated: "var(--color-good)",
  degraded: "var(--color-risk)",
  manual: "var(--color-bad)",
  untested: "var(--color-unknown)",
  none: "var(--color-none)",
};

function Patterns() {
  return (
    <svg className="absolute" width="0" height="0" aria-hidden="true">
      <defs>
        {COVERAGE_STATES.map((state) => (
          <pattern key={state} id={`tile-${state}`} width="8" height="8" patternUnits="userSpaceOnUse">
            <rect width="8" height="8" fill={COLOURS[state]} fillOpacity={state === "none" ? 0.06 : 0.2} />
            <path d={PATTERNS[state]} stroke={COLOURS[state]} strokeOpacity="0.35" fill="none" />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}

/** The words of a tile, as far as they fit. */
function Words({ tile, node }: { tile: Tile; node: TreemapNode }) {
  const room = node.width - 12;
  const name = fitting(tile.name, room);
  if (name === null || node.height < 22) return null;
  const { word, tone } = COVERAGE_WORDS[tile.state];
  const full = `${word}, ${count(tile.people)}`;
  const state = fitting(full, room - 15) === full ? full : fitting(word, room - 15);
  return (
    <g pointerEvents="none" fontSize="12" fill="var(--color-ink)">
      {/* The pattern stays behind the words. */}
      <text
        x={node.x + 6}
        y={node.y + 16}
        fontWeight="600"
        stroke="var(--color-page)"
        strokeWidth="3"
        paintOrder="stroke"
      >
        {name}
      </text>
      {state === null || node.height < 40 ? null : (
        <>
          <g transform={`translate(${node.x + 6} ${node.y + 23})`}>
            <StateMark tone={tone} size={11} />
          </g>
          <text
            x={node.x + 21}
            y={node.y + 33}
            stroke="var(--color-page)"
            strokeWidth="3"
            paintOrder="stroke"
          >
            {state}
          </text>
        </>
      )}
    </g>
  );
}

function TileLink({
  tile,
  node,
  cell,
  dimmed,
  onOpen,
}: {
  tile: Tile;
  node: TreemapNode;
  cell: CellRef;
  dimmed: boolean;
  onOpen: () => void;
}) {
  const words = tileInWords(tile, cell.capability);
  return (
    <g className={dimmed ? "opacity-25" : ""}>
      <a
        href={`?${new URLSearchParams({ cell: cellName(cell) })}`}
        aria-label={words}
        data-tile={tile.name}
        className="group focus-visible:outline-none"
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          onOpen();
        }}
      >
        <title>{words}</title>
        <rect
          x={node.x + 1}
          y={node.y + 1}
          width={Math.max(node.width - 2, 0)}
          height={Math.max(node.height - 2, 0)}
          fill={`url(#tile-${tile.state})`}
          className="stroke-strong-line group-hover:stroke-ink group-focus-visible:stroke-accent group-focus-visible:stroke-3"
        />
      </a>
      <Words tile={tile} node={node} />
    </g>
  );
}

/** What the tiles mean and for which capability they stand, and the patterns that they are drawn with. */
export function TreemapHead({ capability }: { capability: Capability }) {
  return (
    <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
      <p className="text-sm text-soft">
        Each application's size: people with an active account or a sign-in. Its pattern: how provisioning
        stands for
      </p>
      <Switch name="capability" label="Capability" choices={CHOICES} now={capability} stay />
      <Patterns />
    </div>
  );
}

export function CoverageTreemap({
  report,
  capability,
  emphasis,
  customer,
  onOpen,
}: {
  report: CoverageReport;
  capability: Capability;
  emphasis: Emphasis;
  /** Whose alone it is; undefined: it is not by customer. */
  customer?: string | null;
  onOpen: (cell: CellRef) => void;
}) {
  const tiles = tilesOf(report, capability);
  const byName = new Map(tiles.map((tile) => [tile.name, tile]));
  const dimmed = ({ state, uncovered }: Tile): boolean =>
    emphasis !== null && (emphasis === "uncovered" ? !uncovered : state !== emphasis);
  const people = tiles.filter((tile) => tile.people > 0);
  const whose = ofCustomer(customer);
  const cellOf = (tile: Tile): CellRef => ({
    application: tile.name,
    capability,
    ...(customer === undefined ? {} : { customer }),
  });
  const height = customer === undefined ? HEIGHTS.whole : HEIGHTS.part;
  return (
    <figure aria-label={`Coverage by people exposed${whose}`}>
      {people.length === 0 ? (
        <p className="py-6">Nobody has an active account or has signed in.</p>
      ) : (
        <div style={{ height }}>
          <ResponsiveContainer width="100%" height={height} initialDimension={{ width: WIDTH, height }}>
            <Treemap
              data={people.map(({ name, people: size }) => ({ name, size }))}
              dataKey="size"
              isAnimationActive={false}
              isUpdateAnimationActive={false}
              content={(node) => {
                const tile = node.depth === 1 ? byName.get(node.name) : undefined;
                if (tile === undefined) return <g />;
                return (
                  <TileLink
                    tile={tile}
                    node={node}
                    cell={cellOf(tile)}
                    dimmed={dimmed(tile)}
                    onOpen={() => onOpen(cellOf(tile))}
                  />
                );
              }}
            />
          </ResponsiveContainer>
        </div>
      )}
      <AsTable
        label={`Applications by people exposed${whose}`}
        columns={[
          { head: "Application" },
          { head: "People", number: true },
          { head: CAPABILITY_WORDS[capability].word },
          { head: "Why" },
        ]}
        rows={tiles.map((tile) => ({
          key: tile.name,
          cells: [
            <button key="name" type="button" className="link text-left" onClick={() => onOpen(cellOf(tile))}>
              {tile.name}
            </button>,
            count(tile.people),
            <State key="state" {...COVERAGE_WORDS[tile.state]} />,
            tile.cell.why,
          ],
        }))}
      />
    </figure>
  );
}
