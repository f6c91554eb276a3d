/** What the rows of all people together tell, and the rows of each are judged by. Pure; taken a part of the people at a time. */
import type { Projection } from "../lifecycle/types.ts";
import { type Reading, ReadingsTaker } from "./readings.ts";

export interface Across {
  /** The label of each application key, spelled as it was seen last. */
  labels: ReadonlyMap<string, string>;
  /** Applications with a sign-in on record: of the others nobody knows whether an account sleeps. */
  signIns: ReadonlySet<string>;
  /** Applications with a use of a credential on record, as records name them. */
  credentialUses: ReadonlySet<string>;
  /** When provisioning of each application succeeded, in order of time: that mends its connection. */
  successes: ReadonlyMap<string, readonly number[]>;
  /** Applications in which provisioning was seen to change something. */
  provisioned: ReadonlySet<string>;
  /** When the accounts of each application were looked at, in order of time. */
  readings: ReadonlyMap<string, readonly Reading[]>;
  /** Departments that anybody is in, for whoever chooses among them. */
  departments: ReadonlySet<string>;
}

export class AcrossTaker {
  private readonly newest = new Map<string, { label: string; labelAt: number }>();
  private readonly signIns = new Set<string>();
  private readonly credentialUses = new Set<string>();
  private readonly provisioned = new Set<string>();
  private readonly readings = new ReadingsTaker();
  private readonly successes = new Map<string, number[]>();
  private readonly departments = new Set<string>();

  take({
    sightings,
    credentials,
    coverage,
    accounts,
    readings,
    identities,
  }: Pick<
    Projection,
    "sightings" | "credentials" | "coverage" | "accounts" | "readings" | "identities"
  >): void {
    this.readings.take(accounts, readings);
    for (const { department } of identities) if (department !== null) this.departments.add(department);
    for (const { application, label, labelAt, lastSignInAt, provisioned } of sightings) {
      if (provisioned) this.provisioned.add(application);
      if (lastSignInAt !== null) this.signIns.add(application);
      const known = this.newest.get(application);
      const later =
        known === undefined || labelAt > known.labelAt || (labelAt === known.labelAt && label > known.label);
      if (later) this.newest.set(application, { label, labelAt });
    }
    for (const { application, lastUsedAt } of credentials)
      if (lastUsedAt !== null) this.credentialUses.add(application);
    for (const { kind, application, at } of coverage) {
      if (kind !== "success") continue;
      const own = this.successes.get(application);
      if (own === undefined) this.successes.set(application, [at]);
      else own.push(at);
    }
  }

  /** To be asked for once, when all have been taken. */
  result(): Across {
    for (const times of this.successes.values()) times.sort((a, b) => a - b);
    return {
      labels: new Map([...this.newest].map(([application, { label }]) => [application, label])),
      signIns: this.signIns,
      credentialUses: this.credentialUses,
      successes: this.successes,
      provisioned: this.provisioned,
      readings: this.readings.result(),
      departments: this.departments,
    };
  }
}
