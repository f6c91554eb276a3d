/** Leaving as Entra records it: only the import steps of provisioning say that the person's own account is disabled. */
import { DAY, HOUR, type Instant, MINUTE } from "../calendar.ts";
import type { Career } from "../careers.ts";
import { ENTRA_FAULTS } from "../faults.ts";
import type { Account, Person, Plan } from "../plan.ts";
import { hasEnded, heldBy, restore, revoke, startUse, type TakingAway } from "./access.ts";
import { attempt } from "./delivery.ts";
import { arrive, depart, goAway } from "./directory.ts";

/** When the first record after that moment speaks of one of the person's accounts. */
function firstRecord(person: Person, after: Instant): Instant | null {
  const moments = person.accounts.flatMap(({ happenings }) => happenings.map(({ at }) => at));
  const later = moments.filter((at) => at > after);
  return later.length === 0 ? null : Math.min(...later);
}

function howToEnd(kind: string, account: Account): TakingAway {
  const { name } = account.application;
  if (kind === "failing" && name === "Freshservice") {
    return { way: "trouble", trouble: { fault: ENTRA_FAULTS.server, times: 4, forGood: true } };
  }
  if (kind === "retried" && name === "Airtable") {
    return { way: "trouble", trouble: { fault: ENTRA_FAULTS.timeout, times: 3 } };
  }
  return { way: "usual" };
}

/** Plans how a person leaves whom only Entra knows. */
export function leaveEntra(plan: Plan, { person, exit }: Career): void {
  if (exit === null) return;
  const { kind, at } = exit;
  if (kind === "early") {
    for (const account of heldBy(person).filter(({ application }) => application.name === "Mural")) {
      revoke(plan, account, at - 3.3 * DAY);
    }
  }
  const disabled = { from: at, to: Number.POSITIVE_INFINITY };
  person.entraDisabled.push(disabled);
  goAway(person, at);
  if (kind === "skipped-first") {
    const lastPass = heldBy(person).find(({ application }) => application.name === "LastPass");
    if (lastPass !== undefined) attempt(plan, lastPass, "update", at + MINUTE, "skipped");
  }
  for (const account of heldBy(person)) revoke(plan, account, at, howToEnd(kind, account));
  const leftAt = firstRecord(person, at);
  if (leftAt === null) return;
  const departure = depart(person, leftAt, "deactivate");
  if (kind !== "rehired-soon") return;
  const back = plan.calendar.clear(leftAt + 12.2 * DAY);
  disabled.to = back;
  for (const account of person.accounts.filter(({ uses }) => uses.length > 0)) {
    if (hasEnded(account)) restore(plan, account, back);
    else startUse(account, back + HOUR);
  }
  departure.rehiredAt = firstRecord(person, back);
  arrive(person, back + HOUR);
}
