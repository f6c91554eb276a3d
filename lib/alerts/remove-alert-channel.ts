/** Takes a channel of alerts away. */
import type { Db } from "../../db/client.ts";
import { deleteAlertChannel } from "../../db/queries/alert-channels.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { channelNamed } from "./channel-named.ts";

/** Its secret is forgotten, and what it was told: set up again, it is told of all that is open. @throws {AccessProblem} {@link AlertProblem} */
export async function removeAlertChannel(db: Db, workspace: string, by: Caller, name: string): Promise<void> {
  await act({ db, workspace, by }, "operate", "remove-alert-channel", async (sql) => {
    const { kind, target } = await channelNamed(sql, workspace, name);
    await deleteAlertChannel(sql, workspace, name);
    return { result: undefined, object: name, before: { kind, to: target } };
  });
}
