/** What the failed-sync queue must say: the faults that were planned, and which of them were mended. */
import { type Instant, iso } from "../calendar.ts";
import type { Account, Action, Fault, Plan } from "../plan.ts";
import type { SampleTruth, TrueFailureRow } from "./rows.ts";

/** One account (with its group, for a change of roles) or one connection, failing for one cause. */
export interface FailingItem {
  application: string;
  operation: TrueFailureRow["operation"];
  fault: Fault;
  failedAt: Instant[];
  /** When the failures that are still open began; null when a later success mended them. */
  openSince: Instant | null;
}

const KIND: Record<Action, string> = {
  create: "make",
  reactivate: "make",
  update: "change",
  deactivate: "end",
  delete: "end",
  "member-add": "add",
  "member-remove": "remove",
};

/** Moments at which something of that kind worked at the account. */
function successes(account: Account, action: Action, group: string | null): Instant[] {
  return account.happenings.flatMap((one) => {
    if (one.kind === "task") return KIND[one.action] === KIND[action] ? [one.at] : [];
    if (one.kind !== "attempt" || one.outcome !== "success") return [];
    return KIND[one.action] === KIND[action] && one.group === group ? [one.at] : [];
  });
}

function openSince(failedAt: Instant[], mendedAt: Instant[]): Instant | null {
  const lastMended = Math.max(Number.NEGATIVE_INFINITY, ...mendedAt);
  return failedAt.find((at) => at > lastMended) ?? null;
}

/** Everything that ever failed, item by item. */
export function failingItems(plan: Plan): FailingItem[] {
  const items: FailingItem[] = [];
  for (const account of plan.accounts) {
    const byCause = new Map<
      string,
      { action: Action; group: string | null; fault: Fault; failedAt: Instant[] }
    >();
    for (const one of account.happenings) {
      if (one.kind !== "attempt" || one.outcome !== "failure") continue;
      const { action, group, fault } = one;
      const key = JSON.stringify([action, group, fault.class, fault.code]);
      const cause = byCause.get(key) ?? { action, group, fault, failedAt: [] };
      cause.failedAt.push(one.at);
      byCause.set(key, cause);
    }
    for (const { action, group, fault, failedAt } of byCause.values()) {
      const mendedAt = successes(account, action, group);
      items.push({
        application: account.application.name,
        operation: action,
        fault,
        failedAt,
        openSince: openSince(failedAt, mendedAt),
      });
    }
  }
  return [...items, ...connectionItems(plan)];
}

/** Any provisioning that works at the application, of an account or of a group, mends its connection. */
function connectionItems(plan: Plan): FailingItem[] {
  const items = new Map<string, FailingItem>();
  for (const one of plan.happenings) {
    if (one.kind !== "connection") continue;
    const { name } = one.application;
    const item = items.get(name) ?? {
      application: name,
      operation: "other",
      fault: one.fault,
      failedAt: [],
      openSince: null,
    };
    item.failedAt.push(one.at);
    items.set(name, item);
  }
  for (const item of items.values()) {
    const mendedAt = plan.happenings.flatMap((one) => {
      const works =
        one.kind === "group-push"
          ? one.application.name === item.application
          : (one.kind === "attempt" ? one.outcome === "success" : one.kind === "import") &&
            "account" in one &&
            one.account.application.name === item.application;
      return works ? [one.at] : [];
    });
    item.openSince = openSince(item.failedAt, mendedAt);
  }
  return [...items.values()];
}

export function failuresTruth(plan: Plan): SampleTruth["failures"] {
  const groups = new Map<string, FailingItem[]>();
  for (const item of failingItems(plan)) {
    const key = JSON.stringify([item.application, item.operation, item.fault.class, item.fault.code]);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  const rows = [...groups.values()].flatMap((items): TrueFailureRow[] => {
    const [first] = items;
    if (first === undefined) return [];
    const moments = items.flatMap(({ failedAt }) => failedAt).sort((a, b) => a - b);
    const open = items.filter((item) => item.openSince !== null).length;
    return [
      {
        application: first.application,
        operation: first.operation,
        errorClass: first.fault.class,
        errorCode: first.fault.code,
        httpStatus: first.fault.httpStatus,
        attempts: moments.length,
        affected: items.length,
        open,
        firstSeen: iso(moments[0] ?? 0),
        lastSeen: iso(moments.at(-1) ?? 0),
        state: open > 0 ? "open" : "resolved",
      },
    ];
  });
  const affected = rows.reduce((sum, row) => sum + row.affected, 0);
  return {
    summary: { groups: rows.length, open: rows.filter((row) => row.open > 0).length, affected },
    rows,
  };
}
