/** What the rules make of a SCIM log beside a directory's: why its requests are of the layer provisioning. */
import { describe, expect, it } from "vitest";
import { groupBy } from "../../../lifecycle/group-by.ts";
import { link } from "../../../lifecycle/linking.ts";
import { addRows, emptyProjection, projectSubject } from "../../../lifecycle/project.ts";
import { linkFactsOf, mergeFacts, refOf } from "../../../lifecycle/refs.ts";
import { event } from "../../../lifecycle/testing.ts";
import type { LoggedEvent, NormalEvent } from "../../event.ts";
import { set } from "../set/adapter.ts";
import { token } from "../set/fixtures.ts";
import { scim } from "./adapter.ts";
import { type Data, entry, error, NEW_USER, patch, USER } from "./fixtures.ts";

const day = (days: number): string => new Date(Date.UTC(2026, 0, 1 + days)).toISOString();

let made = 0;
const logged = (sourceId: string, events: readonly NormalEvent[]): LoggedEvent[] =>
  events.map((normal) => ({ ...normal, sourceId, id: `scim-${made++}:0` }));
const request = (days: number, method: string, path: string, status: number, differs: Data = {}) =>
  logged("scim", scim.parse(entry(method, path, status, { time: day(days), ...differs })));
const told = (days: number, events: Record<string, Data>) =>
  logged("set", set.parse(token(events, { iat: Date.parse(day(days)) / 1_000, iss: "Team Chat" })));

const person = {
  id: "00u1alice",
  externalId: null,
  userName: "alice.example@larkspur.example",
  email: null,
  displayName: null,
};
const hired = event(0, { operation: "create", person });
const left = event(10, { operation: "deactivate", person });

/** All rows, as linking divides the events among subjects. */
function rowsOf(...events: LoggedEvent[]) {
  const facts = mergeFacts(events.flatMap((one) => linkFactsOf(one, one.sourceId)));
  const subjects = new Map(link(facts).holdings.map(({ ref, subject }) => [ref, subject]));
  const all = emptyProjection();
  for (const [subject, own] of groupBy(events, (one) => subjects.get(refOf(one, one.sourceId) ?? "") ?? "")) {
    if (subject !== "") addRows(all, projectSubject(subject, own));
  }
  return all;
}

const creation = request(1, "POST", "/Users", 201, { requestBody: NEW_USER, responseBody: USER });
const off = { requestBody: patch({ op: "Replace", path: "active", value: "False" }) };

describe("a SCIM log", () => {
  it("makes the directory's person an account by SCIM, and ends the leaver's step without naming him again", () => {
    const rows = rowsOf(hired, left, ...creation, ...request(11, "PATCH", "/Users/u-1", 204, off));
    expect(rows.accounts).toMatchObject([
      { subject: "p:okta:00u1alice", account: "u-1", provenance: "scim", active: false, identityKnown: true },
    ]);
    expect(rows.steps).toMatchObject([
      { application: "team chat", endedAt: Date.parse(day(11)), failing: false },
    ]);
    expect(rows.joinerSteps).toMatchObject([{ workingAt: Date.parse(day(1)) }]);
    expect(rows.coverage.map(({ capability, kind }) => `${capability} ${kind}`)).toEqual([
      "joiner success",
      "leaver success",
    ]);
  });

  it("puts what failed into the queue, and leaves the step failing", () => {
    const failed = request(11, "PATCH", "/Users/u-1", 500, off);
    const rows = rowsOf(hired, left, ...creation, ...failed);
    expect(rows.failures).toMatchObject([
      { operation: "deactivate", account: "u-1", errorClass: "server", httpStatus: 500 },
    ]);
    expect(rows.steps).toMatchObject([{ endedAt: null, failing: true }]);
  });

  it("lets a step fail where the application ignored what was asked", () => {
    const ignored = request(11, "PATCH", "/Users/u-1", 200, { ...off, responseBody: USER });
    const rows = rowsOf(hired, left, ...creation, ...ignored);
    expect(rows.steps).toMatchObject([{ endedAt: null, failing: true }]);
    expect(rows.accounts).toMatchObject([{ active: true }]);
  });

  it("lets a deletion of what is not there prove nothing", () => {
    const gone = request(11, "DELETE", "/Users/u-1", 404, { responseBody: error(404, "not found") });
    expect(rowsOf(hired, left, ...creation, ...gone).steps).toMatchObject([{ endedAt: null, failing: true }]);
    expect(rowsOf(hired, left, ...gone).accounts).toEqual([]);
  });

  it("resolves a failure to create by the success that knows the id", () => {
    const taken = request(1, "POST", "/Users", 409, {
      requestBody: NEW_USER,
      responseBody: error(409, "taken"),
    });
    const later = request(2, "POST", "/Users", 201, { requestBody: NEW_USER, responseBody: USER });
    expect(rowsOf(hired, ...taken, ...later).failures).toMatchObject([
      { errorClass: "uniqueness", openSince: null },
    ]);
  });

  it("keeps an orphan one account, made with a name and deleted without", () => {
    const rows = rowsOf(...creation, ...request(11, "DELETE", "/Users/u-1", 204));
    expect(rows.accounts).toMatchObject([{ account: "u-1", identityKnown: false, active: false }]);
  });

  it("puts a failure that names nobody on the connection", () => {
    expect(rowsOf(...request(1, "POST", "/Users", 401)).failures).toMatchObject([
      { subject: "a:team chat", connection: true, errorClass: "authentication" },
    ]);
  });
});

describe("a service provider's tokens", () => {
  it("end a leaver's step, whatever carried the change", () => {
    const rows = rowsOf(hired, left, ...creation, ...told(12, { "prov:deactivate": {} }));
    expect(rows.steps).toMatchObject([{ endedAt: Date.parse(day(12)) }]);
    expect(rows.coverage.map(({ capability, kind }) => `${capability} ${kind}`)).toContain("leaver manual");
  });

  it("start no leaver case: they speak of the account", () => {
    expect(rowsOf(hired, ...creation, ...told(12, { "prov:delete": {} })).cases).toEqual([]);
  });

  it("answer an asynchronous request, which was an attempt", () => {
    const asked = request(11, "DELETE", "/Users/u-1", 202);
    expect(rowsOf(hired, left, ...creation, ...asked).steps).toMatchObject([
      { endedAt: null, failing: false },
    ]);
    const failed = told(11, { "misc:asyncresp": { method: "DELETE", status: "500" } });
    expect(rowsOf(hired, left, ...creation, ...asked, ...failed).steps).toMatchObject([{ failing: true }]);
    const done = told(11, { "misc:asyncresp": { method: "DELETE", status: "204" } });
    expect(rowsOf(hired, left, ...creation, ...asked, ...done).steps).toMatchObject([
      { endedAt: Date.parse(day(11)) },
    ]);
  });
});
