/** What was decided in a review, with pseudonyms in place of what tells of a person. Pure. */
import canonicalize from "canonicalize";
import type { NormalEvent } from "../ingest/event.ts";
import type { FrozenItem, GovernanceRecord } from "../reviews/records.ts";
import { isItemAct, recordIn } from "../reviews/records.ts";
import { eachText } from "./each-text.ts";

export interface DecisionMask {
  /** Whether the item of a review is about them. */
  isAbout(item: string): boolean;
  /** The pseudonym of what is theirs. */
  value<T extends string | null>(value: T): T;
  /** A text about them, and one about something else, with pseudonyms where they are named. */
  text(text: string): string;
  beside(text: string): string;
  ref(ref: string): string;
}

/** A key ends with the account's own; see lib/reviews/keys.ts. */
function maskedKey(key: string, account: string, masked: string): string {
  // Two subjects that claim one account have keys that differ by a number behind it.
  const at = key.lastIndexOf(account);
  return key.startsWith("account:") && at > 0
    ? key.slice(0, at) + masked + key.slice(at + account.length)
    : key;
}

function maskedItem(frozen: FrozenItem, mask: DecisionMask): FrozenItem {
  const { value } = mask;
  const isAccount = frozen.kind === "account";
  const account = isAccount ? value(frozen.account) : frozen.account;
  return {
    ...frozen,
    key: maskedKey(frozen.key, frozen.account, account),
    account,
    userName: value(frozen.userName),
    identity: {
      ...frozen.identity,
      userName: value(frozen.identity.userName),
      displayName: value(frozen.identity.displayName),
      title: value(frozen.identity.title),
    },
    subject: frozen.subject === null ? null : mask.ref(frozen.subject),
    drift: frozen.drift.map((drift) => ({ ...drift, change: value(drift.change) })),
  };
}

function maskedRecord(record: GovernanceRecord, mask: DecisionMask): GovernanceRecord {
  if (!isItemAct(record) || !mask.isAbout(record.item))
    return eachText(record, mask.beside) as GovernanceRecord;
  const { by, ...rest } = record;
  if (rest.verb === "put") return { ...rest, frozen: maskedItem(rest.frozen, mask), by };
  return { ...(eachText(rest, mask.text) as typeof rest), by };
}

/** @param event of the layer `governance`. */
export function maskDecision(event: NormalEvent, mask: DecisionMask): NormalEvent {
  const record = recordIn(event);
  if (record === null || event.attributes === null) return event;
  const masked = maskedRecord(record, mask);
  const about = isItemAct(record) && mask.isAbout(record.item);
  const text = about ? mask.text : mask.beside;
  const { record: _json, ...others } = event.attributes;
  const { account } = event;
  return {
    ...event,
    account:
      account !== null && about
        ? {
            id: mask.value(account.id),
            userName: mask.value(account.userName),
            displayName: account.displayName,
          }
        : account,
    attributes: { ...(eachText(others, text) as Record<string, string>), record: canonicalize(masked) ?? "" },
  };
}
