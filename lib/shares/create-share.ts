/** A link that shows one customer, or an auditor, how access stands. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { insertShare } from "../../db/queries/shares.ts";
import { readCustomers } from "../../db/queries/sources.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { newSecret } from "../auth/secret.ts";
import { type ShareInput, shareFields } from "./share-input.ts";

export interface MadeShare {
  share: string;
  label: string;
  /** Below the address of this installation. It is told this once: only a hash of it is kept. */
  path: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/**
 * Makes a share. It belongs to the workspace: it works on when whoever made it is shut out.
 * @throws {AccessProblem}
 */
export async function createShare(
  db: Db,
  workspace: string,
  by: Caller,
  input: ShareInput,
): Promise<MadeShare> {
  const fields = shareFields(input, await readCustomers(db, workspace), Date.now());
  return act({ db, workspace, by }, "share", "create-share", async (sql) => {
    const { secret, hash } = newSecret("rcv", workspace);
    const share = randomUUID();
    const { customer, label, expiresAt } = fields;
    await insertShare(sql, workspace, { share, label, customer, hash, createdBy: by.actor.name, expiresAt });
    return {
      result: { share, label, path: `/share/${secret}`, expiresAt },
      object: label,
      after: { share, customer, expiresAt: new Date(expiresAt).toISOString() },
    };
  });
}
