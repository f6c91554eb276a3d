/** Failures of one subject, grouped by what failed and why, each open until a later success. docs/semantics.md §7. */
import type { LoggedEvent } from "../ingest/event.ts";
import type { Account } from "./accounts.ts";
import { isAttempt, kindOf } from "./capability.ts";
import { groupBy } from "./group-by.ts";
import { applicationKey } from "./refs.ts";
import type { FailureItemRow, SubjectId } from "./types.ts";

/** Whom or what a failure is about, within its application. */
type Item = Pick<
  FailureItemRow,
  "subject" | "application" | "account" | "userName" | "entitlement" | "connection"
>;

/** The code of a cause: the source's own, else the HTTP status. */
export function causeCode(row: { errorCode: string | null; httpStatus: number | null }): string {
  return row.errorCode ?? (row.httpStatus === null ? "" : String(row.httpStatus));
}

function mends(event: LoggedEvent): boolean {
  return event.outcome === "success" && (event.layer === "provisioning" || event.layer === "application");
}

/** The items of events that are all of one thing and one kind, in order. */
function itemsOfKind(item: Item, events: readonly LoggedEvent[]): FailureItemRow[] {
  const rows = new Map<string, FailureItemRow>();
  for (const event of events) {
    if (mends(event)) {
      for (const row of rows.values()) {
        if (row.openSince === null) continue;
        row.openSince = null;
        row.resolvedAt = event.at;
      }
    }
    if (!isAttempt(event) || event.outcome !== "failure") continue;
    const error = event.error;
    const errorClass = error?.class ?? "unknown";
    const code = causeCode({ errorCode: error?.code ?? null, httpStatus: error?.httpStatus ?? null });
    const cause = `${event.operation}\u0000${errorClass}\u0000${code}`;
    const known = rows.get(cause);
    rows.set(cause, {
      ...item,
      operation: event.operation,
      errorClass,
      errorCode: error?.code ?? null,
      httpStatus: error?.httpStatus ?? null,
      message: error?.message ?? null,
      advice: error?.advice ?? null,
      attempts: (known?.attempts ?? 0) + 1,
      firstSeen: known?.firstSeen ?? event.at,
      lastSeen: event.at,
      openSince: known?.openSince ?? event.at,
      resolvedAt: null,
    });
  }
  return [...rows.values()];
}

/** Failures of a subject's accounts. */
export function accountFailures(subject: SubjectId, accounts: readonly Account[]): FailureItemRow[] {
  return accounts.flatMap((account) =>
    [...groupBy(account.events, kindOf).values()].flatMap((events) =>
      itemsOfKind(
        {
          subject,
          application: account.application,
          account: account.account,
          userName: account.userName,
          entitlement: events[0]?.entitlement?.name ?? null,
          connection: false,
        },
        events,
      ),
    ),
  );
}

/**
 * Failures of an application's connection and of its groups. The connection's own items stay open here: any success of
 * the application mends them, and those belong to other subjects; the report decides (`lib/reports/failures.ts`).
 */
export function applicationFailures(subject: SubjectId, events: readonly LoggedEvent[]): FailureItemRow[] {
  const own = events.filter((event) => event.object === "application" || event.object === "group");
  const keyOf = (event: LoggedEvent) =>
    `${applicationKey(event.application?.name ?? "")}\u0000${event.object === "group" ? kindOf(event) : "connection"}`;
  return [...groupBy(own, keyOf).values()].flatMap((kind) => {
    const event = kind[0];
    if (event === undefined) return [];
    const connection = event.object === "application";
    const item: Item = {
      subject,
      application: applicationKey(event.application?.name ?? ""),
      account: null,
      userName: null,
      entitlement: event.entitlement?.name ?? null,
      connection,
    };
    return itemsOfKind(item, connection ? kind.filter((e) => e.outcome === "failure") : kind);
  });
}
