/** API tokens: used and unused, of people who stay and who left, and a token that nobody owns. */
import { DAY, HOUR, type Instant } from "../calendar.ts";
import type { Career } from "../careers.ts";
import type { Credential, Person, Plan } from "../plan.ts";

function make(plan: Plan, owner: Person | null, name: string, daysAgo: number): Credential {
  const random = plan.random.fork(`credential ${name}`);
  const source = owner === null ? "workos" : "okta";
  const credential: Credential = {
    id: source === "okta" ? random.oktaId("00T") : random.workosId("directory_token"),
    name: source === "okta" ? name : random.uuid().slice(0, 4),
    source,
    owner,
    createdAt: 0,
    revokedAt: null,
    usedAt: [],
  };
  plan.credentials.push(credential);
  owner?.credentials.push(credential);
  const at = plan.calendar.ago(daysAgo);
  credential.createdAt =
    source === "okta"
      ? plan.add(at, { kind: "credential", credential, action: "create" })
      : plan.add(at, { kind: "dsync", event: { type: "token", action: "created", credential } });
  return credential;
}

function spend(plan: Plan, credential: Credential, at: Instant): void {
  plan.add(plan.calendar.clear(at), { kind: "credential", credential, action: "use" });
}

/** Plans the tokens. */
export function issueTokens(plan: Plan, careers: Career[]): void {
  const { calendar } = plan;
  const random = plan.random.fork("tokens");
  for (const { person } of careers.filter((career) => career.person.service)) {
    const credential = make(plan, person, `${person.displayName} token`, random.int(200, 340) + 0.3);
    for (let day = 190; day > 0; day -= random.int(3, 9))
      spend(plan, credential, calendar.ago(day + random.next()));
  }
  const staff = careers
    .filter(
      ({ person, exit }) =>
        person.oktaId !== null && !person.service && exit === null && person.joinedAt === null,
    )
    .map(({ person }) => person);
  const owner = () => random.pick(staff);
  for (let i = 0; i < plan.scaled(4, 1); i++) {
    const active = make(plan, owner(), `ci-runner-${i + 1}`, 150.4);
    for (const day of [140, 60.2, 12.7, 3.4]) spend(plan, active, calendar.ago(day - i));
    const unused = make(plan, owner(), `old-export-${i + 1}`, 300.6);
    for (const day of [290, 180.5, 120.1]) spend(plan, unused, calendar.ago(day - i));
    make(plan, owner(), `trial-script-${i + 1}`, 220.2 - i);
    make(plan, owner(), `new-dashboard-${i + 1}`, 20.3 - i);
    const revoked = make(plan, owner(), `rotated-${i + 1}`, 250.7 - i);
    spend(plan, revoked, calendar.ago(200.1));
    plan.add(calendar.ago(110.6 - i), { kind: "credential", credential: revoked, action: "revoke" });
  }
  for (const { person, exit } of careers) {
    const departure = person.departures[0];
    if (departure === undefined || exit === null) continue;
    const daysAgo = (calendar.end - departure.leftAt) / DAY;
    if (exit.kind === "token-after") {
      const used = make(plan, person, "nightly-report", daysAgo + 60.2);
      spend(plan, used, departure.leftAt - 5 * DAY);
      spend(plan, used, departure.leftAt + 30 * HOUR);
      spend(plan, used, departure.leftAt + 9.3 * DAY);
      make(plan, person, "laptop-script", daysAgo + 30.1);
      plan.planted.push({
        story: "A token used after its owner left",
        userName: person.userName,
        application: "Okta",
      });
    }
    if (exit.kind === "token-revoked") {
      const late = make(plan, person, "metrics-pull", daysAgo + 40.6);
      spend(plan, late, departure.leftAt - 2 * DAY);
      plan.add(departure.leftAt + 2.2 * DAY, { kind: "credential", credential: late, action: "revoke" });
      const before = make(plan, person, "import-once", daysAgo + 90.3);
      plan.add(departure.leftAt - 20 * DAY, { kind: "credential", credential: before, action: "revoke" });
    }
  }
  make(plan, null, "directory sync", 355.2);
  const replaced = make(plan, null, "directory sync, first", 356.1);
  replaced.revokedAt = plan.add(calendar.ago(354.9), {
    kind: "dsync",
    event: { type: "token", action: "revoked", credential: replaced },
  });
}
