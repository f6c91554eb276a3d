/**
 * What the simulation means to happen: people, their accounts, and every happening on them. The renderers turn happenings
 * into vendors' records; the truth is read from the same objects and never from a record.
 */
import type { FailureRow, LeaverTrigger } from "../reports/contract.ts";
import type { Application } from "./applications.ts";
import { Calendar, type Instant, MINUTE, type Span } from "./calendar.ts";
import { Random } from "./random.ts";

/** How a provider or an application says no: the words of the record, and what they mean. */
export interface Fault {
  class: FailureRow["errorClass"];
  /** The vendor's own code; Okta has none, so there the HTTP status stands in. */
  code: string | null;
  httpStatus: number | null;
  /** The sentence, with `{user}` and `{app}` to be filled in. */
  words: string;
}

export type Action =
  | "create"
  | "update"
  | "reactivate"
  | "deactivate"
  | "delete"
  | "member-add"
  | "member-remove";

export type AccountHappening = { at: Instant; account: Account } & (
  | { kind: "attempt"; action: Action; group: string | null; outcome: "success" | "skipped"; fault: null }
  | { kind: "attempt"; action: Action; group: string | null; outcome: "failure"; fault: Fault }
  | { kind: "assignment"; action: "add" | "update" | "remove" }
  | { kind: "task"; action: "create" | "deactivate" }
  | { kind: "import" }
  | { kind: "delete-scheduled" }
  | { kind: "sign-in"; ok: boolean; bare: boolean }
);

export type DirectoryChange =
  | "create"
  | "activate"
  | "update"
  | "suspend"
  | "unsuspend"
  | "deactivate"
  | "reactivate"
  | "delete-initiated"
  | "delete-completed";

/** Department and title before and after a move. */
export interface Move {
  from: { department: string; title: string };
  to: { department: string; title: string };
}

export type Happening =
  | AccountHappening
  | { kind: "directory"; at: Instant; person: Person; change: DirectoryChange; move: Move | null }
  | { kind: "group"; at: Instant; person: Person; action: "add" | "remove"; group: string }
  | { kind: "session"; at: Instant; person: Person; ok: boolean }
  | { kind: "noise"; at: Instant; person: Person; type: string }
  | { kind: "credential"; at: Instant; credential: Credential; action: "create" | "revoke" | "use" }
  | { kind: "connection"; at: Instant; application: Application; fault: Fault }
  | { kind: "group-push"; at: Instant; application: Application; action: "create" | "update"; group: string }
  | { kind: "dsync"; at: Instant; event: DsyncEvent };

/** What WorkOS Directory Sync says; `person` is as the directory had him then. */
export type DsyncEvent =
  | { type: "activated" }
  | {
      type: "user";
      change: "created" | "updated" | "inactive" | "deleted";
      state: "active" | "inactive";
      person: Person;
    }
  | { type: "member"; action: "added" | "removed"; person: Person; group: string }
  | { type: "token"; action: "created" | "revoked"; credential: Credential };

/** One time of leaving: from the first word of any directory to the return, if any. */
export interface Departure {
  leftAt: Instant;
  trigger: LeaverTrigger;
  rehiredAt: Instant | null;
}

export interface Person {
  givenName: string;
  familyName: string;
  displayName: string;
  userName: string;
  department: string;
  title: string;
  service: boolean;
  oktaId: string | null;
  entraId: string | null;
  workosId: string | null;
  /** The address that the directory sync carries: not always the user name. */
  workosEmail: string;
  /** Null when the person was there before the records begin. */
  joinedAt: Instant | null;
  accounts: Account[];
  credentials: Credential[];
  departures: Departure[];
  /** Spans in which the person is at work and may sign in. */
  presence: Span[];
  /** Spans in which Entra has the person's account disabled. */
  entraDisabled: Span[];
  /** Successful sign-ins at the identity provider itself. */
  sessions: Instant[];
}

export interface Account {
  application: Application;
  /** Null for an account that nobody is known to own. */
  person: Person | null;
  id: string;
  userName: string;
  displayName: string;
  happenings: AccountHappening[];
  /** Spans in which the person uses it, to be filled with sign-ins. */
  uses: Span[];
}

export interface Credential {
  id: string;
  name: string;
  source: "okta" | "workos";
  owner: Person | null;
  createdAt: Instant;
  revokedAt: Instant | null;
  usedAt: Instant[];
}

/** Something planted on purpose, for a reader who wants to find it in the reports. */
export interface Planted {
  story: string;
  userName: string | null;
  application: string | null;
}

type WithoutAt<T> = T extends unknown ? Omit<T, "at"> : never;

/** The plan as it grows. */
export class Plan {
  readonly calendar: Calendar;
  readonly random: Random;
  readonly people: Person[] = [];
  readonly accounts: Account[] = [];
  readonly credentials: Credential[] = [];
  readonly happenings: Happening[] = [];
  readonly planted: Planted[] = [];
  readonly #taken = new Map<object, Set<Instant>>();

  constructor(
    seed: number,
    end: Instant,
    readonly scale: number,
    readonly applications: Application[],
  ) {
    this.calendar = new Calendar(end);
    this.random = new Random(seed, "larkspur");
  }

  /** So many at scale 1, fewer at a smaller scale, but never under `least`. */
  scaled(count: number, least: number): number {
    return Math.max(least, Math.round(count * this.scale));
  }

  application(name: string): Application {
    const found = this.applications.find((application) => application.name === name);
    if (found === undefined) throw new RangeError(`The sample has no application "${name}".`);
    return found;
  }

  /** A moment at or after `at` at which nothing else happens to `whom`. */
  #free(whom: object, at: Instant): Instant {
    const taken = this.#taken.get(whom) ?? new Set();
    this.#taken.set(whom, taken);
    let free = Math.round(at);
    while (taken.has(free)) free += 7;
    taken.add(free);
    return free;
  }

  /** Whether so late a moment is past the end of the records: what would happen then has not happened yet. */
  future(at: Instant): boolean {
    return at > this.calendar.end - 5 * MINUTE;
  }

  /** Plans a happening; it comes to nothing when it lies past the end. Returns when it happens. */
  add(at: Instant, happening: WithoutAt<Happening>): Instant {
    const whom =
      "account" in happening
        ? (happening.account.person ?? happening.account)
        : "person" in happening
          ? happening.person
          : happening;
    const moment = this.#free(whom, at);
    if (this.future(moment)) return moment;
    const planned = { ...happening, at: moment } as Happening;
    this.happenings.push(planned);
    if ("account" in planned) planned.account.happenings.push(planned);
    if (planned.kind === "session" && planned.ok) planned.person.sessions.push(moment);
    if (planned.kind === "credential") {
      if (planned.action === "revoke") planned.credential.revokedAt = moment;
      if (planned.action === "use") planned.credential.usedAt.push(moment);
    }
    return moment;
  }

  /** Puts everything in order of time, once all is planned. */
  settle(): void {
    this.happenings.sort((a, b) => a.at - b.at);
    for (const account of this.accounts) account.happenings.sort((a, b) => a.at - b.at);
    for (const person of this.people) person.sessions.sort((a, b) => a - b);
    for (const credential of this.credentials) credential.usedAt.sort((a, b) => a - b);
  }

  /** A new account, not yet seen in any record. */
  account(application: Application, person: Person | null, userName: string, displayName: string): Account {
    const random = this.random.fork(
      `account ${application.name} ${userName} ${person?.oktaId ?? person?.entraId}`,
    );
    const id = application.idp === "okta" ? random.oktaId("0ua") : random.uuid();
    const account: Account = { application, person, id, userName, displayName, happenings: [], uses: [] };
    this.accounts.push(account);
    person?.accounts.push(account);
    return account;
  }
}
