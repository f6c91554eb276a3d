/** What the address says of a table: filters, search, order, columns. The API takes the same parameters. Pure. */

/** Rows asked for at once: some screens. */
export const PART = 100;

/** The numbers of the parts that rows from `first` to `last` stand in. */
export function partsOf(first: number, last: number): number[] {
  const [from, to] = [Math.floor(first / PART), Math.floor(last / PART)];
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, i) => from + i);
}

/** How many rows of the parts that are here no longer fit. */
export const goneBefore = <Row>(
  parts: readonly ({ rows: readonly Row[] } | undefined)[],
  fits: (row: Row) => boolean,
): number => parts.reduce((gone, part) => gone + (part?.rows.filter((row) => !fits(row)).length ?? 0), 0);

const FILTER = "f.";
const OWN = ["q", "sort"] as const;

/** Whether a parameter speaks of the table and not of the report. */
export const isTableParameter = (name: string): boolean =>
  name.startsWith(FILTER) || name === "columns" || (OWN as readonly string[]).includes(name);

/** A filter that the page itself sets. */
export type Fixed = readonly (readonly [column: string, given: string])[];

/** The part of the API's query that chooses and orders rows, always in one order. */
export function rowsQuery(search: URLSearchParams, fixed: Fixed = []): string {
  const query = new URLSearchParams();
  for (const [column, given] of fixed) query.append(`${FILTER}${column}`, given);
  const filters = [...search].filter(([name]) => name.startsWith(FILTER));
  for (const [name, given] of filters.sort(([a, x], [b, y]) => (a < b || (a === b && x < y) ? -1 : 1)))
    query.append(name, given);
  for (const name of OWN) {
    const value = search.get(name);
    if (value) query.set(name, value);
  }
  return query.toString();
}

/** What is filtered for, by column, in the order of the address. */
export function filtersIn(search: URLSearchParams): Map<string, string[]> {
  const filters = new Map<string, string[]>();
  for (const [name, given] of search) {
    if (!name.startsWith(FILTER)) continue;
    const column = name.slice(FILTER.length);
    filters.set(column, [...(filters.get(column) ?? []), given]);
  }
  return filters;
}

/** The address with the filters of one column replaced. */
export function withFilter(
  search: URLSearchParams,
  column: string,
  given: readonly string[],
): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete(FILTER + column);
  for (const one of given) next.append(FILTER + column, one);
  return next;
}

/** The address without filters and search. */
export function withoutFilters(search: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const name of [...next.keys()]) if (name.startsWith(FILTER) || name === "q") next.delete(name);
  return next;
}

export interface SortKey {
  id: string;
  desc: boolean;
}

export function sortIn(search: URLSearchParams): SortKey[] {
  const names = (search.get("sort") ?? "").split(",").filter((name) => name !== "");
  return names.map((name) => ({ id: name.replace(/^-/u, ""), desc: name.startsWith("-") }));
}

export const sortText = (keys: readonly SortKey[]): string =>
  keys.map(({ id, desc }) => `${desc ? "-" : ""}${id}`).join(",");

/** The names in the address, or of a kept choice, that are columns; null when none is. */
export function columnsIn(text: string | null, known: readonly string[]): string[] | null {
  const names = (text ?? "").split(",").filter((name) => known.includes(name));
  return names.length === 0 ? null : [...new Set(names)];
}

/** A value as a filter takes it to the letter; null: empty. */
export const exactly = (value: string | null): string => {
  if (value === null) return "";
  return /^[=!<>]/u.test(value) || value === "" ? `=${value}` : value;
};

const SIGNS: readonly (readonly [sign: string, word: string])[] = [
  [">=", "at least"],
  ["<=", "at most"],
  [">", "over"],
  ["<", "under"],
];

/** A filter in words: `Slack`, `not Slack`, `at least 10`, `empty`. @param word what a value is called. */
export function filterWords(given: string, word: (value: string) => string = (value) => value): string {
  if (given === "" || given === "=") return "empty";
  if (given === "!=") return "not empty";
  if (given.startsWith("!=")) return `not ${word(given.slice(2))}`;
  if (given.startsWith("=")) return word(given.slice(1));
  const sign = SIGNS.find(([text]) => given.startsWith(text));
  return sign === undefined ? word(given) : `${sign[1]} ${word(given.slice(sign[0].length))}`;
}
