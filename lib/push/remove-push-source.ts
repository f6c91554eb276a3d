/** Forgets a push source's address and its secret; its records stay. */
import type { Db } from "../../db/client.ts";
import { deletePushSource } from "../../db/queries/push-sources.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { pushSourceNamed } from "./named.ts";

/** Whoever sends to the address is told from now on that there is none. @throws {PushProblem} {@link AccessProblem} */
export async function removePushSource(db: Db, workspace: string, by: Caller, named: string): Promise<void> {
  await act({ db, workspace, by }, "operate", "remove-push-source", async (sql) => {
    const { source, kind, settings } = await pushSourceNamed(sql, workspace, named);
    await deletePushSource(sql, workspace, source);
    return { result: undefined, object: source, before: { kind, settings } };
  });
}
