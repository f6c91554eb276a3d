import { describe, expect, it } from "vitest";
import type { ReviewScope, ReviewTask } from "../../lib/reviews/contract.ts";
import { inTheWay, leftOpen, scimWords, scimWork, scopeWords, todoWords } from "./words.ts";

const scope: ReviewScope = {
  kinds: ["account", "credential"],
  applications: [],
  customers: [],
  departments: [],
  flaggedOnly: false,
  nonHumanOnly: false,
  items: [],
};
const counts = {
  items: 40,
  flagged: 0,
  open: 0,
  kept: 0,
  "to-do": 0,
  verified: 0,
  exempt: 0,
  "cant-say": 0,
  disputed: 0,
};
const task = (given: Partial<ReviewTask>): ReviewTask => ({
  item: "i1",
  application: "Slack",
  account: "U1",
  userName: null,
  person: null,
  todo: "revoke",
  entitlements: [],
  decidedBy: "Ana Lima",
  decidedAt: "2026-03-01T10:00:00.000Z",
  reason: "left",
  age: 60,
  state: "to-do",
  handedOff: [],
  scim: true,
  ...given,
});

describe("what a review is of", () => {
  it("is everything where nothing is chosen", () => {
    expect(scopeWords(scope)).toBe("Accounts and credentials of all applications");
  });

  it("names what was chosen", () => {
    expect(
      scopeWords({
        kinds: ["account"],
        applications: ["Slack", "GitHub", "Jira"],
        customers: ["Larkspur"],
        departments: ["Sales"],
        flaggedOnly: true,
        nonHumanOnly: true,
        items: ["a"],
      }),
    ).toBe(
      "Accounts of Slack, GitHub and Jira, of Larkspur, of the department Sales, only what has a flag, only what is no person's, of 1 selected item",
    );
  });
});

describe("the end of a review", () => {
  it("says what stands in the way of closing", () => {
    expect(inTheWay({ counts })).toEqual([]);
    expect(inTheWay({ counts: { ...counts, open: 3, "to-do": 1, disputed: 2, "cant-say": 1 } })).toEqual([
      "3 items are not decided.",
      "2 items are seen otherwise by the second reviewer.",
      "Of 1 item nobody can say whether it is needed.",
      "1 revoke or change is neither shown done by a later event nor exempt.",
    ]);
  });

  it("says what is left undecided", () => {
    expect(leftOpen({ counts })).toBe("Every item is decided.");
    expect(leftOpen({ counts: { ...counts, open: 1 } })).toBe(
      "1 item of 40 is not decided: it is left for whoever runs the review.",
    );
  });
});

describe("tasks", () => {
  it("say what is to be done", () => {
    expect(todoWords(task({}))).toBe("Revoke");
    expect(todoWords(task({ todo: "remove", entitlements: ["Admins", "Editors"] }))).toBe(
      "Take away Admins and Editors",
    );
  });

  it("say what SCIM would do where, and what it can't", () => {
    const { work, others } = scimWork([
      task({}),
      task({ item: "i2", todo: "remove", entitlements: ["Admins"] }),
      task({ item: "i3", application: "Jira" }),
      task({ item: "i4", application: "Jira", scim: false }),
    ]);
    expect(work.map(scimWords)).toEqual([
      "At Slack 1 account is ended, and 1 account loses groups or roles.",
      "At Jira 1 account is ended.",
    ]);
    expect(others.map(({ item }) => item)).toEqual(["i4"]);
  });
});
