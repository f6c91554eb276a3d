/** Which source a request at the SCIM endpoint is from. */
import type { Db } from "../../db/client.ts";
import { type ScimSource, scimSourceOf, touchScimSource } from "../../db/queries/scim-sources.ts";
import { hashOf, workspaceOf } from "../auth/secret.ts";

/** How exactly the last use of a token is known. */
const TOUCH_MS = 60_000;

const BEARER = /^Bearer +(\S+)$/iu;

/**
 * A source's own token alone lets in: no session, no other token.
 * @param dbOf the connections of a workspace that the token names; null when there is none.
 */
export async function scimVisitor(
  authorization: string | null,
  dbOf: (workspace: string) => Promise<Db | null>,
): Promise<{ db: Db; workspace: string; source: ScimSource } | null> {
  const secret = BEARER.exec(authorization ?? "")?.[1];
  const workspace = secret === undefined ? null : workspaceOf(secret, "rcp");
  const db = workspace === null ? null : await dbOf(workspace);
  if (secret === undefined || workspace === null || db === null) return null;
  const source = await scimSourceOf(db, workspace, hashOf(secret));
  if (source === null) return null;
  const { lastUsedAt } = source;
  if (lastUsedAt === null || Date.now() - lastUsedAt > TOUCH_MS)
    await touchScimSource(db, workspace, source.source);
  return { db, workspace, source };
}
