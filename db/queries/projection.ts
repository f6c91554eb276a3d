/** The read models: rows of a subject replaced as a whole, or all rows of the workspace read. */
import { eq, getTableColumns } from "drizzle-orm";
import { getTableConfig, type PgTable } from "drizzle-orm/pg-core";
import type { Projection } from "../../lib/lifecycle/types.ts";
import type { Db, SqlSession } from "../client.ts";
import { json } from "../json.ts";
import * as schema from "../schema.ts";

/** The table of each kind of row. */
const TABLES = {
  identities: schema.identities,
  accounts: schema.accounts,
  cases: schema.leaverCases,
  steps: schema.leaverSteps,
  failures: schema.failureItems,
  coverage: schema.coverageFacts,
  credentials: schema.credentials,
  sightings: schema.sightings,
} satisfies Record<keyof Projection, PgTable>;

const KINDS = Object.keys(TABLES) as (keyof Projection)[];

/** A row as the database names its columns, with the subject's counter as position. */
function databaseRow(
  table: PgTable,
  row: object,
  workspace: string,
  position: number,
): Record<string, unknown> {
  const values: Record<string, unknown> = { ...row, workspaceId: workspace, position };
  const columns = Object.entries(getTableColumns(table));
  return Object.fromEntries(
    columns.map(([property, column]) => {
      const value = values[property] ?? null;
      const isTime = column.getSQLType().startsWith("timestamptz") && typeof value === "number";
      return [column.name, isTime ? new Date(value).toISOString() : value];
    }),
  );
}

/** Removes all rows of the subjects. */
export async function deleteSubjects(
  sql: SqlSession,
  workspace: string,
  subjects: readonly string[],
): Promise<void> {
  for (const kind of KINDS) {
    await sql`delete from ${sql(getTableConfig(TABLES[kind]).name)}
      where workspace_id = ${workspace} and subject = any(${[...subjects]}::text[])`;
  }
}

/** Stores the rows of subjects that have none. */
export async function insertProjections(
  sql: SqlSession,
  workspace: string,
  projections: readonly Projection[],
): Promise<void> {
  for (const kind of KINDS) {
    const table = TABLES[kind];
    const rows = projections.flatMap((projection) =>
      projection[kind].map((row, position) => databaseRow(table, row, workspace, position)),
    );
    if (rows.length === 0) continue;
    const { name } = getTableConfig(table);
    await sql`insert into ${sql(name)} select * from jsonb_populate_recordset(null::${sql(name)}, ${json(sql, rows)})`;
  }
}

async function rowsOf(
  db: Db,
  workspace: string,
  table: (typeof TABLES)[keyof typeof TABLES],
): Promise<unknown[]> {
  const rows = await db.orm.select().from(table).where(eq(table.workspaceId, workspace));
  return rows
    .sort((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : a.position - b.position))
    .map(({ workspaceId: _workspace, position: _position, ...row }) => row);
}

/** All rows of the workspace, ordered by subject and place. */
export async function readProjection(db: Db, workspace: string): Promise<Projection> {
  const entries = await Promise.all(
    KINDS.map(async (kind) => [kind, await rowsOf(db, workspace, TABLES[kind])]),
  );
  // Each table's columns are its row type's members: schema.ts and types.ts are held together by a test.
  return Object.fromEntries(entries) as Projection;
}
