/** What is reviewed: the items of a scope as the log stood at a moment, with the facts that decide. Pure. */
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import canonicalize from "canonicalize";
import { groupBy } from "../lifecycle/group-by.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import type { AccountFacts, CredentialFacts, DriftFacts } from "../lifecycle/types.ts";
import { accountRow, grantsOf } from "../reports/accounts.ts";
import { byText, isoOrNull, labelOf } from "../reports/base.ts";
import { credentialRow, dormantContext, dormantStatusOf } from "../reports/dormant.ts";
import type { ModelPart, Person } from "../reports/model.ts";
import type { Parts } from "../reports/parts.ts";
import { SETTINGS } from "../reports/settings.ts";
import type { Flag, ReviewScope } from "./contract.ts";
import { accountItemKey, credentialItemKey } from "./keys.ts";
import { isNonHuman } from "./non-human.ts";
import type { FrozenItem } from "./records.ts";

const CREDENTIAL_FLAGS: Partial<Record<string, Flag>> = {
  "owner-left": "owner-left",
  "no-owner": "no-owner",
  unrotated: "unrotated",
  unused: "dormant",
  "never-used": "never-used",
};

/** People of one department and title: they are compared with each other. */
const PEERS_FROM = 2;

const peerKey = (department: string, title: string): string => JSON.stringify([department, title]);

/** Of each department and title how many people are active, and how many of them have an active account where. */
class Peers {
  private readonly people = new Map<string, number>();
  private readonly having = new Map<string, number>();

  /** Everybody has to be taken before anybody is asked of. */
  take({ people, accounts }: ModelPart): void {
    for (const person of people.values()) {
      const key = Peers.keyOf(person);
      if (key !== null) this.people.set(key, (this.people.get(key) ?? 0) + 1);
    }
    // A person's accounts are all in one part: nobody is counted twice.
    const seen = new Set<string>();
    for (const { subject, application, active } of accounts) {
      const key = active ? Peers.keyOf(people.get(subject)) : null;
      const place = `${application}\u0000${subject}`;
      if (key === null || seen.has(place)) continue;
      seen.add(place);
      const there = `${application}\u0000${key}`;
      this.having.set(there, (this.having.get(there) ?? 0) + 1);
    }
  }

  private static keyOf(person: Person | undefined): string | null {
    if (person === undefined || person.kind !== "identity" || !person.active) return null;
    return person.department === null || person.title === null
      ? null
      : peerKey(person.department, person.title);
  }

  /** Those beside the person who has an active account there; null when there is nobody to compare with. */
  of(person: Person | undefined, application: string): FrozenItem["peers"] {
    if (person === undefined || person.department === null || person.title === null) return null;
    const key = peerKey(person.department, person.title);
    const own = Peers.keyOf(person) === null ? 0 : 1;
    const people = (this.people.get(key) ?? 0) - own;
    if (people < PEERS_FROM) return null;
    return { people, have: (this.having.get(`${application}\u0000${key}`) ?? 0) - own };
  }
}

function identityOf(model: ModelPart, subject: string): FrozenItem["identity"] {
  const person = model.people.get(subject);
  const known = person?.kind === "identity" ? person : undefined;
  return {
    userName: known?.userName ?? null,
    displayName: known?.displayName ?? null,
    department: known?.department ?? null,
    title: known?.title ?? null,
  };
}

interface Context {
  model: ModelPart;
  dormant: ReturnType<typeof dormantContext>;
  grants: ReturnType<typeof grantsOf>;
  drift: ReadonlyMap<string, DriftFacts[]>;
  peers: Peers;
}

const holder = ({ subject, application, account }: AccountFacts | DriftFacts): string =>
  `${subject}\u0000${application}\u0000${account}`;

function accountItem({ model, dormant, grants, drift, peers }: Context, account: AccountFacts): FrozenItem {
  const row = accountRow(model, account, grants);
  const status = dormantStatusOf(model, account, dormant);
  const drifted = (drift.get(holder(account)) ?? []).map(({ entitlement, change, movedAt }) => ({
    entitlement,
    change,
    movedAt: isoOrNull(movedAt),
  }));
  return {
    key: accountItemKey(account.application, account.account),
    kind: "account",
    application: row.application,
    account: row.account,
    userName: row.userName,
    identity: identityOf(model, account.subject),
    subject: account.subject,
    flags: [...(status === null ? [] : [status]), ...(drifted.length > 0 ? (["drift"] as const) : [])],
    lastActivityAt: row.lastActivityAt,
    activityKnown: model.across.signIns.has(account.application),
    createdAt: row.createdAt,
    provenance: row.provenance,
    provenanceEventId: row.provenanceEventId,
    entitlements: row.grants.toSorted((a, b) => byText(a.name, b.name) || byText(a.eventId, b.eventId)),
    drift: drifted.sort((a, b) => byText(a.entitlement, b.entitlement)),
    peers: account.identityKnown ? peers.of(model.people.get(account.subject), account.application) : null,
  };
}

function credentialItem({ model, dormant }: Context, credential: CredentialFacts): FrozenItem {
  const row = credentialRow(model, credential, dormant);
  const flag = CREDENTIAL_FLAGS[row.status];
  return {
    key: credentialItemKey(credential.id),
    kind: "credential",
    application: labelOf(model, applicationKey(credential.application)),
    account: credential.id,
    userName: row.name,
    identity: identityOf(model, credential.subject),
    subject: credential.subject,
    flags: flag === undefined ? [] : [flag],
    lastActivityAt: row.lastUsedAt,
    activityKnown: row.lastUsedAt !== null || row.status === "never-used",
    createdAt: row.createdAt,
    provenance: null,
    provenanceEventId: null,
    entitlements: [],
    drift: [],
    peers: null,
  };
}

/** Whether a scope means the item. */
function isMeant(scope: ReviewScope): (item: FrozenItem) => boolean {
  const applications = new Set(scope.applications.map(applicationKey));
  const departments = new Set(scope.departments);
  const items = new Set(scope.items);
  return ({ key, kind, application, identity, flags }) =>
    scope.kinds.includes(kind) &&
    (applications.size === 0 || applications.has(applicationKey(application))) &&
    (departments.size === 0 || (identity.department !== null && departments.has(identity.department))) &&
    (!scope.flaggedOnly || flags.length > 0) &&
    (items.size === 0 || items.has(key));
}

/** The items of some people. */
function itemsOf(
  model: ModelPart,
  { nonHumanOnly }: Pick<ReviewScope, "nonHumanOnly">,
  peers: Peers,
): FrozenItem[] {
  const context: Context = {
    model,
    dormant: dormantContext(model, SETTINGS.dormantDays),
    grants: grantsOf(model.entitlements),
    drift: groupBy(
      model.drift.filter(({ removedAt }) => removedAt === null),
      holder,
    ),
    peers,
  };
  const owners = new Set(model.credentials.map(({ subject }) => subject));
  const meant = ({ subject }: { subject: string }): boolean => {
    if (!nonHumanOnly) return true;
    const person = model.people.get(subject);
    return person !== undefined && isNonHuman(person, owners.has(subject));
  };
  return [
    ...model.accounts
      .filter((account) => account.active && meant(account))
      .map((row) => accountItem(context, row)),
    ...model.credentials
      .filter((credential) => credential.revokedAt === null && meant(credential))
      .map((row) => credentialItem(context, row)),
  ];
}

/** The items of a scope, each once: of all records, or of those of each customer that is meant. */
export class PopulationTaker {
  private readonly items = new Map<string, FrozenItem>();
  private readonly isMeant: (item: FrozenItem) => boolean;

  constructor(private readonly scope: ReviewScope) {
    this.isMeant = isMeant(scope);
  }

  get size(): number {
    return this.items.size;
  }

  /**
   * @param people of one moment; all of its parts twice: for whom they are compared with, and for their items.
   * @param taken told after each part of items.
   */
  async take(people: Pick<Parts, "each">, taken: (part: ModelPart) => void = () => {}): Promise<void> {
    const peers = new Peers();
    for (const part of people.each()) {
      peers.take(part);
      // Whoever else is served by this process has a turn.
      await setImmediate();
    }
    for (const part of people.each()) {
      for (const item of itemsOf(part, this.scope, peers)) if (this.isMeant(item)) this.add(item);
      taken(part);
      await setImmediate();
    }
  }

  private add(item: FrozenItem): void {
    // Two subjects may claim one account: both are looked at.
    let { key } = item;
    for (let n = 2; this.items.has(key) && this.items.get(key)?.subject !== item.subject; n++)
      key = `${item.key}#${n}`;
    if (!this.items.has(key)) this.items.set(key, { ...item, key });
  }

  /** In the order of their keys. */
  sorted(): FrozenItem[] {
    return [...this.items.values()].sort((a, b) => byText(a.key, b.key));
  }
}

/** SHA-256, hex, over each item's canonical JSON (RFC 8785) and a line feed. @param items in the order of their keys. */
export function populationHash(items: readonly FrozenItem[]): string {
  const hash = createHash("sha256");
  for (const item of items) hash.update(`${canonicalize(item)}\n`);
  return hash.digest("hex");
}
