/** Whether what was decided has come true: told by the records, never by whoever says so. Pure. */
import { groupBy } from "../lifecycle/group-by.ts";
import { applicationKey } from "../lifecycle/refs.ts";
import type { AccountFacts, CredentialFacts, EntitlementFacts, Projection } from "../lifecycle/types.ts";
import type { Said } from "./fold.ts";
import type { FrozenItem } from "./records.ts";

/** When the records show that it was done. */
export interface Outcome {
  at: number;
  /** The subject whose events show it now. */
  subject: string;
}

/** What an item is about. */
export type About = Pick<FrozenItem, "kind" | "application" | "account">;

/** What outcomes are read from. */
export type StandingRows = Pick<Projection, "accounts" | "entitlements" | "credentials">;

/** The accounts, entitlements and credentials as they stand now. */
export class Standing {
  private readonly accounts = new Map<string, AccountFacts[]>();
  private readonly entitlements = new Map<string, EntitlementFacts[]>();
  private readonly credentials = new Map<string, CredentialFacts[]>();

  constructor(rows: StandingRows = { accounts: [], entitlements: [], credentials: [] }) {
    this.add(rows);
  }

  /** @param rows all that there are of the accounts and credentials that they are of, in the order of their subjects. */
  add({ accounts, entitlements, credentials }: StandingRows): void {
    const own = <Row>(all: Map<string, Row[]>, rows: readonly Row[], keyOf: (row: Row) => string) => {
      for (const [key, list] of groupBy(rows, keyOf)) all.set(key, list);
    };
    own(this.accounts, accounts, Standing.placeOf);
    own(this.entitlements, entitlements, Standing.placeOf);
    own(this.credentials, credentials, ({ id }) => id);
  }

  /** Which account it is, whoever has it. @param application its label or key. */
  static placeOf({ application, account }: Pick<About, "application" | "account">): string {
    return `${applicationKey(application)}\u0000${account}`;
  }

  /** The account ended, in every subject that claims it. */
  private accountEnded(frozen: About): Outcome | null {
    const rows = this.accounts.get(Standing.placeOf(frozen)) ?? [];
    if (rows.length === 0 || rows.some((row) => row.active)) return null;
    const last = rows.reduce((a, b) => ((b.endedAt ?? 0) > (a.endedAt ?? 0) ? b : a));
    return last.endedAt === null ? null : { at: last.endedAt, subject: last.subject };
  }

  private credentialRevoked({ account }: About): Outcome | null {
    const rows = this.credentials.get(account) ?? [];
    if (rows.length === 0 || rows.some((row) => row.revokedAt === null)) return null;
    const last = rows.reduce((a, b) => ((b.revokedAt ?? 0) > (a.revokedAt ?? 0) ? b : a));
    return { at: last.revokedAt ?? 0, subject: last.subject };
  }

  private entitlementsGone(frozen: About, names: readonly string[]): Outcome | null {
    const held = this.entitlements.get(Standing.placeOf(frozen)) ?? [];
    let latest: Outcome | null = null;
    for (const name of names) {
      const own = held.filter((row) => row.name === name);
      if (own.length === 0 || own.some((row) => row.heldUntil === null)) return null;
      for (const { heldUntil, subject } of own)
        if (heldUntil !== null && heldUntil > (latest?.at ?? -1)) latest = { at: heldUntil, subject };
    }
    return latest;
  }

  /** Whether records are asked about an item at all: its access is to end, or a part of it. */
  static isAsked({ first }: { first: Pick<Said, "decision"> | null }): boolean {
    return first?.decision === "revoke" || first?.decision === "change";
  }

  /**
   * Whether an item's revoke or change was done: the account or credential has ended, or of a change each entitlement that
   * was to go. An account that came back is not done.
   */
  of({ frozen, first }: { frozen: About; first: Pick<Said, "decision" | "remove"> | null }): Outcome | null {
    if (first === null || !Standing.isAsked({ first })) return null;
    if (frozen.kind === "credential") return this.credentialRevoked(frozen);
    return (
      this.accountEnded(frozen) ??
      (first.decision === "change" ? this.entitlementsGone(frozen, first.remove) : null)
    );
  }
}
