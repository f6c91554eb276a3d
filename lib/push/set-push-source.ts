/** Changes a push source's settings or its secret; its address stays. */
import type { Db } from "../../db/client.ts";
import { updatePushSource } from "../../db/queries/push-sources.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import type { PushSecret } from "./add-push-source.ts";
import type { PushKind } from "./kind.ts";
import { pushSourceNamed } from "./named.ts";
import { PushProblem } from "./problem.ts";
import { pushKindOf, pushSettingsOf } from "./registry.ts";
import { makeSecret } from "./secret.ts";

/** What changes; null stays as it is. */
export interface PushChange {
  settings: Record<string, unknown> | null;
  /** The vendor's new one; or that Rollcall makes one. The one before is over at once. */
  secret: string | { new: true } | null;
}

/** @throws {PushProblem} for what would leave a source without the secret that it has. */
function asGiven(
  { secret: from, label }: PushKind,
  secret: NonNullable<PushChange["secret"]>,
): string | null {
  const given = typeof secret === "string" ? secret : null;
  if (from === "made" || (given ?? "").trim() !== "") return given;
  const why = from === "none" ? "it has none" : "the vendor makes it; give it as it is shown there";
  throw new PushProblem("bad-secret", `No secret is made for ${label}: ${why}.`);
}

/**
 * @param installation the secret of this installation.
 * @returns the secret, where Rollcall made a new one.
 * @throws {PushProblem} {@link AccessProblem}
 */
export async function setPushSource(
  db: Db,
  workspace: string,
  by: Caller,
  named: string,
  change: PushChange,
  installation: string,
): Promise<PushSecret> {
  return act({ db, workspace, by }, "operate", "set-push-source", async (sql) => {
    const stored = await pushSourceNamed(sql, workspace, named);
    const { source } = stored;
    const kind = pushKindOf(stored.kind);
    const settings = change.settings === null ? stored.settings : pushSettingsOf(kind, change.settings);
    const { told, sealed } =
      change.secret === null
        ? { told: null, sealed: stored.secret }
        : await makeSecret(kind, asGiven(kind, change.secret), installation);
    await updatePushSource(sql, workspace, { source, settings, secret: sealed, setBy: by.actor.name });
    return {
      result: { source, secret: told },
      object: source,
      before: { settings: stored.settings },
      after: { settings, secret: change.secret === null ? "kept" : "set" },
    };
  });
}
