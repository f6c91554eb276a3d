/** A source into which a vendor sends by itself, request by request. */
import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import type { SqlSession } from "../../db/client.ts";
import { type Appended, appendWithin } from "../../db/log/append.ts";
import { insertStandingIngest } from "../../db/queries/ingests.ts";
import { ensureSource } from "../../db/queries/sources.ts";
import { linkFactsOf } from "../lifecycle/refs.ts";
import type { Packed } from "./packer.ts";
import { IngestProblem } from "./problem.ts";
import { requireSourceName } from "./source-name.ts";

const LONGEST_CUSTOMER = 100;

export interface NewStanding {
  source: string;
  format: string;
  customer: string | null | undefined;
  /** What it is called in the list of what came in. */
  file: string;
}

/**
 * Makes the source known, with one ingest for all that will come: silence in it is silence, and no file that was left out.
 * @returns the names as they are kept, and the ingest's id.
 * @throws {IngestProblem} for names that none has, and where the source is another customer's.
 */
export async function makeStandingSource(
  sql: SqlSession,
  workspace: string,
  { source: named, format, customer: owner, file }: NewStanding,
): Promise<{ source: string; customer: string | null; ingest: string }> {
  const source = named.trim();
  const wanted = owner?.trim() || null;
  requireSourceName(source);
  if (wanted !== null && (wanted.length > LONGEST_CUSTOMER || wanted.includes("\0")))
    throw new IngestProblem("bad-customer", `A customer's name has 1 to ${LONGEST_CUSTOMER} characters.`);
  const customer = await ensureSource({ sql }, workspace, { source, format, customer: wanted });
  if (wanted !== null && customer !== wanted)
    throw new IngestProblem(
      "customer-differs",
      `The source "${source}" belongs to the customer "${customer}": give this one a name of its own.`,
    );
  const ingest = randomUUID();
  await insertStandingIngest(sql, workspace, { ingest, source, format, file });
  return { source, customer, ingest };
}

/**
 * Appends what was sent, in the transaction of what is noted beside it.
 * @param ingest of the source.
 * @throws whatever the database says; nothing of the transaction is kept then.
 */
export const appendSent = (
  sql: postgres.TransactionSql,
  workspace: string,
  ingest: string,
  packed: Packed,
): Promise<Appended> =>
  appendWithin(sql, {
    workspace,
    ingest,
    ...packed,
    bytesRead: 0,
    likelyNew: true,
    seenKnown: true,
    factsOf: linkFactsOf,
  });
