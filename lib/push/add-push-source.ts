/** Sets up a source that a vendor pushes into. */
import { randomUUID } from "node:crypto";
import type { Db } from "../../db/client.ts";
import { insertPushSource } from "../../db/queries/push-sources.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { makeStandingSource } from "../ingest/standing-source.ts";
import { PushProblem } from "./problem.ts";
import { pushKindOf, pushSettingsOf } from "./registry.ts";
import { makeSecret } from "./secret.ts";

export interface NewPush {
  source: string;
  kind: string;
  settings: Record<string, unknown>;
  /** Where the vendor makes it; null: it is told later. */
  secret: string | null;
  customer: string | null;
}

/** A push source's secret where Rollcall made it, told this once; null where it did not. */
export interface PushSecret {
  source: string;
  secret: string | null;
}

/**
 * @param installation the secret of this installation, under which the source's is kept.
 * @throws {PushProblem} {@link IngestProblem} for names that none has, and for a source of another customer, {@link AccessProblem}
 */
export async function addPushSource(
  db: Db,
  workspace: string,
  by: Caller,
  { source: named, kind: asked, settings: given, secret, customer: owner }: NewPush,
  installation: string,
): Promise<PushSecret> {
  return act({ db, workspace, by }, "operate", "add-push-source", async (sql) => {
    const kind = pushKindOf(asked);
    const settings = pushSettingsOf(kind, given);
    const { told, sealed } = await makeSecret(kind, secret, installation);
    const standing = { source: named, format: kind.format, customer: owner, file: kind.label };
    const { source, customer, ingest } = await makeStandingSource(sql, workspace, standing);
    const push = randomUUID();
    const row = { source, push, kind: asked, settings, secret: sealed, ingest, setBy: by.actor.name };
    if (!(await insertPushSource(sql, workspace, row)))
      throw new PushProblem("known-source", `Something is pushed into "${source}" already.`);
    const after = { kind: asked, settings, customer };
    return { result: { source, secret: told }, object: source, after };
  });
}
