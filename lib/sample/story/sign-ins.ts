/** Sign-ins: few for each account, with the last one planned on purpose. */
import { DAY, HOUR, type Instant, MINUTE, SECOND, type Span } from "../calendar.ts";
import type { Account, Person, Plan } from "../plan.ts";
import type { Random } from "../random.ts";

/** When an account that is still in use was used last, in days before the end; null when it never was. */
function lastUse(random: Random): number | null {
  const habit = random.next();
  if (habit < 0.74) return 0.1 + random.next() * 28;
  if (habit < 0.83) return 31 + random.next() * 54;
  if (habit < 0.95) return 96 + random.next() * 230;
  return null;
}

/** The moments of use within one span of an account's life. */
function momentsIn(plan: Plan, random: Random, span: Span): Instant[] {
  const { calendar } = plan;
  const open = span.to > calendar.end;
  let last: Instant;
  if (open) {
    const days = lastUse(random);
    if (days === null) return [];
    last = Math.max(calendar.ago(days), span.from + random.int(1, 50) * HOUR);
  } else {
    if (random.chance(0.1)) return [];
    last = span.from + random.next() * (span.to - span.from - HOUR);
  }
  const first = span.from + random.next() * 3 * DAY;
  const between = Array.from({ length: random.int(0, 3) }, () => first + random.next() * (last - first));
  return [first, ...between, last]
    .filter((at) => at <= last)
    .map((at) => calendar.clear(Math.floor(at)))
    .filter((at) => at >= span.from && at < span.to);
}

/** Fills an account's spans of use with sign-ins at the application. */
export function signInAt(plan: Plan, account: Account): void {
  if (!account.application.signsIn) return;
  const random = plan.random.fork(`sign-ins ${account.id}`);
  for (const span of account.uses) {
    for (const at of momentsIn(plan, random, span).sort((a, b) => a - b)) {
      const known = account.happenings.some((earlier) => earlier.at < at);
      const bare = known && random.chance(0.05);
      const done = plan.add(at, { kind: "sign-in", account, ok: true, bare });
      if (random.chance(0.03))
        plan.add(done + 25 * SECOND, { kind: "sign-in", account, ok: false, bare: false });
    }
  }
}

/** What Okta records besides: sessions, second factors, policies; no rule reads most of it. */
export function workDays(plan: Plan, person: Person): void {
  if (person.oktaId === null || person.service) return;
  const random = plan.random.fork(`days ${person.oktaId}`);
  const { calendar } = plan;
  for (const span of person.presence) {
    const to = Math.min(span.to, calendar.end);
    for (let i = random.int(1, 3); i > 0; i--) {
      const at = calendar.between(random, span.from, to - HOUR);
      if (at <= span.from || at > to - 30 * MINUTE) continue;
      const ok = random.chance(0.96);
      plan.add(at - 3 * SECOND, { kind: "noise", person, type: "policy.evaluate_sign_on" });
      plan.add(at, { kind: "session", person, ok });
      if (!ok) continue;
      plan.add(at + 4 * SECOND, { kind: "noise", person, type: "user.authentication.auth_via_mfa" });
      if (random.chance(0.4)) plan.add(at + 20 * MINUTE, { kind: "noise", person, type: "user.session.end" });
    }
  }
}
