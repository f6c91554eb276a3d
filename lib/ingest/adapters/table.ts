/** What a kind of table is: how its header is recognised, which columns it has, and what each row becomes for its adapter. */

/** What the person said of a whole table, for rows that do not tell themselves. */
export interface Given {
  /** When the table was said to be true; ISO 8601. */
  said: string | null;
  /** The application that it is about. */
  application: string | null;
}

/** A row's cells by field, "" where empty; without the fields that the table has no column for. */
export type Cells = Readonly<Record<string, Cell>>;

/** A cell's text; several where the table came as JSON and the member is a list. */
export type Cell = string | readonly string[];

interface Kind {
  /** What one is called: `an HR file`. */
  readonly label: string;
  /** Each field's usual headers, without case, spaces and marks; of two that a table has, the one named first. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** Whether a table with these columns is of this kind beyond doubt. */
  recognises(columns: Columns): boolean;
  /** What the rows can't be read without, as a sentence that says what to do; null when it is all there. */
  lack(columns: Columns): string | null;
}

/** A table whose rows are records. */
export interface RowKind extends Kind {
  /** The value that the adapter reads. */
  valueOf(cells: Cells, given: Given): unknown;
}

/** A table whose rows say more of another's: they are read together with it. */
export interface PartKind extends Kind {
  readonly of: RowKind;
  /** The field that both have: rows with the same text in it belong together. */
  readonly by: string;
  /** The value of all rows that belong to one row of the other table, as a record of its own. */
  valueOf(row: Cells, parts: readonly Cells[]): unknown;
}

export type TableKind = RowKind | PartKind;

export const isPart = (kind: TableKind): kind is PartKind => "of" in kind;

/** The header of the column for each field that somebody named. */
export type ColumnMapping = Readonly<Record<string, string>>;

export interface Columns {
  /** Place of each field's column. */
  places: Map<string, number>;
  /** Headers that the mapping names and the table has not. */
  missing: string[];
}

/** Headers divided by spaces, for tables of usual names. */
export const words = (text: string): readonly string[] => text.split(" ");

/** A header as it is compared: letters and digits alone, lower-case. */
const plain = (header: string): string => header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Finds each field's column: the one that the mapping names, else by its usual names among those that are left. */
export function columnsOf(kind: TableKind, header: readonly string[], mapping: ColumnMapping): Columns {
  const places = new Map<string, number>();
  const missing: string[] = [];
  const names = header.map(plain);
  const fields = Object.entries(kind.fields);
  for (const [field] of fields) {
    const wanted = mapping[field];
    if (wanted === undefined) continue;
    const exact = header.findIndex((name) => name.trim() === wanted.trim());
    const place = exact >= 0 ? exact : names.indexOf(plain(wanted));
    if (place < 0) missing.push(wanted);
    else places.set(field, place);
  }
  const taken = new Set(places.values());
  for (const [field, usual] of fields) {
    if (mapping[field] !== undefined) continue;
    const found = usual.map((name) => names.indexOf(name)).find((at) => at >= 0 && !taken.has(at));
    if (found === undefined) continue;
    places.set(field, found);
    taken.add(found);
  }
  return { places, missing };
}
