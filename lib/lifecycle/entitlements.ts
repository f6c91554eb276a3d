/** What an account holds and held: groups, roles and licences, with the event that granted each. */
import type { Instant, LoggedEvent } from "../ingest/event.ts";
import { explains, provenanceOf } from "./provenance.ts";
import type { EntitlementFacts } from "./types.ts";

/** One time of holding, before it is known whose account it is of. */
export type Holding = Omit<EntitlementFacts, "subject" | "application" | "account">;

const GRANTS = new Set(["member-add", "role-grant"]);
const TAKES = new Set(["member-remove", "role-revoke"]);

/**
 * The events with each group or role under its name: a record that only has its id is told the name that another record
 * of the account gives, the newest; else a grant and its loss would be of two things.
 */
export function underTheirNames(events: readonly LoggedEvent[]): LoggedEvent[] {
  const names = new Map<string, string>();
  for (const { entitlement } of events) {
    if (entitlement?.id != null && entitlement.name !== entitlement.id)
      names.set(entitlement.id, entitlement.name);
  }
  return events.map((event) => {
    const { entitlement } = event;
    const name = entitlement?.id === entitlement?.name ? names.get(entitlement?.id ?? "") : undefined;
    return entitlement === null || name === undefined
      ? event
      : { ...event, entitlement: { ...entitlement, name } };
  });
}

/** Follows an account's successes in order. A grant of what is held already changes nothing. */
export class Holdings {
  private readonly current = new Map<string, Holding>();
  private readonly all: Holding[] = [];

  /** @param event a success on the account. */
  read(event: LoggedEvent): void {
    if (event.operation === "delete") {
      for (const name of [...this.current.keys()]) this.take(name, event.at);
    }
    if (event.entitlement === null) return;
    const { name } = event.entitlement;
    if (GRANTS.has(event.operation) || event.detail === "state")
      this.grant(event, name, event.entitlement.kind);
    if (TAKES.has(event.operation)) this.take(name, event.at);
  }

  private grant(event: LoggedEvent, name: string, kind: Holding["kind"]): void {
    const held = this.current.get(name);
    const provenance = provenanceOf(event);
    if (held === undefined) {
      const holding = { name, kind, provenance, eventId: event.id, grantedAt: event.at, heldUntil: null };
      this.current.set(name, holding);
      this.all.push(holding);
    } else if (explains(event, { provenance: held.provenance, at: held.grantedAt })) {
      held.provenance = provenance;
      held.eventId = event.id;
    }
  }

  private take(name: string, at: Instant): void {
    const held = this.current.get(name);
    if (held !== undefined) held.heldUntil = at;
    this.current.delete(name);
  }

  /** Names of what is held at the end. */
  get names(): string[] {
    return [...this.current.keys()].sort();
  }

  /** All times of holding, by name, then by time. */
  get rows(): Holding[] {
    return this.all.toSorted((a, b) =>
      a.name < b.name ? -1 : a.name > b.name ? 1 : a.grantedAt - b.grantedAt,
    );
  }
}
