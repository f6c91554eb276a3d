import { describe, expect, it } from "vitest";
import { ApiProblem } from "../data/api.ts";
import { refusalOf } from "../data/refusals.ts";
import { change, draftOf, EMPTY_MEMBER, invitation } from "./member-draft.ts";
import { aMember } from "./testing.ts";
import { whatEnds } from "./what-ends.ts";

describe("an invitation", () => {
  it("ends with the last day, and not before it", () => {
    const sent = invitation({
      ...EMPTY_MEMBER,
      email: "a@b.example",
      role: "auditor",
      lastDay: "2030-01-31",
    });
    expect(sent).toEqual({
      name: "",
      email: "a@b.example",
      role: "auditor",
      customer: null,
      endsAt: "2030-01-31T23:59:59.999Z",
    });
  });

  it("names a customer for a customer viewer alone", () => {
    const draft = { ...EMPTY_MEMBER, email: "a@b.example", customer: "Acme" };
    expect(invitation({ ...draft, role: "customer-viewer" }).customer).toBe("Acme");
    expect(invitation({ ...draft, role: "analyst" }).customer).toBeNull();
  });
});

describe("a change", () => {
  const ends = Date.parse("2030-01-31T09:30:00Z");

  it("leaves an end that nobody touched as it was", () => {
    const member = aMember({ role: "auditor", endsAt: ends });
    const draft = draftOf(member);
    expect(draft.lastDay).toBe("2030-01-31");
    expect(change(member, draft)).not.toHaveProperty("endsAt");
    expect(change(member, { ...draft, lastDay: "2030-02-01" })).toHaveProperty(
      "endsAt",
      "2030-02-01T23:59:59.999Z",
    );
    expect(change(member, { ...draft, lastDay: "" })).toHaveProperty("endsAt", null);
  });

  it("takes the day before an end at midnight for the last", () => {
    expect(draftOf(aMember({ endsAt: Date.parse("2030-01-31T00:00:00Z") })).lastDay).toBe("2030-01-30");
  });

  it("gives the operator no e-mail", () => {
    const operator = aMember({ email: null });
    expect(change(operator, draftOf(operator))).not.toHaveProperty("email");
    expect(change(aMember(), draftOf(aMember()))).toHaveProperty("email", "anna@larkspur.example");
  });
});

it("a refusal stands beside its field, or with the form", () => {
  expect(refusalOf(null)).toBeNull();
  expect(refusalOf(new ApiProblem(422, "Say when.", { code: "no-end" }))).toEqual({
    field: "lastDay",
    message: "Say when.",
  });
  expect(refusalOf(new ApiProblem(422, "The last admin.", { code: "last-admin" }))?.field).toBe("form");
  expect(refusalOf(new Error("no answer"))?.field).toBe("form");
});

it("a deactivation says what ends", () => {
  expect(whatEnds(0, 0)).toBe(
    "They can't sign in any more. No session of theirs is open. What they did stays in the audit log.",
  );
  expect(whatEnds(2, 1)).toContain(
    "2 open sessions of theirs end at once. 1 API token of theirs stops working, until they may come in again.",
  );
});
