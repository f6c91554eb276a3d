/**
 * Compares each account as its application shows it with what the sources of truth and the log say that it should be.
 * docs/semantics.md §15.
 */
import type { Instant, LoggedEvent } from "../ingest/event.ts";
import type { Account } from "./accounts.ts";
import { Expected, saysExpected } from "./expected.ts";
import type { Absence } from "./identity.ts";
import { applicationKey } from "./refs.ts";
import type { Compared, DifferenceFacts, DifferenceKind, ReadingFacts, SubjectId } from "./types.ts";

/** What was said so shortly before the application was looked at may be on its way, and clocks differ: it is not judged yet. */
export const SETTLING_MS = 5 * 60_000;

const EXPORTS_KEPT = 100;

/** The account as one reading or export shows it. */
interface Shown {
  at: Instant;
  /** When the reading began; an export's is its time. */
  run: Instant;
  /** The complete reading before it. */
  previous: Instant | null;
  active: boolean | null;
  event: LoggedEvent;
  /** Null where its groups were not read. */
  groups: { id: string | null; name: string }[] | null;
}

const isExport = ({ nativeType }: LoggedEvent): boolean => nativeType.startsWith("export.");
const timeIn = (event: LoggedEvent, name: string): Instant | null => {
  const at = Date.parse(event.attributes?.[name] ?? "");
  return Number.isNaN(at) ? null : at;
};
const runOf = (event: LoggedEvent): Instant => timeIn(event, "run") ?? event.at;

/** The times at which an application showed the account. @param events the account's, in order. */
function shownOf(events: readonly LoggedEvent[]): Shown[] {
  const held = new Map<Instant, { id: string | null; name: string }[]>();
  for (const event of events) {
    const { entitlement } = event;
    const isHeld =
      event.detail === "state" || event.nativeType === "export.group" || event.nativeType === "export.role";
    if (entitlement === null || !isHeld) continue;
    const run = runOf(event);
    const own = held.get(run);
    if (own === undefined) held.set(run, [entitlement]);
    else own.push(entitlement);
  }
  return events
    .filter(
      (event) =>
        event.nativeType === "export.account" || (event.detail === "state" && event.entitlement === null),
    )
    .map((event) => {
      const run = runOf(event);
      const groups = held.get(run) ?? null;
      // An export may have no column for groups; a reading says whether it had them all.
      const read = isExport(event) ? groups : event.attributes?.groupsRead === "true" ? (groups ?? []) : null;
      const { at, active } = event;
      return { at, run, previous: timeIn(event, "previous"), active, event, groups: read };
    });
}

/** What was said of an attribute of the person, in order. */
interface Said {
  at: Instant;
  value: string;
  event: LoggedEvent;
}

/** What the sources of truth say of one subject. */
interface Truth {
  attributes: ReadonlyMap<string, readonly Said[]>;
  events: readonly LoggedEvent[];
  absences: readonly Absence[];
}

const COMPARED = ["title", "department", "email"] as const;

function truthOf(events: readonly LoggedEvent[], absences: readonly Absence[]): Truth {
  const attributes = new Map<string, Said[]>(COMPARED.map((name) => [name, []]));
  const directory = events.filter(({ layer, outcome }) => layer === "directory" && outcome === "success");
  for (const event of directory) {
    const said: Record<string, string> = {
      ...event.attributes,
      ...(event.person?.email ? { email: event.person.email } : {}),
    };
    for (const name of COMPARED) {
      const value = said[name];
      if (value !== undefined) attributes.get(name)?.push({ at: event.at, value, event });
    }
  }
  return { attributes, events: directory, absences };
}

const absenceAt = ({ absences }: Truth, at: Instant): Absence | undefined =>
  absences.find(({ leftAt, rehiredAt }) => leftAt <= at && (rehiredAt === null || rehiredAt > at));

/** The event that says that somebody left: the one that takes effect then, else the last word before. */
function leavingEvent({ events }: Truth, { leftAt }: Absence): LoggedEvent | null {
  const about = events.filter(({ person, application }) => person !== null && application === null);
  return (
    about.find(({ at, effectiveAt }) => (effectiveAt ?? at) === leftAt) ??
    about.findLast(({ at }) => at <= leftAt) ??
    null
  );
}

type Difference = Pick<DifferenceFacts, "kind" | "what" | "expected" | "found" | "expectedEventId">;

const difference = (
  kind: DifferenceKind,
  expected: string,
  found: string,
  event: LoggedEvent | null,
  what: string | null = null,
): Difference => ({ kind, what, expected, found, expectedEventId: event?.id ?? null });

/** The account itself: whether it should be there, and be active. At most one. */
function ofState(shown: Shown, { state }: Expected, truth: Truth): Difference | null {
  const absence = absenceAt(truth, shown.at - SETTLING_MS);
  if (shown.active === false) {
    const isDue = state?.is === "active" && absence === undefined;
    return isDue ? difference("inactive-though-present", "active", "inactive", state.event) : null;
  }
  const found = shown.active === true ? "active" : "there";
  if (state?.is === "gone") return difference("log-says-done", "deleted", found, state.event);
  if (shown.active === null) return state === null ? difference("extra", "none", found, null) : null;
  if (state?.is === "inactive") return difference("log-says-done", "inactive", found, state.event);
  if (absence !== undefined)
    return difference("active-though-left", "inactive", found, leavingEvent(truth, absence));
  if (state?.is === "unassigned") return difference("extra", "unassigned", found, state.event);
  return state === null ? difference("extra", "none", found, null) : null;
}

/** Spelling of values is the application's own: white space, and for addresses the case of letters. */
const plain = (name: string, value: string): string => {
  const folded = value.trim().replace(/\s+/gu, " ");
  return name === "email" ? folded.toLowerCase() : folded;
};

function ofAttributes(shown: Shown, { attributes }: Truth): Difference[] {
  return COMPARED.flatMap((name) => {
    const found = isExport(shown.event) ? undefined : shown.event.attributes?.[name];
    const said = attributes.get(name)?.findLast(({ at }) => at <= shown.at - SETTLING_MS);
    if (found === undefined || said === undefined || plain(name, found) === plain(name, said.value))
      return [];
    return [difference("attribute-drift", said.value, found, said.event, name)];
  });
}

function ofGroups({ groups }: Shown, expected: Expected): Difference[] {
  if (groups === null) return [];
  return expected.memberships.flatMap(({ id, name, held, event }) => {
    const isHeld = groups.some((group) => (id !== null && group.id === id) || group.name === name);
    if (isHeld === held) return [];
    const words = (member: boolean) => (member ? "member" : "no member");
    return [difference("group-drift", words(held), words(isHeld), event, name)];
  });
}

function differencesOf(shown: Shown, expected: Expected, truth: Truth): Difference[] {
  const state = ofState(shown, expected, truth);
  // What an account that should not be there holds is no matter of its own.
  const isUsed = shown.active !== false && (state === null || state.kind === "extra");
  const details = isUsed ? [...ofGroups(shown, expected), ...ofAttributes(shown, truth)] : [];
  return state === null ? details : [state, ...details];
}

const keyOf = ({ kind, what }: Difference): string => `${kind} ${what ?? ""}`;

/** What comparing an account comes to. */
interface Comparison {
  differences: DifferenceFacts[];
  kept: Compared;
}

/** Follows one account from one showing to the next. */
function compare(subject: SubjectId, account: Account, truth: Truth): Comparison {
  const words = account.events.filter(saysExpected);
  const all = shownOf(account.events);
  const expected = new Expected();
  const open = new Map<string, DifferenceFacts>();
  const closed: DifferenceFacts[] = [];
  const about = { subject, application: account.application, account: account.account };
  let next = 0;
  let last: Shown | null = null;
  const close = (key: string, row: DifferenceFacts, at: Instant) => {
    closed.push({ ...row, closedAt: at });
    open.delete(key);
  };
  for (const shown of all) {
    for (; (words[next]?.at ?? Infinity) <= shown.at - SETTLING_MS; next++)
      expected.read(words[next] as LoggedEvent);
    const missed = missedBetween(last, shown, expected);
    if (missed !== null && last !== null)
      closed.push({
        ...about,
        accountUserName: account.userName,
        ...difference("missing", "there", "not there", expected.state?.event ?? null),
        foundEventId: last.event.id,
        openedAt: missed,
        closedAt: shown.at,
        shownIn: last.run,
      });
    last = shown;
    const isSettling = (words[next]?.at ?? Infinity) <= shown.at;
    if (isSettling) continue;
    const found = new Map(differencesOf(shown, expected, truth).map((one) => [keyOf(one), one]));
    for (const [key, row] of [...open]) if (!found.has(key)) close(key, row, shown.at);
    for (const [key, one] of found) {
      const openedAt = open.get(key)?.openedAt ?? shown.at;
      const row = { ...about, accountUserName: account.userName, ...one, foundEventId: shown.event.id };
      open.set(key, { ...row, openedAt, closedAt: null, shownIn: shown.run });
    }
  }
  for (const event of words.slice(next)) expected.read(event);
  const shownIn = last?.run;
  const exports = [...new Set(all.filter(({ event }) => isExport(event)).map(({ run }) => run))];
  const away = truth.absences.at(-1);
  const isAwaited = expected.state?.is === "active" && (away === undefined || away.rehiredAt !== null);
  const awaitedId = isAwaited ? expected.state?.event.id : undefined;
  return {
    differences: [
      ...closed,
      ...[...open.values()].map((row) => ({ ...row, shownIn: shownIn ?? row.shownIn })),
    ],
    kept: {
      ...(isAwaited && expected.since !== null ? { awaitedSince: expected.since } : {}),
      ...(awaitedId === undefined || awaitedId === account.provenanceEventId
        ? {}
        : { awaitedEventId: awaitedId }),
      ...(shownIn === undefined ? {} : { shownIn }),
      ...(exports.length === 0 ? {} : { exports: exports.slice(-EXPORTS_KEPT) }),
    },
  };
}

/** When a complete reading did not show the account though it should be there; null: none did. */
function missedBetween(last: Shown | null, shown: Shown, { state, since }: Expected): Instant | null {
  const { previous } = shown;
  if (last === null || previous === null || previous <= last.run || state?.is !== "active") return null;
  return since !== null && since + SETTLING_MS <= previous ? previous : null;
}

/**
 * @param events the subject's events in order.
 * @returns for each account, in their order, how it differs and differed.
 */
export function reconcile(
  subject: SubjectId,
  events: readonly LoggedEvent[],
  accounts: readonly Account[],
  absences: readonly Absence[],
): Comparison[] {
  const truth = truthOf(events, absences);
  return accounts.map((account) => compare(subject, account, truth));
}

/** How readings of an application ended. @param events of the application's own subject. */
export function readingsOf(events: readonly LoggedEvent[]): ReadingFacts[] {
  return events
    .filter(({ detail, object }) => detail === "state" && object === "application")
    .map((event) => {
      const { complete, users, groups, why } = event.attributes ?? {};
      return {
        application: applicationKey(event.application?.name ?? ""),
        startedAt: runOf(event),
        endedAt: event.at,
        complete: complete === "true",
        users: users === undefined ? null : Number(users),
        groups: groups === undefined ? null : Number(groups),
        why: why ?? null,
        eventId: event.id,
      };
    });
}
