import { describe, expect, it } from "vitest";
import {
  columnsIn,
  exactly,
  filtersIn,
  filterWords,
  goneBefore,
  isTableParameter,
  rowsQuery,
  sortIn,
  sortText,
  withFilter,
  withoutFilters,
} from "./table-address.ts";

const search = (text: string) => new URLSearchParams(text);

describe("the table in the address", () => {
  it("becomes the API's query in one order, whatever stands beside it", () => {
    const query = "f.application=Slack&f.application=Wiki&q=a&sort=-latency";
    expect(
      rowsQuery(search("sort=-latency&q=a&f.application=Wiki&asOf=x&f.application=Slack&columns=a")),
    ).toBe(query);
    expect(rowsQuery(search("q=&f.active=true"), [["openFor", "!="]])).toBe("f.openFor=%21%3D&f.active=true");
  });

  it("changes by column, and keeps the rest", () => {
    const before = search("days=30&f.a=1&f.b=2&q=x");
    expect(withFilter(before, "a", ["3", "4"]).toString()).toBe("days=30&f.b=2&q=x&f.a=3&f.a=4");
    expect(withoutFilters(before).toString()).toBe("days=30");
    expect([...filtersIn(search("f.a=1&f.b=2&f.a=3"))]).toEqual([
      ["a", ["1", "3"]],
      ["b", ["2"]],
    ]);
    expect(["f.a", "q", "sort", "columns", "days", "from"].filter(isTableParameter)).toEqual([
      "f.a",
      "q",
      "sort",
      "columns",
    ]);
  });

  it("has an order that is read and written the same, and columns that are known", () => {
    expect(sortText(sortIn(search("sort=-latency,application")))).toBe("-latency,application");
    expect(sortIn(search(""))).toEqual([]);
    expect(columnsIn("b,nothing,a,b", ["a", "b", "c"])).toEqual(["b", "a"]);
    expect(columnsIn("nothing", ["a"])).toBeNull();
    expect(columnsIn(null, ["a"])).toBeNull();
  });

  it("tells a filter in words, and takes a value to the letter", () => {
    const said = ["", "!=", "Slack", "!=Slack", ">=10", "<10", "=>=10"].map((given) => filterWords(given));
    expect(said).toEqual(["empty", "not empty", "Slack", "not Slack", "at least 10", "under 10", ">=10"]);
    expect([null, "Slack", ">=10", "=x", ""].map(exactly)).toEqual(["", "Slack", "=>=10", "==x", "="]);
  });
});

describe("goneBefore", () => {
  it("counts what no longer fits in the parts that are here", () => {
    const isEven = (value: number) => value % 2 === 0;
    expect(goneBefore([{ rows: [1, 2, 3] }, undefined, { rows: [4, 5] }], isEven)).toBe(3);
    expect(goneBefore([], isEven)).toBe(0);
  });
});
