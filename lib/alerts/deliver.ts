/** Tells the channels what they have not had. */
import type { Db } from "../../db/client.ts";
import {
  type AlertChannel,
  type ChannelState,
  readAlertChannels,
  storeChannelState,
} from "../../db/queries/alert-channels.ts";
import { readUntoldAlerts, storeTellings } from "../../db/queries/alerts.ts";
import { afterFailure } from "../connectors/backoff.ts";
import { pageLink } from "../net/page-link.ts";
import { ReportPending } from "../reports/editions/pending.ts";
import { digestMessage, digestOf, weekBefore } from "./digest.ts";
import { lastDigestAt } from "./digest-due.ts";
import { type Message, messageOf } from "./message.ts";
import { RULE_NAMES } from "./rules.ts";
import { sendMessage } from "./send-message.ts";

const DAY = 86_400_000;
/** A digest whose figures are being worked out is tried again after so long. */
const PENDING_MS = 60_000;
/** Two digests lie further apart, also where the zone was changed in between. */
const LEAST_BETWEEN = 3 * DAY;

export interface Delivering {
  db: Db;
  workspace: string;
  /** The secret of this installation. */
  installation: string;
  /** Milliseconds since 1970. */
  now: number;
  /** Of the digest. */
  zone: string;
  stop?: AbortSignal | undefined;
}

export interface Delivered {
  sent: number;
  failed: number;
  /** When what failed is tried again; null where nothing did. */
  nextTryAt: number | null;
  /** What went wrong beside what channels answered. */
  errors: unknown[];
}

/** A message on its way, and what is noted once it was taken. */
interface Waiting {
  message: Message;
  alerts: number[];
  /** The Monday, of a digest. */
  digestAt: number | null;
}

/** What waits for a channel, one after another. */
async function* waitingFor(
  { db, workspace, now, zone }: Delivering,
  { name, digest, digestAt }: AlertChannel & ChannelState,
): AsyncGenerator<Waiting, void> {
  const untold = await readUntoldAlerts(db.sql, workspace, name);
  for (const rule of RULE_NAMES) {
    const own = untold.filter((alert) => alert.rule === rule);
    if (own.length > 0)
      yield {
        message: messageOf(rule, own, name, pageLink),
        alerts: own.map(({ alert }) => alert),
        digestAt: null,
      };
  }
  const due = lastDigestAt(now, zone);
  if (!digest || (digestAt !== null && (due <= digestAt || due - digestAt < LEAST_BETWEEN))) return;
  // By the Monday, and not by the time that it is tried at.
  const digestTold = await digestOf(db, workspace, { now, since: weekBefore(due) });
  const message = digestMessage(digestTold, name, due, pageLink);
  yield { message, alerts: [], digestAt: due };
}

/** Notes that something was not taken, and lets all that waits for the channel wait longer. */
async function noteFailure(
  { db, workspace, now }: Delivering,
  { name, failures, digestAt }: AlertChannel & ChannelState,
  answer: string,
): Promise<number> {
  const nextTryAt = now + afterFailure(failures);
  const state = { triedAt: Date.now(), ok: false, answer, failures: failures + 1, nextTryAt, digestAt };
  await storeChannelState(db.sql, workspace, name, state);
  return nextTryAt;
}

/**
 * Sends a channel what waits for it, until something is not taken: then all of it waits longer, twice as long each time.
 * What was taken is noted at once; who dies in between sends one message again, under the same id.
 */
async function tell(context: Delivering, channel: AlertChannel & ChannelState): Promise<Delivered> {
  const { db, workspace, installation, stop } = context;
  let sent = 0;
  let { digestAt } = channel;
  try {
    for await (const waiting of waitingFor(context, channel)) {
      if (stop?.aborted) break;
      const { ok, answer } = await sendMessage(channel, waiting.message, installation);
      if (!ok) return { sent, failed: 1, nextTryAt: await noteFailure(context, channel, answer), errors: [] };
      sent++;
      digestAt = waiting.digestAt ?? digestAt;
      const state = { triedAt: Date.now(), ok, answer, failures: 0, nextTryAt: null, digestAt };
      await db.sql.begin(async (sql) => {
        await storeTellings(sql, workspace, channel.name, waiting.alerts, state.triedAt);
        await storeChannelState(sql, workspace, channel.name, state);
      });
    }
  } catch (error) {
    if (!(error instanceof ReportPending)) throw error;
    // Of the channel nothing has failed: the digest is due until it was taken.
    return { sent, failed: 0, nextTryAt: context.now + PENDING_MS, errors: [] };
  }
  return { sent, failed: 0, nextTryAt: null, errors: [] };
}

/** The same, also where Rollcall itself fails: nothing of it keeps the other channels from being told. */
async function tellOrNote(context: Delivering, channel: AlertChannel & ChannelState): Promise<Delivered> {
  try {
    return await tell(context, channel);
  } catch (error) {
    const failed = { sent: 0, failed: 1, errors: [error] };
    try {
      const answer = "Rollcall itself failed to send this; its log says more.";
      return { ...failed, nextTryAt: await noteFailure(context, channel, answer) };
    } catch (second) {
      return { ...failed, errors: [error, second], nextTryAt: null };
    }
  }
}

/** Tells each channel that is on what it has not had; all at once, so that a slow one keeps no other waiting. */
export async function deliver(context: Delivering): Promise<Delivered> {
  const channels = await readAlertChannels(context.db.sql, context.workspace);
  const done = await Promise.all(
    channels
      .filter(({ active }) => active)
      .map((channel) =>
        channel.nextTryAt !== null && channel.nextTryAt > context.now
          ? { sent: 0, failed: 0, nextTryAt: channel.nextTryAt, errors: [] }
          : tellOrNote(context, channel),
      ),
  );
  const tries = done.flatMap(({ nextTryAt }) => nextTryAt ?? []);
  return {
    sent: done.reduce((sum, { sent }) => sum + sent, 0),
    failed: done.reduce((sum, { failed }) => sum + failed, 0),
    nextTryAt: tries.length === 0 ? null : Math.min(...tries),
    errors: done.flatMap(({ errors }) => errors),
  };
}
