/** A report as a table: which of its rows, in which order, with which columns. Pure: from the text of an address to row numbers. */
import { type CodedTable, folded } from "./coded.ts";
import { COLUMNS, fieldOf, type Kind, kindOf, namesIn, type TableName } from "./columns.ts";
import { conditionOf, meets } from "./filter.ts";
import { ParamProblem } from "./params.ts";

interface SortKey {
  column: string;
  descending: boolean;
}

/** What of a report is asked for, and how. */
export interface TableQuery {
  report: TableName;
  /** The first decides; rows that are equal by all stay as the report has them. */
  sort: readonly SortKey[];
  /** What stands behind each `f.<column>=`. */
  filters: readonly (readonly [column: string, given: readonly string[]])[];
  /** Words of which each stands in one of the names of a row. */
  words: readonly string[];
  /** For CSV and JSON; null: all that a row has. */
  columns: readonly string[] | null;
  /** Columns whose values are to be counted. */
  facets: readonly string[];
}

/** What the address may hold at most; people need a handful, and each costs a pass over all rows. */
const MOST = { sort: 8, filters: 200, facets: 8, search: 200 };
const FILTER = "f.";

function columnOf(report: TableName, name: string, parameter: string): string {
  const known: readonly string[] = COLUMNS[report];
  if (known.includes(name)) return name;
  throw new ParamProblem(
    parameter,
    `The report ${report} has no column "${name.slice(0, 100)}". It has ${known.join(", ")}.`,
  );
}

function listOf(report: TableName, given: string | null, parameter: string, most: number): string[] {
  const names = (given ?? "").split(",").filter((name) => name !== "");
  if (names.length > most)
    throw new ParamProblem(parameter, `${parameter} takes at most ${most} columns, not ${names.length}.`);
  if (new Set(names.map((name) => name.replace(/^-/u, ""))).size < names.length)
    throw new ParamProblem(parameter, `${parameter} names a column twice.`);
  return names.map((name) =>
    parameter === "sort" && name.startsWith("-")
      ? `-${columnOf(report, name.slice(1), parameter)}`
      : columnOf(report, name, parameter),
  );
}

function filtersOf(report: TableName, search: URLSearchParams): TableQuery["filters"] {
  const names = [...new Set(search.keys())].filter((name) => name.startsWith(FILTER));
  const filters = names
    .map((name) => {
      const column = columnOf(report, name.slice(FILTER.length), "filter");
      return [column, [...new Set(search.getAll(name))].sort()] as const;
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (filters.flatMap(([, given]) => given).length > MOST.filters)
    throw new ParamProblem("filter", `An address takes at most ${MOST.filters} filters.`);
  // What can't be understood is said now, and not when the rows are looked at.
  for (const [column, given] of filters)
    for (const text of given) conditionOf(column, kindOf(report, column), text);
  return filters;
}

/**
 * The part of an address that speaks of rows: `sort`, `f.<column>`, `q`, `columns`, `facets`.
 * @throws {ParamProblem} for a column that the report does not have, and for a filter that can't be understood.
 */
export function parseTable(report: TableName, search: URLSearchParams): TableQuery {
  const q = search.get("q") ?? "";
  if (q.length > MOST.search)
    throw new ParamProblem("q", `q takes at most ${MOST.search} characters, not ${q.length}.`);
  const facets = listOf(report, search.get("facets"), "facets", MOST.facets);
  for (const column of facets) {
    const kind = kindOf(report, column);
    if (kind === "number" || kind === "time")
      throw new ParamProblem("facets", `${column} is a ${kind}: its values are not counted.`);
  }
  const columns = listOf(report, search.get("columns"), "columns", COLUMNS[report].length);
  return {
    report,
    sort: listOf(report, search.get("sort"), "sort", MOST.sort).map((name) => ({
      column: name.replace(/^-/u, ""),
      descending: name.startsWith("-"),
    })),
    filters: filtersOf(report, search),
    words: folded(q)
      .split(/\s+/u)
      .filter((word) => word !== ""),
    columns: columns.length === 0 ? null : columns,
    facets,
  };
}

/** Which rows, in which order; the same for queries that mean the same. Empty: the report as it is. */
export function arrangementKey({ sort, filters, words }: TableQuery): string {
  if (sort.length + filters.length + words.length === 0) return "";
  return JSON.stringify([sort.map(({ column, descending }) => [column, descending]), filters, words]);
}

/** Columns in which names stand: of people, accounts, applications, groups, sources; and the provider's words. */
const NAMES =
  /^(?:application|account|accountUserName|userName|identity|identity\..*|reviewer\.name|entitlements?|source|customer|department|message|lastError|errorCode)$/u;

/** Marks rows that stay: 1 for each of them. */
type Marks = Uint8Array;

/** Takes away the rows whose value in the column does not meet the filter. */
async function filterBy(
  marks: Marks,
  table: CodedTable,
  report: TableName,
  [column, given]: TableQuery["filters"][number],
): Promise<void> {
  const kind = kindOf(report, column);
  const test = meets(given.map((text) => conditionOf(column, kind, text)));
  const { codes, size, each } = await table.column(column);
  const passes = new Uint8Array(size);
  await each((value, code) => {
    if (test(value)) passes[code] = 1;
  });
  for (let at = 0; at < marks.length; at++)
    marks[at] = (marks[at] as number) & (passes[codes[at] as number] as number);
}

/** The words of a value: several texts are kept apart by a character that no word has. */
const textOf = (value: unknown): string =>
  folded(
    [value]
      .flat()
      .filter((part) => typeof part === "string")
      .join("\n"),
  );

/** Takes away the rows of which a word stands in none of their names. */
async function searchBy(
  marks: Marks,
  table: CodedTable,
  report: TableName,
  words: readonly string[],
): Promise<void> {
  if (words.length === 0) return;
  const found = words.map(() => new Uint8Array(marks.length));
  for (const column of COLUMNS[report].filter((name) => NAMES.test(name))) {
    const { codes, size, each } = await table.column(column);
    const holds = words.map(() => new Uint8Array(size));
    await each((value, code) => {
      const text = textOf(value);
      words.forEach((word, i) => {
        if (text.includes(word)) (holds[i] as Uint8Array)[code] = 1;
      });
    });
    found.forEach((rows, i) => {
      const own = holds[i] as Uint8Array;
      for (let at = 0; at < rows.length; at++)
        rows[at] = (rows[at] as number) | (own[codes[at] as number] as number);
    });
  }
  for (const rows of found)
    for (let at = 0; at < marks.length; at++) marks[at] = (marks[at] as number) & (rows[at] as number);
}

/** The rows that meet the filters and have the words. */
async function chosenBy(
  table: CodedTable,
  report: TableName,
  filters: TableQuery["filters"],
  words: readonly string[],
): Promise<Uint32Array> {
  const marks = new Uint8Array(table.length).fill(1);
  for (const filter of filters) await filterBy(marks, table, report, filter);
  await searchBy(marks, table, report, words);
  const chosen = new Uint32Array(table.length);
  let count = 0;
  for (let at = 0; at < marks.length; at++) if (marks[at] === 1) chosen[count++] = at;
  return chosen.slice(0, count);
}

/** Row numbers as the sort has them; equal rows as the report has them, empty values last both ways. */
async function sorted(
  table: CodedTable,
  chosen: Uint32Array,
  sort: TableQuery["sort"],
): Promise<Uint32Array> {
  if (sort.length === 0) return chosen;
  const keys: Uint32Array[] = [];
  for (const { column, descending } of sort) {
    const { codes, ranks, emptyRank } = await table.column(column);
    const [places, empty] = [await ranks(), await emptyRank()];
    const last = places.reduce((most, place) => Math.max(most, place), 0);
    const key = new Uint32Array(table.length);
    for (const at of chosen) {
      const place = places[codes[at] as number] as number;
      key[at] = descending && place !== empty ? last - place : descending ? last + 1 : place;
    }
    keys.push(key);
  }
  return chosen.sort((a, b) => {
    for (const key of keys) {
      const by = (key[a] as number) - (key[b] as number);
      if (by !== 0) return by;
    }
    return a - b;
  });
}

/** The numbers of the rows that a query wants, in its order. */
export async function arrange(table: CodedTable, query: TableQuery): Promise<Uint32Array> {
  const { report, filters, words, sort } = query;
  return sorted(table, await chosenBy(table, report, filters, words), sort);
}

/** How often a value stands among the rows; null: empty. */
interface FacetValue {
  value: string | null;
  rows: number;
}

/** Of each column asked for the values, the most frequent first, and how many there are in all. */
export type Facets = Record<string, { values: FacetValue[]; all: number }>;

/** So many values are told of a column: more than anybody reads through. */
const VALUES = 200;

/** Values as a filter takes them. */
function valuesIn(kind: Kind, value: unknown): (string | null)[] {
  if (value === null) return [null];
  if (kind !== "list") return [String(value)];
  const names = [...new Set(namesIn(value as string[]))];
  return names.length === 0 ? [null] : names;
}

/**
 * The values of the columns that are asked for among the rows that all other filters leave: what choosing one more would show.
 */
export async function facetsOf(table: CodedTable, query: TableQuery): Promise<Facets> {
  const { report, filters, words, facets } = query;
  const told: Facets = {};
  for (const column of facets) {
    const others = filters.filter(([name]) => name !== column);
    const kind = kindOf(report, column);
    const { codes, size, each } = await table.column(column);
    const rows = new Uint32Array(size);
    for (const at of await chosenBy(table, report, others, words)) {
      const code = codes[at] as number;
      rows[code] = (rows[code] as number) + 1;
    }
    const counts = new Map<string | null, number>();
    await each((value, code) => {
      const own = rows[code] as number;
      if (own === 0) return;
      for (const part of valuesIn(kind, value)) counts.set(part, (counts.get(part) ?? 0) + own);
    });
    const values = [...counts]
      .map(([value, count]) => ({ value, rows: count }))
      .sort((a, b) => b.rows - a.rows || ((a.value ?? "") < (b.value ?? "") ? -1 : 1));
    told[column] = { values: values.slice(0, VALUES), all: values.length };
  }
  return told;
}

/** A row with the chosen columns alone, by their names. */
export function projected(row: object, columns: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(columns.map((column) => [column, fieldOf(column)(row)]));
}
