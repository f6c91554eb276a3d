/** A report as a table: which of its rows, in which order, with which columns. Pure: from the text of an address to row numbers. */
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

/** Text as it is compared in a search: without case, and the same letter always written the same (Unicode NFKC). */
const folded = (text: string): string => text.normalize("NFKC").toLowerCase();

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

type Filter = (row: object) => boolean;

function filterOf(report: TableName, [column, given]: TableQuery["filters"][number]): Filter {
  const kind = kindOf(report, column);
  const test = meets(given.map((text) => conditionOf(column, kind, text)));
  const field = fieldOf(column);
  return (row) => test(field(row));
}

/** Columns in which names stand: of people, accounts, applications, groups, sources; and the provider's words. */
const NAMES =
  /^(?:application|account|accountUserName|userName|identity|identity\..*|reviewer\.name|entitlements?|source|customer|department|message|lastError|errorCode)$/u;

/** The text that a search looks through. Parts are kept apart by a character that no word has. */
function searchText(report: TableName): (row: object) => string {
  const fields = COLUMNS[report].filter((column) => NAMES.test(column)).map((column) => fieldOf(column));
  return (row) =>
    folded(
      fields
        .flatMap((field) => field(row))
        .filter((value) => typeof value === "string")
        .join("\n"),
    );
}

function searchOf(report: TableName, words: readonly string[]): Filter[] {
  if (words.length === 0) return [];
  const text = searchText(report);
  return [
    (row) => {
      const found = text(row);
      return words.every((word) => found.includes(word));
    },
  ];
}

/** A value as it is ordered: texts without regard to case. */
function orderable(kind: Kind, value: unknown): string | number | null {
  if (value === null) return null;
  if (kind === "flag") return value === true ? 1 : 0;
  if (kind === "list") {
    const names = namesIn(value as string[]);
    return names.length === 0 ? null : folded(names.join("\n"));
  }
  // Times are written so that their text orders them.
  if (kind === "text") return folded(value as string);
  return value as string | number;
}

/** Row numbers as the sort has them; equal rows as the report has them, empty values last both ways. */
function sorted(report: TableName, rows: readonly object[], chosen: Uint32Array, sort: TableQuery["sort"]) {
  if (sort.length === 0) return chosen;
  const keys = sort.map(({ column, descending }) => {
    const kind = kindOf(report, column);
    const field = fieldOf(column);
    const values = new Array<string | number | null>(rows.length);
    for (const at of chosen) values[at] = orderable(kind, field(rows[at] as object));
    return { values, direction: descending ? -1 : 1 };
  });
  return chosen.sort((a, b) => {
    for (const { values, direction } of keys) {
      const left = values[a] as string | number | null;
      const right = values[b] as string | number | null;
      if (left === right) continue;
      if (left === null) return 1;
      if (right === null) return -1;
      return left < right ? -direction : direction;
    }
    return a - b;
  });
}

function chosenBy(rows: readonly object[], filters: readonly Filter[]): Uint32Array {
  const chosen = new Uint32Array(rows.length);
  let count = 0;
  for (const [at, row] of rows.entries()) {
    if (filters.every((filter) => filter(row))) chosen[count++] = at;
  }
  return chosen.slice(0, count);
}

/** The numbers of the rows that a query wants, in its order. */
export function arrange(rows: readonly object[], query: TableQuery): Uint32Array {
  const { report, filters, words } = query;
  const tests = [...filters.map((filter) => filterOf(report, filter)), ...searchOf(report, words)];
  return sorted(report, rows, chosenBy(rows, tests), query.sort);
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
export function facetsOf(rows: readonly object[], query: TableQuery): Facets {
  const { report, filters, words, facets } = query;
  return Object.fromEntries(
    facets.map((column) => {
      const others = filters.filter(([name]) => name !== column).map((filter) => filterOf(report, filter));
      const kind = kindOf(report, column);
      const field = fieldOf(column);
      const counts = new Map<string | null, number>();
      for (const at of chosenBy(rows, [...others, ...searchOf(report, words)])) {
        for (const value of valuesIn(kind, field(rows[at] as object)))
          counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      const values = [...counts]
        .map(([value, rows]) => ({ value, rows }))
        .sort((a, b) => b.rows - a.rows || ((a.value ?? "") < (b.value ?? "") ? -1 : 1));
      return [column, { values: values.slice(0, VALUES), all: values.length }];
    }),
  );
}

/** A row with the chosen columns alone, by their names. */
export function projected(row: object, columns: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(columns.map((column) => [column, fieldOf(column)(row)]));
}
