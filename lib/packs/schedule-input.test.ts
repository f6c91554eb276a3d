import { describe, expect, it } from "vitest";
import { AccessProblem } from "../auth/caller.ts";
import { scheduleFields } from "./schedule-input.ts";

const known = { customers: ["Acme"], applications: ["Slack", "Office 365"] };

describe("a schedule", () => {
  it("is of everything, a customer or an application, which is spelt as records spell it; twelve packs are kept", () => {
    expect(scheduleFields({ every: "month" }, known)).toEqual({
      every: "month",
      customer: null,
      application: null,
      keep: 12,
    });
    expect(scheduleFields({ every: "week", customer: " Acme ", keep: 3 }, known)).toMatchObject({
      customer: "Acme",
      keep: 3,
    });
    expect(scheduleFields({ every: "quarter", application: "slack" }, known)).toMatchObject({
      application: "Slack",
    });
  });

  it.each([
    ["bad-every", { every: "day" }],
    ["bad-every", { every: "" }],
    ["bad-scope", { every: "week", customer: "Acme", application: "Slack" }],
    ["bad-customer", { every: "week", customer: "Globex" }],
    ["bad-application", { every: "week", application: "Nothing" }],
    ["bad-keep", { every: "week", keep: 0 }],
    ["bad-keep", { every: "week", keep: 105 }],
    ["bad-keep", { every: "week", keep: 1.5 }],
  ])("is refused as %s: %j", (code, input) => {
    expect(() => scheduleFields(input, known)).toThrow(AccessProblem);
    try {
      scheduleFields(input, known);
    } catch (error) {
      expect(error).toMatchObject({ code });
    }
  });
});
