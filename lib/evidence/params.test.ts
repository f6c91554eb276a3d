/** What a pack can be asked with. */
import { expect, test } from "vitest";
import { evidenceParams } from "./params.ts";

const ID = "6f1c9d1e-0000-4000-8000-000000000000";

test("a review is asked for by its id, with whatever times", () => {
  expect(evidenceParams({ review: ` ${ID} ` }, { asOf: 5 }, 9)).toEqual({ asOf: 5, review: ID });
  expect(evidenceParams({ review: "" }, { asOf: 5 }, 9)).toEqual({ asOf: 5 });
});

test.each([
  [{ review: ID, template: "quarterly-review" }, {}],
  [{ review: ID }, { customer: "Acme" }],
  [{ review: ID }, { application: "Slack" }],
])("a review beside another scope is refused: %j %j", (raw, params) => {
  expect(() => evidenceParams(raw, params, 9, (key) => `--${key}`)).toThrow(
    "A pack of one review has the review's own scope: leave --template, --customer and --application out.",
  );
});

test("without a review it is what the template says", () => {
  expect(evidenceParams({ template: "assurance-letter" }, { customer: "Acme" }, 9)).toMatchObject({
    customer: "Acme",
    template: { name: "assurance-letter" },
  });
});
