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
  entitlements: schema.entitlements,
  joinerCases: schema.joinerCases,
  joinerSteps: schema.joinerSteps,
  moverSteps: schema.moverSteps,
  moves: schema.moves,
  drift: schema.drift,
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

/** Moves the workspace's revision on. */
export async function bumpRevision(sql: SqlSession, workspace: string): Promise<void> {
  await sql`update workspaces set revision = revision + 1 where workspace_id = ${workspace}`;
}

/** The revision that `readProjection` would read now. */
export async function readRevision(db: Db, workspace: string): Promise<number> {
  const [row] = await db.sql<{ revision: string }[]>`
    select revision from workspaces where workspace_id = ${workspace}`;
  return Number(row?.revision ?? 0);
}

/** All rows of the workspace at one moment, ordered by subject and place. */
export async function readProjection(db: Db, workspace: string): Promise<Projection> {
  return db.orm.transaction(
    async (tx) => {
      const entries: [keyof Projection, unknown[]][] = [];
      for (const kind of KINDS) {
        const table = TABLES[kind];
        const rows = await tx.select().from(table).where(eq(table.workspaceId, workspace));
        rows.sort((a, b) =>
          a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : a.position - b.position,
        );
        entries.push([kind, rows.map(({ workspaceId: _workspace, position: _position, ...row }) => row)]);
      }
      // Each table's columns are its row type's members: the tests of ingest hold what is read against what was made.
      return Object.fromEntries(entries) as unknown as Projection;
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}
