/** The end of keys that were replaced. */
import type { Db } from "../../db/client.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import type { Home } from "../runtime/home.ts";
import { retireOldKeys } from "./keys.ts";

/**
 * Retires all keys but the newest: they sign nothing more, and what they signed stays signed.
 * @returns how many.
 * @throws RuntimeProblem when the home can't be written to.
 */
export const retireSigningKeys = (db: Db, workspace: string, by: Caller, home: Home): Promise<number> =>
  act({ db, workspace, by }, "operate", "retire-signing-keys", async () => {
    const retired = await retireOldKeys(home, Date.now());
    return { result: retired, object: "signing keys", after: { retired }, nothing: retired === 0 };
  });
