/** Push sources as people are told of them: where each is reached, and what came last. No secret is among it. */
import type { Db } from "../../db/client.ts";
import { type PushSource, readPushSources } from "../../db/queries/push-sources.ts";
import { type Caller, requirePermission } from "../auth/caller.ts";
import { iso, isoOrNull } from "../reports/base.ts";
import { PUSH_PATH } from "./answer-push.ts";
import type { PushKind } from "./kind.ts";
import { PUSH_KINDS, pushKindOf } from "./registry.ts";

export interface PushSourceTold {
  source: string;
  kind: string;
  label: string;
  customer: string | null;
  settings: Record<string, unknown>;
  /** The address for the vendor's console, behind that of Rollcall. */
  path: string;
  /** Where the secret comes from, and whether there is one. */
  secret: PushKind["secret"];
  hasSecret: boolean;
  records: number;
  lastReceivedAt: string | null;
  lastRefusedAt: string | null;
  lastRefusal: string | null;
  setAt: string;
  setBy: string;
}

export interface PushSourcesList {
  sources: PushSourceTold[];
  /** What can be set up. */
  kinds: { kind: string; label: string; secret: PushKind["secret"] }[];
}

function told(workspace: string, stored: PushSource): PushSourceTold {
  const { source, kind, customer, settings, push, records, lastRefusal, setBy } = stored;
  const { label, secret } = pushKindOf(kind);
  return {
    ...{ source, kind, label, customer, settings, secret, records, lastRefusal, setBy },
    path: `${PUSH_PATH}/${workspace}/${push}`,
    hasSecret: stored.secret !== null,
    lastReceivedAt: isoOrNull(stored.lastReceivedAt),
    lastRefusedAt: isoOrNull(stored.lastRefusedAt),
    setAt: iso(stored.setAt),
  };
}

/** All, by their names. @param source of this name alone. @throws {AccessProblem} */
export async function listPushSources(
  db: Db,
  workspace: string,
  by: Caller,
  source: string | null = null,
): Promise<PushSourcesList> {
  requirePermission(by, "operate");
  const rows = await readPushSources(db.sql, workspace, { source });
  return {
    sources: rows.map((row) => told(workspace, row)),
    kinds: PUSH_KINDS.map(({ kind, label, secret }) => ({ kind, label, secret })),
  };
}
