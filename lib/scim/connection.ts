/** What is known of an application's SCIM connection; its token stays here. */

import type { Db } from "../../db/client.ts";
import { readScimConnections, type ScimConnection } from "../../db/queries/scim-connections.ts";
import { unseal } from "../auth/seal.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import type { ScimTarget } from "./call.ts";
import type { Ending } from "./end-access.ts";
import { ScimProblem } from "./problem.ts";

/** What the token is encrypted for; see lib/auth/seal.ts. */
export const SCIM_TOKEN = "scim token";

/** A connection as people are told of it. */
export interface ConnectionTold {
  application: string;
  url: string;
  writes: boolean;
  ending: Ending;
  setAt: string;
  setBy: string;
}

const told = ({ label, url, writes, ending, setAt, setBy }: ScimConnection): ConnectionTold => ({
  application: label,
  url,
  writes,
  ending,
  setAt: new Date(setAt).toISOString(),
  setBy,
});

/** All connections of the workspace. */
export const scimConnections = async (db: Db, workspace: string): Promise<ConnectionTold[]> =>
  (await readScimConnections(db.sql, workspace)).map(told);

/** Keys of the applications whose connection allows writing. */
export async function writableApplications(db: Db, workspace: string): Promise<Set<string>> {
  const all = await readScimConnections(db.sql, workspace);
  return new Set(all.filter(({ writes }) => writes).map(({ application }) => application));
}

/** @param application in any spelling. @returns null where none is set. */
export async function scimConnection(
  db: Db,
  workspace: string,
  application: string,
): Promise<ConnectionTold | null> {
  const [found] = await readScimConnections(db.sql, workspace, [applicationKey(application)]);
  return found === undefined ? null : told(found);
}

/**
 * @param found what is set for the application, if anything is.
 * @throws {ScimProblem} when nothing is.
 */
export function requireConnection<T>(found: T | undefined, application: string): T {
  if (found !== undefined) return found;
  throw new ScimProblem(
    "no-connection",
    `${application} has no SCIM connection. An admin sets it on the application's page.`,
  );
}

/** @throws {ScimProblem} when it allows no writing. */
export function requireWriting({ label, writes }: Pick<ScimConnection, "label" | "writes">): void {
  if (writes) return;
  throw new ScimProblem(
    "no-connection",
    `The SCIM connection of ${label} allows no writing. An admin can allow it on the application's page.`,
  );
}

/**
 * Where to ask, and with which token.
 * @param installation the secret of this installation, under which the token is kept.
 * @throws {ScimProblem} when none is set, or it can't be read.
 */
export async function readableTarget(
  db: Db,
  workspace: string,
  application: string,
  installation: string,
): Promise<ScimTarget & { label: string; ending: Ending; writes: boolean }> {
  const [set] = await readScimConnections(db.sql, workspace, [applicationKey(application)]);
  const found = requireConnection(set, application);
  const { label, url, ending, writes } = found;
  const token = await unseal(installation, SCIM_TOKEN, found.token);
  if (token !== null) return { label, url, token, ending, writes };
  throw new ScimProblem(
    "no-connection",
    `The token of ${label}'s SCIM connection was kept under another secret of this installation. An admin sets it anew.`,
  );
}

/**
 * Where to write.
 * @param installation the secret of this installation, under which the token is kept.
 * @throws {ScimProblem} when none is set, or it allows no writing.
 */
export async function writableTarget(
  db: Db,
  workspace: string,
  application: string,
  installation: string,
): Promise<ScimTarget & { label: string; ending: Ending }> {
  const target = await readableTarget(db, workspace, application, installation);
  requireWriting(target);
  return target;
}
