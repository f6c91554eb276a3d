/** What the treemap is drawn from: a tile an application, sized by people exposed. Pure. */
import type { Capability, CoverageCell, CoverageReport, CoverageState } from "../../lib/reports/contract.ts";
import { plural } from "../format/number.ts";
import { CAPABILITIES, CAPABILITY_WORDS, COVERAGE_WORDS } from "../format/words.ts";

export interface Tile {
  name: string;
  people: number;
  state: CoverageState;
  uncovered: boolean;
  cell: CoverageCell;
}

/** The capability that the address names; ending accounts without one: who is exposed is exposed by that. */
export const capabilityNamed = (name: string | null): Capability =>
  CAPABILITIES.find((known) => known === name) ?? "leaver";

/** All applications, those with the most people first; nobody's have no area, and stand in the table alone. */
export function tilesOf({ rows }: CoverageReport, capability: Capability): Tile[] {
  return rows
    .map(({ application, people, uncovered, cells }) => ({
      name: application,
      people,
      uncovered,
      state: cells[capability].state,
      cell: cells[capability],
    }))
    .sort((a, b) => b.people - a.people || (a.name < b.name ? -1 : 1));
}

/** What a reader who can't see the tile is told, and others on hover. */
export const tileInWords = ({ name, people, state, cell }: Tile, capability: Capability): string =>
  `${name}, ${CAPABILITY_WORDS[capability].word}: ${COVERAGE_WORDS[state].word}, ${plural(people, "person", "people")}. ${cell.why}`;

/** Pixels that a character takes on average in bold 12 px text. */
const CHARACTER = 7.4;

/** As much of a name as fits; null where not even its beginning does. */
export function fitting(text: string, width: number): string | null {
  const characters = Math.floor(width / CHARACTER);
  if (text.length <= characters) return text;
  return characters < 4 ? null : `${text.slice(0, characters - 1)}…`;
}
