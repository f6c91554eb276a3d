/** What the log says that an account should be, at any moment. docs/semantics.md §15. */
import type { Instant, LoggedEvent } from "../ingest/event.ts";

/** `unassigned`: the directory took the assignment back, and no provisioning has ended the account. */
export interface ExpectedState {
  is: "active" | "inactive" | "gone" | "unassigned";
  event: LoggedEvent;
}

export interface ExpectedGroup {
  id: string | null;
  name: string;
  held: boolean;
  event: LoggedEvent;
}

const GRANTS = new Set(["member-add", "role-grant"]);
const TAKES = new Set(["member-remove", "role-revoke"]);

/** An event as provisioning's word, or somebody's who says that they did it by hand. */
const isWord = (event: LoggedEvent): boolean =>
  event.outcome === "success" && (event.layer === "provisioning" || event.detail === "by-hand");

/** Whether an event may change what is expected of its account. */
export const saysExpected = (event: LoggedEvent): boolean =>
  event.detail !== "state" &&
  event.outcome === "success" &&
  (isWord(event) ||
    event.detail === "assignment" ||
    (event.layer === "application" && (event.operation === "create" || event.operation === "reactivate")));

/** Follows one account's events in order. */
export class Expected {
  state: ExpectedState | null = null;
  /** Since when it should be there and active without a break. */
  since: Instant | null = null;
  private readonly groups = new Map<string, ExpectedGroup>();

  /** @param event one for which {@link saysExpected} holds. */
  read(event: LoggedEvent): void {
    if (event.detail === "assignment") this.readAssignment(event);
    else if (isWord(event)) this.readWord(event);
    // Made or woken at the application itself: no provisioning stands for it any more.
    else if (this.state?.is === "inactive" || this.state?.is === "gone") this.set(null, event);
  }

  /** What it should hold and what it should not, as far as provisioning has ever said. */
  get memberships(): ExpectedGroup[] {
    return [...this.groups.values()];
  }

  private set(is: ExpectedState["is"] | null, event: LoggedEvent): void {
    if (is === "active" && this.state?.is === "active") return;
    this.state = is === null ? null : { is, event };
    this.since = is === "active" ? event.at : null;
  }

  private readAssignment(event: LoggedEvent): void {
    if (event.operation === "create") {
      if (this.state === null || this.state.is === "unassigned") this.set("active", event);
    } else if (this.state?.is !== "inactive" && this.state?.is !== "gone") this.set("unassigned", event);
  }

  private readWord(event: LoggedEvent): void {
    const { operation, active, entitlement } = event;
    if (operation === "delete") this.set("gone", event);
    else if (operation === "deactivate" || active === false) this.set("inactive", event);
    else if (operation === "create" || operation === "reactivate" || active === true)
      this.set("active", event);
    // What could be changed was there.
    else if (operation !== "read" && this.state === null) this.set("active", event);
    if (operation === "delete") this.groups.clear();
    if (entitlement === null || !(GRANTS.has(operation) || TAKES.has(operation))) return;
    const { id, name } = entitlement;
    this.groups.set(name, { id, name, held: GRANTS.has(operation), event });
  }
}
