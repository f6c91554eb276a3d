/** Sets up a channel of alerts, or changes one. */
import type { Db } from "../../db/client.ts";
import { readAlertChannels, storeAlertChannel } from "../../db/queries/alert-channels.ts";
import { askForRound } from "../../db/queries/alert-settings.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { newWebhookSecret } from "../failures/sign-call.ts";
import { addressOf } from "../mail/address.ts";
import { webhookAddress } from "../net/call-webhook.ts";
import type { ChannelKind } from "./contract.ts";
import { AlertProblem } from "./problem.ts";
import { sealChannelSecret } from "./secret.ts";

/** What is absent stays as it is; of a new channel `kind` and `to` are needed. */
export interface ChannelChange {
  kind?: ChannelKind | undefined;
  /** Where messages go: an e-mail address, or the address of a webhook. */
  to?: string | undefined;
  on?: boolean | undefined;
  digest?: boolean | undefined;
}

/** Names go into addresses: short and plain, as sources' names are. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/u;

interface Target {
  target: string;
  /** Not yet encrypted; null where there is none. */
  secret: string | null;
}

/** @throws {AlertProblem} */
function targetOf(kind: ChannelKind, to: string): Target {
  if (kind === "email") {
    const address = addressOf(to);
    if (address !== null) return { target: address, secret: null };
    throw new AlertProblem("bad-to", "Give an e-mail address, like alerts@example.com.");
  }
  const url = webhookAddress(to);
  if (url === null)
    throw new AlertProblem(
      "bad-to",
      "Give the address of the webhook, like https://hooks.example.com/…, without a user name or password in it.",
    );
  return kind === "slack"
    ? { target: new URL(url).host, secret: url }
    : { target: url, secret: newWebhookSecret() };
}

/**
 * What is open and what the channel has not had is sent to it within moments.
 * @param installation the secret of this installation, under which the channel's is kept.
 * @returns the secret that a webhook's calls are signed with, which is shown this once; null for other kinds, and where it stays.
 * @throws {AccessProblem} {@link AlertProblem}
 */
export async function setAlertChannel(
  db: Db,
  workspace: string,
  by: Caller,
  name: string,
  change: ChannelChange,
  installation: string,
): Promise<string | null> {
  return act({ db, workspace, by }, "operate", "set-alert-channel", async (sql) => {
    if (!NAME.test(name))
      throw new AlertProblem(
        "bad-name",
        `A channel's name is 1 to 63 lower-case letters, digits, dots, dashes and underscores, not "${name}".`,
      );
    const [before] = await readAlertChannels(sql, workspace, name);
    const kind = change.kind ?? before?.kind;
    if (kind === undefined || (change.to === undefined && before?.kind !== kind))
      throw new AlertProblem("bad-to", "Say what kind of channel it is, and where messages go.");
    const made = change.to === undefined ? null : targetOf(kind, change.to);
    const sealed = made?.secret ? await sealChannelSecret(installation, made.secret) : null;
    const channel = {
      name,
      kind,
      target: made?.target ?? before?.target ?? "",
      secret: made === null ? (before?.secret ?? null) : sealed,
      active: change.on ?? before?.active ?? true,
      digest: change.digest ?? before?.digest ?? true,
      setBy: by.actor.name,
    };
    await storeAlertChannel(sql, workspace, channel, channel.digest && before?.digest !== true);
    await askForRound(sql, workspace);
    const told = ({ target, active, digest }: Omit<typeof channel, "name" | "setBy">) => ({
      kind,
      to: target,
      on: active,
      digest,
    });
    return {
      result: kind === "webhook" ? (made?.secret ?? null) : null,
      object: name,
      before: before === undefined ? null : { ...told(before), kind: before.kind },
      after: told(channel),
    };
  });
}
