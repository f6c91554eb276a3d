/** Larkspur's own product, which receives some of the Okta people through WorkOS Directory Sync. */
import { DAY, HOUR, MINUTE, SECOND } from "../calendar.ts";
import type { Career } from "../careers.ts";
import type { DsyncEvent, Person, Plan } from "../plan.ts";
import type { ExitKind } from "../stories.ts";

/** Leavers whose end the directory sync may tell again, later; returns would need more than that. */
const SIMPLE_EXITS: readonly ExitKind[] = ["prompt", "retried", "early", "failing", "deleted"];

/** Picks who is synchronised, before their accounts are planned: all of them get Larkspur Cloud. */
export function chooseMembers(plan: Plan, careers: Career[]): void {
  const fit = careers.filter(
    ({ person, exit, absence }) =>
      person.oktaId !== null &&
      person.entraId === null &&
      !person.service &&
      absence === null &&
      (exit === null || SIMPLE_EXITS.includes(exit.kind)),
  );
  const random = plan.random.fork("directory sync");
  const shuffled = random.shuffled(fit);
  const leavers = shuffled.filter(({ exit }) => exit !== null).slice(0, plan.scaled(8, 3));
  const others = shuffled.filter(({ exit }) => exit === null).slice(0, plan.scaled(52, 7));
  for (const [i, career] of [...leavers, ...others].entries()) {
    const { person } = career;
    person.workosId = random.workosId("directory_user");
    // Under another address only the identity provider's id tells who it is.
    if (i % 3 === 0) person.workosEmail = person.userName.replace("@", "@cloud.");
    career.needs = [...career.needs, "Larkspur Cloud"];
  }
}

function tell(plan: Plan, at: number, event: DsyncEvent): void {
  plan.add(at, { kind: "dsync", event });
}

function tellOf(plan: Plan, person: Person, movedAt: number | null): void {
  const random = plan.random.fork(`directory sync ${person.workosId}`);
  const { start } = plan.calendar;
  const from = person.joinedAt === null ? start + 9.5 * DAY + random.int(1, 600) * SECOND : person.joinedAt;
  const created = from + random.int(2, 30) * MINUTE;
  tell(plan, created, { type: "user", change: "created", state: "active", person });
  tell(plan, created + 2 * SECOND, {
    type: "member",
    action: "added",
    person,
    group: "Larkspur Cloud users",
  });
  if (movedAt !== null && movedAt > created) {
    tell(plan, movedAt + 40 * MINUTE, { type: "user", change: "updated", state: "active", person });
  }
  const departure = person.departures[0];
  if (departure === undefined) return;
  // The directory still says active: it has not heard yet, and nobody came back.
  if (random.chance(0.5)) {
    const at = departure.leftAt + 35 * MINUTE;
    tell(plan, at, { type: "user", change: "updated", state: "active", person });
  }
  const later = departure.leftAt + random.int(2 * HOUR, 7 * HOUR);
  tell(plan, later, { type: "member", action: "removed", person, group: "Larkspur Cloud users" });
  const end = later + 3 * SECOND;
  if (random.chance(0.4)) {
    tell(plan, end, { type: "user", change: "deleted", state: "active", person });
    return;
  }
  tell(plan, end, { type: "user", change: "inactive", state: "inactive", person });
  tell(plan, later + 30 * DAY, { type: "user", change: "deleted", state: "inactive", person });
}

/** Plans what WorkOS tells in the year. */
export function synchronise(plan: Plan, careers: Career[]): void {
  tell(plan, plan.calendar.start + 9.4 * DAY, { type: "activated" });
  for (const { person, movedAt } of careers) {
    if (person.workosId !== null) tellOf(plan, person, movedAt);
  }
}
