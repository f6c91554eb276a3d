/** JSON of one identity, its events, who is who, and the search. */
import type { NormalEvent } from "../../ingest/event.ts";
import type { AccountRow, CredentialRow } from "./accounts.ts";
import type { IsoTime } from "./base.ts";
import type { JoinerRow, MoveRow, MoverRow } from "./careers.ts";
import type { Leaving } from "./leaving.ts";
import type { OffboardingRow } from "./offboarding.ts";
import type { TimelineEvent } from "./timeline.ts";

/** Everything known of one identity (or unlinked account), newest event first. */
export interface IdentityReport {
  asOf: IsoTime;
  subject: string;
  kind: "identity" | "account";
  userName: string;
  displayName: string | null;
  email: string | null;
  active: boolean;
  department: string | null;
  title: string | null;
  manager: string | null;
  firstSeen: IsoTime;
  lastSeen: IsoTime;
  /** Their data is withheld, since when; null where it is not, and for whoever sees one customer's records alone. */
  withheld: { state: "sealed" | "erased"; at: IsoTime } | null;
  /** Names and ids that were linked into this identity, with the rule that did it. */
  links: { source: string; ref: string; rule: string }[];
  accounts: AccountRow[];
  offboarding: OffboardingRow[];
  /** Each departure, the newest first. */
  leaving: Leaving[];
  joining: JoinerRow[];
  moves: MoveRow[];
  drift: MoverRow[];
  credentials: CredentialRow[];
  events: TimelineEvent[];
  totalEvents: number;
  /** What asks for the events after these (`cursor` of /identities/…/events); null when these are all. */
  next: string | null;
}

/** Somebody as a conflict shows them. */
export interface Party {
  ref: string;
  subject: string;
  source: string;
  userName: string;
  displayName: string | null;
  active: boolean;
  firstSeen: IsoTime | null;
  leftAt: IsoTime | null;
}

/** Two whom nobody has decided to be one person or two. They are two until somebody does. */
export interface LinkConflict {
  /** `together`: both are there under one name; `returned`: one had left when the other came; `blocked`: see `why`. */
  kind: "together" | "returned" | "blocked";
  a: Party;
  b: Party;
  /** The name or id that they share. */
  value: string | null;
  why: string;
}

export interface LinksReport {
  asOf: IsoTime;
  summary: { conflicts: number; decisions: number };
  conflicts: LinkConflict[];
  /** Every decision ever made, the newest first; `holds` when no newer one of the same two replaces it. */
  decisions: {
    a: Party;
    b: Party;
    verdict: "same" | "different" | "withdrawn";
    reason: string;
    by: string;
    at: IsoTime;
    holds: boolean;
  }[];
  /** There where something has changed since: it is being worked out anew. */
  renewing?: true;
}

/** A hit of the search for a person, an application or an event. */
export interface SearchHit {
  kind: "identity" | "account" | "application" | "event";
  label: string;
  detail: string | null;
  href: string;
}

/** One event with the raw record behind it. */
export interface EventDetail extends TimelineEvent {
  normal: NormalEvent;
  /** The record byte for byte, as text when it is UTF-8. */
  raw: {
    text: string | null;
    base64: string | null;
    sha256: string;
    bytes: number;
    /** Why nobody gets to see it: a person whom it concerns is sealed or erased; null where it is shown. */
    withheld: "sealed" | "erased" | "retention" | null;
  };
  subject: string | null;
}
