/** A subject's accounts: which events are about which account, and what state they leave it in. docs/semantics.md §5. */
import type { Instant, LoggedEvent } from "../ingest/event.ts";
import { type Holding, Holdings, underTheirNames } from "./entitlements.ts";
import { groupBy } from "./group-by.ts";
import { explains, provenanceOf } from "./provenance.ts";
import { applicationKey, normaliseName } from "./refs.ts";
import type { AccountRow, Compared, EntitlementFacts, Provenance, SubjectId } from "./types.ts";

/** A stretch of time in which the account could be used; `from` −Infinity when it existed before its first witness. */
interface Interval {
  from: Instant;
  to: Instant | null;
}

/** All that one subject's events say of one account. */
export interface Account {
  application: string;
  account: string;
  userName: string | null;
  /** In order; attempts, the application's own records, assignments and sign-ins. */
  events: LoggedEvent[];
  active: Interval[];
  createdAt: Instant | null;
  provenance: Provenance;
  provenanceEventId: string | null;
  /** Names of what it holds at the end, and all that it ever held. */
  entitlements: string[];
  holdings: Holding[];
}

/** Whether an event speaks of an account in an application. */
function concernsAccount(event: LoggedEvent): boolean {
  if (event.application === null || event.credential !== null) return false;
  if (event.object === "group" || event.object === "application") return false;
  return (
    event.layer === "provisioning" ||
    event.layer === "application" ||
    event.layer === "access" ||
    event.detail === "assignment"
  );
}

interface Group {
  ids: Set<string>;
  names: Set<string>;
  events: LoggedEvent[];
}

/** Events that share the account's id or its user name are of one account; those with neither join the likeliest. */
function groupsOf(events: readonly LoggedEvent[], personNames: ReadonlySet<string>): Group[] {
  let groups: Group[] = [];
  const unnamed: LoggedEvent[] = [];
  for (const event of events) {
    const id = event.account?.id ?? null;
    const name = event.account?.userName ? normaliseName(event.account.userName) : null;
    if (id === null && name === null) {
      unnamed.push(event);
      continue;
    }
    const merged: Group = {
      ids: new Set(id ? [id] : []),
      names: new Set(name ? [name] : []),
      events: [event],
    };
    const apart: Group[] = [];
    for (const group of groups) {
      if ((id !== null && group.ids.has(id)) || (name !== null && group.names.has(name))) {
        for (const known of group.ids) merged.ids.add(known);
        for (const known of group.names) merged.names.add(known);
        merged.events = [...group.events, ...merged.events];
      } else apart.push(group);
    }
    groups = [...apart, merged];
  }
  if (unnamed.length > 0) {
    const likeliest =
      groups.find((group) => [...group.names].some((name) => personNames.has(name))) ??
      groups.toSorted((a, b) => (a.events[0]?.at ?? 0) - (b.events[0]?.at ?? 0))[0];
    if (likeliest === undefined) groups.push({ ids: new Set(), names: new Set(), events: unnamed });
    else likeliest.events.push(...unnamed);
  }
  return groups;
}

const PROVES_EXISTENCE = new Set([
  "update",
  "member-add",
  "member-remove",
  "role-grant",
  "role-revoke",
  "read",
]);

/** Walks an account's events once and says when it was active, how it came to be and what it holds. */
class AccountState {
  readonly active: Interval[] = [];
  createdAt: Instant | null = null;
  provenance: Provenance | null = null;
  /** The first witness: what says how the account came to be. */
  witnessed: LoggedEvent | null = null;
  private assigned: LoggedEvent | null = null;
  private createFailed = false;
  readonly holdings = new Holdings();

  read(event: LoggedEvent): void {
    if (event.detail === "assignment") {
      if (event.outcome === "success" && event.operation === "create") this.assigned ??= event;
    } else if (event.outcome === "success") this.readSuccess(event);
    else if (event.outcome === "failure") this.readFailure(event);
  }

  private get open(): Interval | undefined {
    const last = this.active.at(-1);
    return last?.to === null ? last : undefined;
  }

  /** The account was there before this, its first witness. */
  private witness(event: LoggedEvent, provenance: Provenance, from = -Infinity): void {
    if (this.provenance !== null) return;
    this.know(event, provenance);
    this.active.push({ from, to: null });
  }

  private know(event: LoggedEvent, provenance: Provenance): void {
    this.provenance = provenance;
    this.witnessed = event;
  }

  private begin(event: LoggedEvent): void {
    if (this.open === undefined) this.active.push({ from: event.at, to: null });
  }

  private end(event: LoggedEvent): void {
    const open = this.open;
    if (open !== undefined) open.to = event.at;
  }

  private readSuccess(event: LoggedEvent): void {
    switch (event.operation) {
      case "create":
        if (this.provenance === null || this.open === undefined) this.createdAt = event.at;
        this.readCreate(event);
        this.begin(event);
        break;
      case "reactivate":
        if (this.provenance === null) this.know(event, "unknown");
        this.begin(event);
        break;
      case "deactivate":
      case "delete":
        this.witness(event, "unknown");
        this.end(event);
        break;
      case "import":
        this.witness(event, "import");
        break;
      case "sign-in":
        this.witness(event, "jit");
        break;
      default:
        if (PROVES_EXISTENCE.has(event.operation)) this.witness(event, "unknown");
    }
    if (event.active === false) this.end(event);
    const asserts = event.operation === "update" || event.operation === "import" || event.detail === "state";
    if (event.active === true && asserts) this.begin(event);
    this.holdings.read(event);
  }

  private readCreate(event: LoggedEvent): void {
    const first = this.witnessed;
    if (first === null) this.know(event, provenanceOf(event));
    else if (this.provenance !== null && first.operation === "create") {
      if (explains(event, { provenance: this.provenance, at: first.at })) this.know(event, "scim");
    }
  }

  private readFailure(event: LoggedEvent): void {
    if (event.operation === "create" || event.operation === "reactivate") this.createFailed = true;
    // "No such user" is the one failure that speaks against an account.
    else if (event.layer === "provisioning" && event.error?.class !== "not-found") {
      const speaksOfAccount = PROVES_EXISTENCE.has(event.operation) && event.operation !== "read";
      if (speaksOfAccount || event.operation === "deactivate" || event.operation === "delete")
        this.witness(event, "unknown");
    }
  }

  /** An assignment alone is an assumed account, unless creating it was tried and failed. False when there is none. */
  finish(): boolean {
    if (this.provenance === null && this.assigned !== null && !this.createFailed) {
      this.witness(this.assigned, "unknown", this.assigned.at);
    }
    return this.provenance !== null;
  }
}

/**
 * The accounts that a subject's events prove or make likely.
 * @param events the subject's events in order.
 * @param personNames normalised user names and e-mails of the person, to tell which account an unnamed sign-in is of.
 */
export function accountsOf(events: readonly LoggedEvent[], personNames: ReadonlySet<string>): Account[] {
  const byApplication = groupBy(events.filter(concernsAccount), (event) =>
    applicationKey(event.application?.name ?? ""),
  );
  const order = new Map(events.map((event, i) => [event.id, i]));
  const accounts: Account[] = [];
  for (const [application, own] of byApplication) {
    for (const group of groupsOf(own, personNames)) {
      const inOrder = underTheirNames(
        group.events.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)),
      );
      const state = new AccountState();
      for (const event of inOrder) state.read(event);
      const exists = state.finish();
      const newest = (key: "id" | "userName") =>
        inOrder.findLast((event) => event.account?.[key] != null)?.account?.[key] ?? null;
      const person = inOrder.findLast((event) => event.person !== null)?.person;
      const personName = person?.userName ?? person?.email ?? null;
      const userName = newest("userName") ?? (group.ids.size === 0 ? personName : null);
      accounts.push({
        application,
        account: newest("id") ?? userName ?? person?.id ?? "unknown",
        userName: userName ?? personName,
        events: inOrder,
        active: exists ? state.active : [],
        createdAt: state.createdAt,
        provenance: state.provenance ?? "unknown",
        provenanceEventId: state.witnessed?.id ?? null,
        entitlements: state.holdings.names,
        holdings: state.holdings.rows,
      });
    }
  }
  return accounts.sort((a, b) =>
    a.application === b.application ? compare(a.account, b.account) : compare(a.application, b.application),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Whether the account exists at all: a failed create alone makes none. */
const exists = (account: Account): boolean => account.active.length > 0;

/** The rows of the accounts that exist. @param keptOf what comparing each has come to. */
export function accountFacts(
  subject: SubjectId,
  accounts: readonly Account[],
  identityKnown: boolean,
  keptOf: ReadonlyMap<Account, Compared | undefined>,
): AccountRow[] {
  return accounts.filter(exists).map((account) => {
    const first = account.events[0]?.at ?? 0;
    const lastInterval = account.active.at(-1);
    return {
      subject,
      application: account.application,
      account: account.account,
      userName: account.userName,
      identityKnown,
      active: lastInterval?.to === null,
      provenance: account.provenance,
      provenanceEventId: account.provenanceEventId,
      createdAt: account.createdAt,
      firstSeen: first,
      lastEventAt: account.events.at(-1)?.at ?? first,
      lastActivityAt: account.events.findLast(isUse)?.at ?? null,
      endedAt: lastInterval?.to ?? null,
      entitlements: account.entitlements,
      ...keptOf.get(account),
    };
  });
}

/** All that the accounts hold and held. */
export function entitlementFacts(subject: SubjectId, accounts: readonly Account[]): EntitlementFacts[] {
  return accounts
    .filter(exists)
    .flatMap(({ application, account, holdings }) =>
      holdings.map((holding) => ({ subject, application, account, ...holding })),
    );
}

/** Whether the account could be used at a moment. */
export const isActiveAt = ({ active }: Account, at: Instant): boolean =>
  active.some(({ from, to }) => from <= at && (to === null || to > at));

/** A sign-in or a token's use that went through. */
export function isUse(event: LoggedEvent): boolean {
  return event.layer === "access" && event.operation === "sign-in" && event.outcome === "success";
}
