/** GET /api/v1/tokens: one's own tokens; an admin's: all. POST {name, scopes, days, source?}: makes one, and tells it this once. */
import { z } from "zod";
import { guarded } from "../../../../lib/auth/guard.ts";
import { createToken } from "../../../../lib/auth/tokens/create-token.ts";
import { listTokens } from "../../../../lib/auth/tokens/list-tokens.ts";
import { answer } from "../answer.ts";
import { readJson } from "../read-json.ts";

const BODY = z.object({
  name: z.string().max(200),
  scopes: z.array(z.string().max(40)).max(40),
  days: z.number(),
  source: z.string().max(100).nullable().default(null),
});

export const GET = guarded("tokens", ({ db, workspace, by }) => answer(() => listTokens(db, workspace, by)));

export const POST = guarded("tokens", ({ db, workspace, by }, request) =>
  answer(async () => {
    const body = await readJson(
      request,
      BODY,
      "Send name, scopes (a list) and days as JSON, and source for a token that ingests into one alone.",
    );
    const { token, secret, expiresAt } = await createToken(db, workspace, by, body);
    return { token, secret, expiresAt: new Date(expiresAt).toISOString() };
  }),
);
