/** A source that an identity provider provisions into, with its token. */
import type { Db } from "../../db/client.ts";
import { insertScimSource } from "../../db/queries/scim-sources.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { newSecret } from "../auth/secret.ts";
import { makeStandingSource } from "../ingest/standing-source.ts";
import { ScimSourceProblem } from "./problem.ts";

/** A token's first characters, by which people tell it from another. */
export const prefixOf = (secret: string, workspace: string): string =>
  secret.slice(0, `rcp_${workspace}_`.length + 4);

/**
 * @param input.governsMembers whoever is deactivated in it is no member of Rollcall any more.
 * @returns the token itself, told this once: only its hash is stored.
 * @throws {ScimSourceProblem} {@link IngestProblem} for names that none has, and for a source of another customer, {@link AccessProblem}
 */
export async function addScimSource(
  db: Db,
  workspace: string,
  by: Caller,
  input: { source: string; customer?: string | null | undefined; governsMembers: boolean },
): Promise<{ source: string; secret: string }> {
  const { secret, hash } = newSecret("rcp", workspace);
  return act({ db, workspace, by }, "operate", "add-scim-source", async (sql) => {
    const asked = { source: input.source, customer: input.customer, format: "scim", file: "SCIM endpoint" };
    const { source, customer, ingest } = await makeStandingSource(sql, workspace, asked);
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
      after: { prefix, customer, governsMembers },
    };
  });
}
