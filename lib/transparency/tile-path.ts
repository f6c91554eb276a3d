/** How tiles are called in addresses (C2SP tlog-tiles, "Merkle Tree"). */

export interface TileName {
  level: number;
  index: number;
  /** Hashes asked for, 1 to 256. */
  width: number;
}

const WIDTH = 256;
const MAX_LEVEL = 63;

/**
 * Reads `0/x001/x234/067` or `0/x001/x234/067.p/8`.
 * @returns null where it is no name of a tile.
 */
export function readTilePath(parts: readonly string[]): TileName | null {
  const partial = parts.at(-2)?.endsWith(".p") === true;
  const width = partial ? parts.at(-1) : String(WIDTH);
  const [level = "", ...index] = partial ? [...parts.slice(0, -2), parts.at(-2)?.slice(0, -2) ?? ""] : parts;
  if (!/^(?:0|[1-9]\d?)$/u.test(level) || Number(level) > MAX_LEVEL) return null;
  if (width === undefined || !/^[1-9]\d{0,2}$/u.test(width)) return null;
  if (Number(width) > WIDTH || (partial && Number(width) === WIDTH)) return null;
  // Three digits an element; all but the last begin with an x.
  if (index.length === 0 || index.length > 4) return null;
  if (!index.every((part, i) => (i < index.length - 1 ? /^x\d{3}$/u : /^\d{3}$/u).test(part))) return null;
  return {
    level: Number(level),
    index: Number(index.map((part) => part.slice(-3)).join("")),
    width: Number(width),
  };
}
