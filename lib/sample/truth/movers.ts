/** What the movers report must say: each planned move, and the groups of the old department that an account still had. */
import { DAY, type Instant, iso } from "../calendar.ts";
import type { Account, DirectoryChange, Person, Plan } from "../plan.ts";
import type { SampleTruth, TrueMoveRow, TrueMoverRow } from "./rows.ts";
import { stateAt } from "./state.ts";

const JOINING = 14 * DAY;
const GRACE = DAY;

interface Move {
  person: Person;
  at: Instant;
  from: { department: string; title: string };
  to: { department: string; title: string };
}

function movesOf(plan: Plan): Move[] {
  const away = (person: Person, at: Instant) =>
    person.departures.some(
      ({ leftAt, rehiredAt }) => at >= leftAt - GRACE && (rehiredAt === null || at < rehiredAt),
    );
  return plan.happenings.flatMap((one) => {
    if (one.kind !== "directory" || one.move === null || away(one.person, one.at)) return [];
    const { from, to } = one.move;
    if (from.department === to.department && from.title === to.title) return [];
    return [{ person: one.person, at: one.at, ...one.move }];
  });
}

/** The change of department first, then the title's, then the groups', as Okta tells them. */
function moveRow({ person, at, from, to }: Move): TrueMoveRow {
  const { userName, displayName } = person;
  const changes: TrueMoveRow["changes"] = [];
  if (from.department !== to.department) {
    changes.push({ what: "department", from: from.department, to: to.department });
  }
  if (from.title !== to.title) changes.push({ what: "title", from: from.title, to: to.title });
  if (from.department !== to.department) {
    changes.push(
      { what: "group", from: from.department, to: null },
      { what: "group", from: null, to: to.department },
    );
  }
  return { identity: { userName, displayName }, movedAt: iso(at), changes };
}

/** When the person's records begin. */
function firstSeen(plan: Plan, person: Person): Instant {
  const first = plan.happenings.find(
    (one) =>
      ("person" in one && one.person === person) ||
      ("account" in one && one.account.person === person) ||
      (one.kind === "credential" && one.credential.owner === person) ||
      (one.kind === "dsync" && "person" in one.event && one.event.person === person),
  );
  return first?.at ?? 0;
}

/** When the person joined, or came back, before the move; else when the records begin. */
function entered(plan: Plan, { person, at }: Move): Instant {
  const join: DirectoryChange = "create";
  const created = plan.happenings.filter(
    (one) => one.kind === "directory" && one.person === person && one.change === join,
  );
  const starts = [
    ...created.map((one) => one.at),
    ...person.departures.map(({ rehiredAt }) => rehiredAt ?? 0),
  ];
  return Math.max(firstSeen(plan, person), ...starts.filter((start) => start < at));
}

interface Held {
  group: string;
  from: Instant;
  to: Instant;
}

/** Each time that the account had a group. */
function groupsOf({ happenings }: Account): Held[] {
  const all: Held[] = [];
  for (const one of happenings) {
    if (one.kind !== "attempt" || one.outcome !== "success") continue;
    const open = all.filter(({ to }) => to === Number.POSITIVE_INFINITY);
    const same = open.find(({ group }) => group === one.group);
    if (one.action === "delete") for (const held of open) held.to = one.at;
    if (one.action === "member-remove" && same !== undefined) same.to = one.at;
    if (one.action === "member-add" && one.group !== null && same === undefined) {
      all.push({ group: one.group, from: one.at, to: Number.POSITIVE_INFINITY });
    }
  }
  return all;
}

/** When the account ended for good, if it is not active at the end. */
function endOf(plan: Plan, account: Account): Instant {
  if (stateAt(account, plan.calendar.end)?.active !== false) return Number.POSITIVE_INFINITY;
  const last = account.happenings.findLast(
    (one, i) =>
      stateAt(account, one.at)?.active === false &&
      stateAt(account, account.happenings[i - 1]?.at ?? 0)?.active,
  );
  return last?.at ?? Number.POSITIVE_INFINITY;
}

function driftOf(plan: Plan, move: Move): TrueMoverRow[] {
  const { person, at, from, to } = move;
  if (from.department === to.department || plan.calendar.end - at <= GRACE) return [];
  const since = entered(plan, move);
  return person.accounts.flatMap((account) => {
    const ended = endOf(plan, account);
    return groupsOf(account).flatMap((held) => {
      const removed = Math.min(held.to, ended);
      const came = held.from >= since && held.from <= since + JOINING && held.from < at;
      if (!came || removed - at <= GRACE) return [];
      const open = removed === Number.POSITIVE_INFINITY;
      const row: TrueMoverRow = {
        identity: { userName: person.userName, displayName: person.displayName },
        application: account.application.name,
        account: account.id,
        entitlement: held.group,
        kind: "department",
        movedAt: iso(at),
        change: `department ${from.department} → ${to.department}`,
        grantedAt: iso(held.from),
        removedAt: open ? null : iso(removed),
        status: open ? "open" : "closed",
        provenance: "scim",
      };
      return [row];
    });
  });
}

export function moversTruth(plan: Plan): SampleTruth["movers"] {
  const moves = movesOf(plan);
  const rows = moves.flatMap((move) => driftOf(plan, move));
  const open = rows.filter(({ status }) => status === "open");
  return {
    summary: {
      movers: moves.length,
      drift: open.length,
      outside: 0,
      affectedPeople: new Set(open.map(({ identity }) => identity.userName)).size,
    },
    rows,
    moves: moves.map(moveRow),
  };
}
