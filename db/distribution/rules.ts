/**
 * What Citus asks of a table that is distributed, as rules over the catalog. Each names what breaks it; together they say
 * beforehand what `create_distributed_table` would refuse, and what it would take and then do wrong.
 */
import { DISTRIBUTION_COLUMN, FUNCTIONS, PLACEMENTS, type Placement, ROOT_TABLE } from "../distribution.ts";
import type { ColumnFacts, TableFacts } from "./facts.ts";

/** Functions that a default may call: the coordinator asks them, once for each row, before the row goes to its node. */
const DEFAULTS = ["now", "pg_current_xact_id", "nextval"];

export interface Rules {
  placements: Readonly<Record<string, Placement>>;
  functions: Readonly<Record<string, "node" | "coordinator">>;
}

/** This version's. */
const OWN_RULES: Rules = {
  placements: PLACEMENTS,
  functions: FUNCTIONS,
};

type Rule = (table: TableFacts, rules: Rules, root: ColumnFacts | undefined) => string[];

const has = (columns: readonly string[]) => columns.includes(DISTRIBUTION_COLUMN);

const RULES: Rule[] = [
  // The same type and collation everywhere: else equal workspaces would have different hashes.
  ({ columns }, _rules, root) => {
    const column = columns.find(({ name }) => name === DISTRIBUTION_COLUMN);
    if (column === undefined) return [`has no column ${DISTRIBUTION_COLUMN}`];
    return [
      ...(column.required ? [] : [`lets ${DISTRIBUTION_COLUMN} be null`]),
      ...(column.type === root?.type && column.collation === root.collation
        ? []
        : [`has another type or collation of ${DISTRIBUTION_COLUMN} than ${ROOT_TABLE}`]),
      ...(column.identity || column.defaults.length > 0
        ? [`makes values of ${DISTRIBUTION_COLUMN} itself`]
        : []),
    ];
  },
  ({ keys }) => [
    ...(keys.some(({ primary }) => primary)
      ? []
      : ["has no primary key: its shards can't be moved while they are written"]),
    ...keys
      .filter(({ columns }) => !has(columns))
      .map(({ name }) => `keeps rows of different nodes apart by ${name}, which nothing can`),
  ],
  ({ references }, { placements }) =>
    references.flatMap(({ name, table, columns, others }) => {
      const kind = placements[table]?.kind;
      if (kind === "reference") return [];
      if (kind !== "distributed") return [`points by ${name} to ${table}, which is on the coordinator`];
      const at = columns.indexOf(DISTRIBUTION_COLUMN);
      return at !== -1 && others[at] === DISTRIBUTION_COLUMN
        ? []
        : [`points by ${name} to rows of ${table} that may be on another node`];
    }),
  // Nodes can't give their numbers.
  ({ columns }) =>
    columns
      .filter(({ identity, type }) => identity && type !== "bigint")
      .map(({ name }) => `numbers its rows by ${name}, which is smaller than bigint`),
  ({ columns }) =>
    columns.flatMap(({ name, defaults }) =>
      defaults
        .filter((called) => !DEFAULTS.includes(called))
        .map((called) => `has a default of ${name} that calls ${called}()`),
    ),
  ({ triggers }, { functions }) =>
    triggers.flatMap(({ name, function: called, eachRow }) => [
      ...(eachRow ? [] : [`has the trigger ${name} for whole statements, of which each shard has its own`]),
      ...(functions[called] === "node" ? [] : [`has the trigger ${name}, whose function reads other tables`]),
    ]),
  ({ policiesWithQueries }) => policiesWithQueries.map((name) => `has a query in its policy ${name}`),
  ({ partedAgain }) => partedAgain.map((name) => `has the partition ${name}, which is parted again`),
  ({ inherits }) => (inherits ? ["inherits from another table"] : []),
  ({ rules }) => rules.map((name) => `has the rewrite rule ${name}`),
];

/**
 * @returns a sentence for each rule that a table breaks, and for each table that has no place or is not there; none: all can be
 * distributed.
 */
export function brokenDistribution(tables: readonly TableFacts[], rules: Rules = OWN_RULES): string[] {
  const { placements } = rules;
  const root = tables
    .find(({ name }) => name === ROOT_TABLE)
    ?.columns.find(({ name }) => name === DISTRIBUTION_COLUMN);
  const names = new Set(tables.map(({ name }) => name));
  return [
    ...tables
      .filter(({ name }) => placements[name] === undefined)
      .map(({ name }) => `${name} has no place in db/distribution.ts.`),
    ...Object.keys(placements)
      .filter((name) => !names.has(name))
      .map((name) => `${name} has a place in db/distribution.ts and is no table.`),
    ...tables
      .filter(({ name }) => placements[name]?.kind === "distributed")
      .flatMap((table) =>
        RULES.flatMap((rule) => rule(table, rules, root)).map((what) => `${table.name} ${what}.`),
      ),
  ];
}
