/** A further key to sign the log and packs with. */
import type { Db } from "../../db/client.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import type { Home } from "../runtime/home.ts";
import { addKey } from "./keys.ts";

/**
 * Makes a key. It and all that are not retired sign from now on, so that whoever knows one of them can still check.
 * @throws RuntimeProblem when the home can't be written to.
 */
export const addSigningKey = (db: Db, workspace: string, by: Caller, home: Home): Promise<void> =>
  act({ db, workspace, by }, "operate", "add-signing-key", async () => {
    await addKey(home, Date.now());
    return { result: undefined, object: "signing keys" };
  });
