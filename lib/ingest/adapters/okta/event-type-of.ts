/** Looks an event type up in the table of `event-types.ts`: it is asked for every record. */
import { TABLE } from "./event-types.ts";
import { type EventType, other } from "./kinds.ts";

const ANYTHING_ELSE = other("directory");

/** No family has more parts, so that a name of a million parts costs no more than one of five. */
const DEEPEST = Math.max(...[...TABLE.keys()].map((name) => name.split(".").length));

/** The row that answers for an event type: its own, else the longest family's; null when it is in none. */
export function rowOf(nativeType: string): string | null {
  if (TABLE.has(nativeType)) return nativeType;
  let row: string | null = null;
  let end = -1;
  for (let depth = 1; depth < DEEPEST; depth++) {
    end = nativeType.indexOf(".", end + 1);
    const family = `${end < 0 ? nativeType : nativeType.slice(0, end)}.*`;
    if (TABLE.has(family)) row = family;
    if (end < 0) break;
  }
  return row;
}

/** Okta has about 1,200 types of at most 90 characters; a hostile file has any number of any length. */
const REMEMBERED = { types: 4_096, characters: 200 };
const remembered = new Map<string, EventType>();

/** What an event type witnesses; one that no rule reads has the operation `other` in its best layer. */
export function eventTypeOf(nativeType: string): EventType {
  const known = remembered.get(nativeType);
  if (known !== undefined) return known;
  const row = rowOf(nativeType);
  const type = (row === null ? undefined : TABLE.get(row)) ?? ANYTHING_ELSE;
  if (remembered.size < REMEMBERED.types && nativeType.length <= REMEMBERED.characters) {
    remembered.set(nativeType, type);
  }
  return type;
}
