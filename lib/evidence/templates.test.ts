import { describe, expect, test } from "vitest";
import { ParamProblem } from "../reports/params.ts";
import { quarterBefore, withTemplate } from "./templates.ts";

const NOW = Date.parse("2026-05-20T10:00:00Z");

const quarter = (asOf: string): string[] => {
  const { from, to } = quarterBefore(Date.parse(asOf));
  return [new Date(from).toISOString(), new Date(to).toISOString()];
};

describe("the quarter before", () => {
  test.each([
    ["2026-05-20T10:00:00Z", "2026-01-01T00:00:00.000Z", "2026-03-31T23:59:59.999Z"],
    ["2026-04-01T00:00:00Z", "2026-01-01T00:00:00.000Z", "2026-03-31T23:59:59.999Z"],
    // The last day of a quarter, given as a day, is the end of it.
    ["2026-03-31T23:59:59.999Z", "2026-01-01T00:00:00.000Z", "2026-03-31T23:59:59.999Z"],
    ["2026-03-31T23:59:59.998Z", "2025-10-01T00:00:00.000Z", "2025-12-31T23:59:59.999Z"],
    ["2026-02-01T00:00:00Z", "2025-10-01T00:00:00.000Z", "2025-12-31T23:59:59.999Z"],
  ])("of %s is %s to %s", (asOf, from, to) => {
    expect(quarter(asOf)).toEqual([from, to]);
  });
});

describe("a template", () => {
  test("is not needed", () => {
    expect(withTemplate({}, { from: 1 }, NOW)).toEqual({ from: 1 });
    expect(withTemplate({ template: " " }, {}, NOW)).toEqual({});
  });

  test("of a quarterly review sets the period, unless it is given", () => {
    expect(withTemplate({ template: "quarterly-review" }, {}, NOW)).toEqual({
      asOf: NOW,
      ...quarterBefore(NOW),
      template: { name: "quarterly-review", parameters: {} },
    });
    expect(withTemplate({ template: "quarterly-review" }, { from: 1 }, NOW)).toMatchObject({ from: 1 });
    expect(withTemplate({ template: "quarterly-review" }, { from: 1 }, NOW)).not.toHaveProperty("to");
  });

  test("of a sample records size and seed, also those that were not given", () => {
    expect(withTemplate({ template: "offboarding-sample" }, {}, NOW).template?.parameters).toEqual({
      sample: 25,
      seed: "2026-05-20",
    });
    const given = { template: "offboarding-sample", sample: "7", seed: " lucky " };
    expect(withTemplate(given, {}, NOW).template?.parameters).toEqual({ sample: 7, seed: "lucky" });
  });

  test.each([
    [
      { template: "yearly" },
      {},
      /takes quarterly-review, offboarding-sample, assurance-letter, not "yearly"/u,
    ],
    [{ template: "quarterly-review" }, { customer: "Acme" }, /is of the whole workspace/u],
    [{ template: "quarterly-review" }, { application: "Wiki" }, /is of the whole workspace/u],
    [{ template: "assurance-letter" }, {}, /give --customer/u],
    [{ template: "offboarding-sample", sample: "0" }, {}, /--sample takes a whole number from 1 to 1000/u],
    [{ template: "offboarding-sample", sample: "1.5" }, {}, /--sample takes/u],
    [{ template: "offboarding-sample", sample: "many" }, {}, /--sample takes/u],
    [{ sample: "5" }, {}, /--sample needs --template to be offboarding-sample/u],
    [{ template: "quarterly-review", seed: "x" }, {}, /--seed needs --template/u],
  ])("%j with %j is refused with a sentence", (raw, params, message) => {
    const refused = () => withTemplate(raw, params, NOW, (key) => `--${key}`);
    expect(refused).toThrow(ParamProblem);
    expect(refused).toThrow(message);
  });
});
