/** What is left to do until every table is where db/distribution.ts says, as statements. Pure: the database is told of, not asked. */
import {
  DISTRIBUTED_TABLES,
  DISTRIBUTION_COLUMN,
  FUNCTIONS,
  ROOT_TABLE,
  SHARDS,
  TRIGGERS_TAKEN_AWAY,
} from "../distribution.ts";
import { SCOPE_ROLES } from "./scope-roles.ts";

interface PolicyState {
  name: string;
  /** As PostgreSQL spells them; null where it has none. */
  using: string | null;
  check: string | null;
}

export interface TableState {
  name: string;
  distributed: boolean;
  policies: PolicyState[];
  triggers: { name: string; function: string }[];
}

/** What is done or not done as a whole: one transaction. */
export interface Step {
  /** What is to be said of it. */
  name: string;
  statements: string[];
}

/** Sees its own workspace, as a whole; nothing as a customer's. */
const CLOSED = `${DISTRIBUTION_COLUMN} = rollcall_workspace() AND rollcall_customer() IS NULL`;

/**
 * A policy's condition without queries: Citus allows none in there. A function that was asked for once in a query of its own is
 * called; where the sources of a customer are looked up, nothing is left to a customer's connection.
 */
export function withoutQueries(condition: string): string {
  const called = condition.replaceAll(/\(\s*SELECT (rollcall_\w+)\(\)(?: AS \w+)?\s*\)/gu, "$1()");
  return /\bSELECT\b/u.test(called) ? CLOSED : called;
}

const inSql = (name: string) => `"${name.replaceAll('"', '""')}"`;

function policyStatements(table: string, { name, using, check }: PolicyState): string[] {
  const parts = [
    using === null ? "" : ` USING (${withoutQueries(using)})`,
    check === null ? "" : ` WITH CHECK (${withoutQueries(check)})`,
  ];
  return [`ALTER POLICY ${inSql(name)} ON ${inSql(table)}${parts.join("")}`];
}

function distribute(table: string): string {
  const along = table === ROOT_TABLE ? `shard_count => ${SHARDS}` : `colocate_with => 'public.${ROOT_TABLE}'`;
  return `SELECT create_distributed_table('public.${table}', '${DISTRIBUTION_COLUMN}', ${along})`;
}

function stepOf({ name, policies, triggers }: TableState): Step {
  const taken = triggers.filter((trigger) => trigger.function in TRIGGERS_TAKEN_AWAY);
  return {
    name,
    statements: [
      ...taken.map((trigger) => `DROP TRIGGER ${inSql(trigger.name)} ON ${inSql(name)}`),
      ...policies.flatMap((policy) => policyStatements(name, policy)),
      // What is left looks at its own row alone; Citus knows no trigger for safe, and asks to be told.
      "SET LOCAL citus.enable_unsafe_triggers = on",
      distribute(name),
    ],
  };
}

/** What nodes call, first: roles of scopes, and the functions themselves. */
const FIRST: Step = {
  name: "functions",
  statements: [
    ...SCOPE_ROLES,
    ...["rollcall_scope_role(text, text)", ...namesFor("node").map((name) => `${name}()`)].map(
      (name) => `SELECT create_distributed_function('public.${name}')`,
    ),
  ],
};

function namesFor(where: "node" | "coordinator"): string[] {
  return Object.keys(FUNCTIONS).filter((name) => FUNCTIONS[name] === where);
}

/**
 * @param tables those of the database.
 * @returns steps to be done in this order; none when every table is where it should be. Tables that are not there are left out:
 * a migration makes them first.
 */
export function planDistribution(tables: readonly TableState[]): Step[] {
  const there = new Map(tables.map((table) => [table.name, table]));
  const left = DISTRIBUTED_TABLES.map((name) => there.get(name)).filter(
    (table) => table !== undefined && !table.distributed,
  ) as TableState[];
  return left.length === 0 ? [] : [FIRST, ...left.map(stepOf)];
}
