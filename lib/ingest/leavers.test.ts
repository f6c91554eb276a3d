/** A leaver as the records of each source tell it, all the way to the answer: who left, and which accounts ended when. */
import { describe, expect, it } from "vitest";
import { link } from "../lifecycle/linking.ts";
import { projectSubject } from "../lifecycle/project.ts";
import { linkFactsOf, mergeFacts, refOf } from "../lifecycle/refs.ts";
import type { Projection } from "../lifecycle/types.ts";
import * as githubFixtures from "./adapters/github/fixtures.ts";
import * as googleFixtures from "./adapters/google/fixtures.ts";
import * as jumpcloudFixtures from "./adapters/jumpcloud/fixtures.ts";
import * as oktaFixtures from "./adapters/okta/fixtures.ts";
import * as oneloginFixtures from "./adapters/onelogin/fixtures.ts";
import { detectAdapter } from "./adapters/registry.ts";
import type { LoggedEvent } from "./event.ts";

/** 09:00 of a day in March. */
const day = (n: number, clock = "09:00:00") => `2026-03-${String(n).padStart(2, "0")}T${clock}Z`;

/** The rows of each subject. */
function projected(records: readonly unknown[]): Map<string, Projection> {
  const events = records.flatMap((record, i): LoggedEvent[] => {
    const adapter = detectAdapter(record);
    if (adapter === null) throw new Error(`no adapter knows record ${i}`);
    return adapter.parse(record).map((event, ordinal) => ({
      ...event,
      id: `${i.toString(16).padStart(64, "0")}:${ordinal}`,
      sourceId: adapter.format,
    }));
  });
  const { holdings } = link(mergeFacts(events.flatMap((event) => linkFactsOf(event, event.sourceId))));
  const bySubject = new Map<string, LoggedEvent[]>();
  for (const event of events) {
    const ref = refOf(event, event.sourceId);
    const holding = holdings.find(
      ({ ref: held, from, to }) =>
        held === ref && (from === null || from <= event.at) && (to === null || event.at < to),
    );
    if (holding === undefined) continue;
    bySubject.set(holding.subject, [...(bySubject.get(holding.subject) ?? []), event]);
  }
  return new Map([...bySubject].map(([subject, own]) => [subject, projectSubject(subject, own)]));
}

const steps = (rows: Projection | undefined) =>
  (rows?.steps ?? []).map(({ application, endedAt, failing }) => ({
    application,
    endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
    failing,
  }));
const iso = (time: string) => new Date(time).toISOString();

const google = (
  n: number,
  application: string,
  name: string,
  parameters: googleFixtures.Data,
  actor?: unknown,
) =>
  googleFixtures.activity(application, [googleFixtures.reportEvent(name, parameters)], {
    id: { time: day(n), uniqueQualifier: `q${n}`, applicationName: application, customerId: "C01larkspur" },
    ...(actor === undefined ? {} : { actor }),
  });
const alice = { USER_EMAIL: "alice@larkspur.example" };

describe("of Google Workspace alone", () => {
  const joined = [
    google(1, "admin", "CREATE_USER", alice),
    google(2, "login", "login_success", {}, googleFixtures.ALICE),
    google(3, "saml", "login_success", { application_name: "Ledger" }, googleFixtures.ALICE),
  ];

  it("the suspension begins the case, ends Workspace's account, and leaves the others open", () => {
    const rows = projected([...joined, google(9, "admin", "SUSPEND_USER", alice)]).get("p:google:101");
    expect(rows?.identities).toMatchObject([{ kind: "identity", inactiveFrom: Date.parse(day(9)) }]);
    expect(rows?.cases).toMatchObject([{ leftAt: Date.parse(day(9)), trigger: "suspend" }]);
    expect(steps(rows)).toEqual([
      { application: "google workspace", endedAt: iso(day(9)), failing: false },
      { application: "ledger", endedAt: null, failing: false },
    ]);
  });

  it("a suspension that is taken back is no leaving", () => {
    const back = [google(9, "admin", "SUSPEND_USER", alice), google(12, "admin", "UNSUSPEND_USER", alice)];
    const rows = projected([...joined, ...back]).get("p:google:101");
    expect(rows?.cases).toEqual([]);
    expect(rows?.accounts.find(({ application }) => application === "google workspace")?.active).toBe(true);
  });
});

describe("of Okta, provisioned into Google Workspace", () => {
  it("Workspace's own record ends the step that Okta's failure leaves open", () => {
    const rows = projected([
      oktaFixtures.logEvent("user.lifecycle.deactivate", { published: day(9), target: [oktaFixtures.ALICE] }),
      google(1, "admin", "CREATE_USER", alice),
      google(10, "admin", "SUSPEND_USER", alice),
    ]);
    const own = [...rows.values()].find(({ cases }) => cases.length > 0);
    expect(own?.cases).toMatchObject([{ leftAt: Date.parse(day(9)), source: "okta" }]);
    expect(steps(own)).toEqual([{ application: "google workspace", endedAt: iso(day(10)), failing: false }]);
  });
});

describe("of JumpCloud", () => {
  const { APPLICATION, insight } = jumpcloudFixtures;
  const provision = (n: number, type: string, differs: jumpcloudFixtures.Data = {}) =>
    insight(type, { timestamp: day(n), id: `jc${n}`, application: APPLICATION, ...differs });

  it("a failed deprovisioning leaves the account failing, a later one ends it", () => {
    const failed = [
      insight("user_create", { timestamp: day(1), id: "jc-create" }),
      provision(2, "user_create_provision"),
      insight("user_suspended", { timestamp: day(9), id: "jc-suspend" }),
      provision(10, "user_deprovision", { success: false, error_message: "HTTP 503" }),
    ];
    expect(steps(projected(failed).get("p:jumpcloud:jc-alice"))).toEqual([
      { application: "ledger", endedAt: null, failing: true },
    ]);
    const mended = projected([...failed, provision(11, "user_deprovision")]).get("p:jumpcloud:jc-alice");
    expect(steps(mended)).toEqual([{ application: "ledger", endedAt: iso(day(11)), failing: false }]);
    expect(mended?.failures).toMatchObject([{ errorClass: "server", httpStatus: 503, openSince: null }]);
  });
});

describe("of OneLogin", () => {
  const { APP, apiEvent } = oneloginFixtures;
  const at = (n: number, type: number, differs: oneloginFixtures.Data = {}) =>
    apiEvent(type, { id: n, created_at: day(n), ...differs });
  const left = [at(1, 13), at(2, 51, APP), at(9, 15)];
  const stepsOf = (...more: unknown[]) => steps(projected([...left, ...more]).get("p:onelogin:1001"));

  it("doing nothing at the app leaves the account open, a failure failing, a deletion ends it", () => {
    const ledger = { application: "ledger", endedAt: null, failing: false };
    expect(stepsOf(at(10, 60, APP))).toEqual([ledger]);
    expect(stepsOf(at(10, 63, APP))).toEqual([{ ...ledger, failing: true }]);
    expect(stepsOf(at(10, 63, APP), at(11, 55, APP))).toEqual([{ ...ledger, endedAt: iso(day(11)) }]);
  });
});

describe("of Okta, with GitHub's audit log", () => {
  const { auditRecord, BY_ALICE } = githubFixtures;
  const at = (n: number, action: string, differs: githubFixtures.Data = {}) =>
    auditRecord(action, { "@timestamp": Date.parse(day(n)), _document_id: `gh${n}`, ...differs });
  const labs = { org: "larkspur-labs", org_id: 78 };
  const left = oktaFixtures.logEvent("user.lifecycle.deactivate", {
    published: day(9),
    target: [oktaFixtures.ALICE],
  });
  const records = [
    at(1, "org.add_member"),
    at(2, "git.push", BY_ALICE),
    at(3, "org.add_member", labs),
    at(4, "git.push", { ...BY_ALICE, ...labs }),
    left,
    at(10, "org.remove_member"),
  ];

  it("single sign-on ties the login to the person; another organisation's account stays open", () => {
    const own = [...projected(records).values()].find(({ cases }) => cases.length > 0);
    expect(steps(own)).toEqual([
      { application: "github larkspur", endedAt: iso(day(10)), failing: false },
      { application: "github larkspur-labs", endedAt: null, failing: false },
    ]);
  });

  it("without single sign-on the account is an orphan's", () => {
    const rows = projected([at(1, "org.add_member"), left]);
    const [account] = [...rows.values()].flatMap(({ accounts }) => accounts);
    expect(account).toMatchObject({ application: "github larkspur", active: true, identityKnown: false });
  });

  it("who is removed as a member and let into a repository has an account again", () => {
    const rows = projected([...records, at(11, "repo.add_member", { repo: "larkspur/core" })]);
    const account = [...rows.values()]
      .flatMap(({ accounts }) => accounts)
      .find(({ application }) => application === "github larkspur");
    expect(account).toMatchObject({ active: true, entitlements: ["larkspur/core"] });
  });
});
