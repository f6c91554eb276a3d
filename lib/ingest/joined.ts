/** A table read together with those whose rows say more of its rows: each row is a record, and so is what each part says of it. */
import type { PartKind, RowKind } from "./adapters/table.ts";
import { brokenFrame, frameOf, type ReadRow, type Table, tableRows } from "./csv.ts";
import type { Frame } from "./framing/frame.ts";

/** A part of a table: its layout, and the bytes of its file. */
export interface Part {
  table: Table<PartKind>;
  chunks: AsyncIterable<Uint8Array>;
}

type WholeRow = Extract<ReadRow, { cells: unknown }>;

const keyOf = (row: WholeRow, field: string): string => {
  const cell = row.cells[field];
  return typeof cell === "string" ? cell.trim().toLowerCase() : "";
};

/** A part's rows by what they share with the table; `apart` are those that can't be read. In memory: they stand in any order. */
class Held {
  readonly table: Table<PartKind>;
  readonly apart: Frame[] = [];
  private readonly rows = new Map<string, { rows: WholeRow[]; used: boolean }>();

  constructor(table: Table<PartKind>) {
    this.table = table;
  }

  static async of({ table, chunks }: Part): Promise<Held> {
    const held = new Held(table);
    for await (const batch of tableRows(chunks, table)) for (const row of batch) held.add(row);
    return held;
  }

  private add(row: ReadRow): void {
    if ("reason" in row) {
      this.apart.push(brokenFrame(row, row.reason));
      return;
    }
    const key = keyOf(row, this.table.kind.by);
    const known = this.rows.get(key);
    if (known === undefined) this.rows.set(key, { rows: [row], used: false });
    else known.rows.push(row);
  }

  /** The record of all rows that belong to a row of the table; null where there are none. */
  frameFor(row: WholeRow): Frame | null {
    const key = keyOf(row, this.table.kind.by);
    const found = key === "" ? undefined : this.rows.get(key);
    const [first] = found?.rows ?? [];
    if (found === undefined || first === undefined) return null;
    found.used = true;
    const parts = found.rows.map(({ cells }) => cells);
    return {
      kind: "record",
      bytes: Buffer.from(found.rows.map(({ bytes }) => bytes.toString()).join("\n")),
      value: this.table.kind.valueOf(row.cells, parts),
      position: first.position,
    };
  }

  /** The rows that no row of the table asked for. */
  unused(): Frame[] {
    const reason = `This row belongs to none of the rows of the file that it was read with (by its ${this.table.kind.by}).`;
    return [...this.rows.values()]
      .filter(({ used }) => !used)
      .flatMap(({ rows }) => rows)
      .map((row) => brokenFrame(row, reason));
  }
}

/**
 * The frames of a table and its parts, numbered on; each part's positions are those in its own file.
 * @throws what the files throw, after the frames of all that came before.
 */
export async function* joinedFrames(
  chunks: AsyncIterable<Uint8Array>,
  table: Table<RowKind>,
  parts: readonly Part[],
): AsyncGenerator<Frame[]> {
  const held: Held[] = [];
  for (const part of parts) held.push(await Held.of(part));
  let count = 0;
  const numbered = (frames: readonly Frame[]): Frame[] =>
    frames.map((frame) => {
      count += 1;
      return { ...frame, position: { ...frame.position, record: count } };
    });
  for await (const batch of tableRows(chunks, table)) {
    yield numbered(
      batch.flatMap((row) => {
        const more = "reason" in row ? [] : held.map((part) => part.frameFor(row));
        return [frameOf(row, table), ...more.filter((frame) => frame !== null)];
      }),
    );
  }
  yield numbered(held.flatMap((part) => [...part.apart, ...part.unused()]));
}
