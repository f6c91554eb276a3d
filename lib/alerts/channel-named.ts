/** The channel of a name. */
import type { SqlSession } from "../../db/client.ts";
import { type AlertChannel, type ChannelState, readAlertChannels } from "../../db/queries/alert-channels.ts";
import { AlertProblem } from "./problem.ts";

/** @throws {AlertProblem} when there is none. */
export async function channelNamed(
  sql: SqlSession,
  workspace: string,
  name: string,
): Promise<AlertChannel & ChannelState> {
  const [found] = await readAlertChannels(sql, workspace, name);
  if (found !== undefined) return found;
  throw new AlertProblem("unknown-channel", `There is no channel called "${name}".`);
}
