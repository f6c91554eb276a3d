/** The API tokens that somebody may see. */
import type { Db } from "../../../db/client.ts";
import { readTokens, type TokenRow } from "../../../db/queries/api-tokens.ts";
import { allowed, type Caller } from "../caller.ts";

export interface TokensList {
  tokens: TokenRow[];
}

/** The newest first: one's own; of whoever may see members everybody's. */
export async function listTokens(db: Db, workspace: string, by: Caller): Promise<TokensList> {
  return { tokens: await readTokens(db, workspace, allowed(by, "members") ? null : by.member) };
}
