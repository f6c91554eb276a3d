/** A push source's secret: encrypted in the database, with a key that is not there. */
import { randomBytes } from "node:crypto";
import type { PushSource } from "../../db/queries/push-sources.ts";
import { seal, unseal } from "../auth/seal.ts";
import type { PushKind } from "./kind.ts";
import { PushProblem } from "./problem.ts";

/** What it is encrypted for; see lib/auth/seal.ts. */
const PURPOSE = "push secret";

/** Of vendors' secrets; anything longer was pasted by mistake. */
const LONGEST = 1_000;

/** A new secret, and how it is kept. */
export interface MadeSecret {
  /** Told this once; null where the vendor made it, or there is none. */
  told: string | null;
  sealed: Buffer | null;
}

/**
 * @param given null where the vendor has told none yet. @param installation the secret of this installation.
 * @throws {PushProblem} when one is given that is none, or where there is none to give.
 */
export async function makeSecret(
  { secret: from, label }: PushKind,
  given: string | null,
  installation: string,
): Promise<MadeSecret> {
  const text = given?.trim() ?? "";
  if (from !== "given" && text !== "") {
    const why = from === "made" ? "Rollcall makes it" : "the signature says who sends";
    throw new PushProblem("bad-secret", `No secret is given for ${label}: ${why}.`);
  }
  if (from === "none" || (from === "given" && text === "")) return { told: null, sealed: null };
  if (text.length > LONGEST)
    throw new PushProblem("bad-secret", `This is no secret: it is longer than ${LONGEST} characters.`);
  const told = from === "made" ? randomBytes(32).toString("base64url") : null;
  return { told, sealed: await seal(installation, PURPOSE, told ?? text) };
}

/** @throws {PushProblem} when it was kept under another secret of this installation. */
export async function openSecret(
  installation: string,
  { source, secret }: Pick<PushSource, "source" | "secret">,
): Promise<string | null> {
  if (secret === null) return null;
  const open = await unseal(installation, PURPOSE, secret);
  if (open !== null) return open;
  throw new PushProblem(
    "bad-secret",
    `The secret of the source ${source} was kept under another secret of this installation. Set it anew.`,
  );
}
