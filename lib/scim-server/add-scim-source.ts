/** A source that an identity provider provisions into, with its token. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { insertStandingIngest } from "../../db/queries/ingests.ts";
import { insertScimSource } from "../../db/queries/scim-sources.ts";
import { ensureSource } from "../../db/queries/sources.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { newSecret } from "../auth/secret.ts";
import { requireSourceName } from "../ingest/source-name.ts";
import { ScimSourceProblem } from "./problem.ts";

const LONGEST_CUSTOMER = 100;

/** A token's first characters, by which people tell it from another. */
export const prefixOf = (secret: string, workspace: string): string =>
  secret.slice(0, `rcp_${workspace}_`.length + 4);

/**
 * @param input.governsMembers whoever is deactivated in it is no member of Rollcall any more.
 * @returns the token itself, told this once: only its hash is stored.
 * @throws {ScimSourceProblem} {@link IngestProblem} for a name that no source has, {@link AccessProblem}
 */
export async function addScimSource(
  db: Db,
  workspace: string,
  by: Caller,
  input: { source: string; customer?: string | null | undefined; governsMembers: boolean },
): Promise<{ source: string; secret: string }> {
  const source = input.source.trim();
  const customer = input.customer?.trim() || null;
  requireSourceName(source);
  if (customer !== null && (customer.length > LONGEST_CUSTOMER || customer.includes("\0")))
    throw new ScimSourceProblem("bad-customer", `A customer's name has 1 to ${LONGEST_CUSTOMER} characters.`);
  const { secret, hash } = newSecret("rcp", workspace);
  const ingest = randomUUID();
  return act({ db, workspace, by }, "operate", "add-scim-source", async (sql) => {
    const onRecord = await ensureSource({ sql }, workspace, { source, format: "scim", customer });
    if (customer !== null && onRecord !== customer) {
      throw new ScimSourceProblem(
        "customer-differs",
        `The source "${source}" belongs to the customer "${onRecord}": give this one a name of its own.`,
      );
    }
    // What comes in through the endpoint is one ingest that goes on: silence in it is silence, and no file that was left out.
    await insertStandingIngest(sql, workspace, { ingest, source, format: "scim", file: "SCIM endpoint" });
    const prefix = prefixOf(secret, workspace);
    const { governsMembers } = input;
    const row = { source, hash, prefix, governsMembers, ingest, createdBy: by.actor.name };
    if (!(await insertScimSource(sql, workspace, row)))
      throw new ScimSourceProblem(
        "known-source",
        `There is a SCIM source "${source}" already; scim-source renew gives it a new token.`,
      );
    return {
      result: { source, secret },
      object: source,
      after: { prefix, customer: onRecord, governsMembers },
    };
  });
}
