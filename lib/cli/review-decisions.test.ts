import { describe, expect, it } from "vitest";
import type { ReviewItemRow } from "../reviews/contract.ts";
import { UsageProblem } from "./context.ts";
import { decisionsOfTable } from "./review-decisions.ts";

const rows = [
  { item: "a1", key: "account:chat:1", version: 3 },
  { item: "b2", key: "account:chat:2", version: 1 },
] as ReviewItemRow[];

describe("a table of decisions", () => {
  it("is read by its header, whatever the order, the case and the line ends", () => {
    const text =
      '\uFEFFDecision, Reason ,item,who,remove\r\nREVOKE,"gone, long ago",a1,x,\r\n\r\nchange,too much,account:chat:2,y,"Admin; Deploy "\r\n';
    expect(decisionsOfTable(text, rows)).toEqual([
      { item: "a1", version: 3, decision: "revoke", reason: "gone, long ago", remove: [] },
      { item: "b2", version: 1, decision: "change", reason: "too much", remove: ["Admin", "Deploy"] },
    ]);
  });

  it("decides the version that it names", () => {
    expect(decisionsOfTable("item,decision,version\na1,keep,2", rows)).toMatchObject([
      { item: "a1", version: 2 },
    ]);
  });

  it.each([
    ["", /no decisions/u],
    ["item,decision\n", /no decisions/u],
    ["a,b\n1,2", /must name item and decision/u],
    ["item,decision\na1,perhaps", /not "perhaps"/u],
    ["item,decision\nnothing,keep", /no item "nothing"/u],
    ["item,decision,version\na1,keep,two", /Line 2: a version/u],
    ['item,decision\n"a1,keep', /no table in CSV/u],
    ["item,decision\na1,keep,more", /no table in CSV/u],
  ])("%j is refused", (text, sentence) => {
    expect(() => decisionsOfTable(text, rows)).toThrow(UsageProblem);
    expect(() => decisionsOfTable(text, rows)).toThrow(sentence);
  });
});
