/** Sends a test by a channel of alerts. */
import type { Db } from "../../db/client.ts";
import { storeChannelState } from "../../db/queries/alert-channels.ts";
import { act } from "../auth/act.ts";
import { type Caller, requirePermission } from "../auth/caller.ts";
import type { MailAnswer } from "../mail/send-mail.ts";
import { pageLink } from "../net/page-link.ts";
import { channelNamed } from "./channel-named.ts";
import { testMessage } from "./message.ts";
import { sendMessage } from "./send-message.ts";

/**
 * Also where the channel is off or waits after a failure: one that is taken ends the wait.
 * @param installation the secret of this installation.
 * @throws {AccessProblem} {@link AlertProblem} {@link RuntimeProblem} when the settings of mail can't be used.
 */
export async function testAlertChannel(
  db: Db,
  workspace: string,
  by: Caller,
  name: string,
  installation: string,
): Promise<MailAnswer> {
  requirePermission(by, "operate");
  const channel = await channelNamed(db.sql, workspace, name);
  const message = testMessage(name, Date.now(), pageLink("/alerts"));
  const { ok, answer } = await sendMessage(channel, message, installation);
  return act({ db, workspace, by }, "operate", "test-alert-channel", async (sql) => {
    const { failures, nextTryAt, digestAt } = channel;
    const waits = ok ? { failures: 0, nextTryAt: null } : { failures, nextTryAt };
    await storeChannelState(sql, workspace, name, { triedAt: Date.now(), ok, answer, ...waits, digestAt });
    return { result: { ok, answer }, object: name, after: { ok, answer } };
  });
}
