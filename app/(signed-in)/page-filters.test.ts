/** What the controls and figures of pages choose is what the API gives for the filters that they become. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BANDS as JOINER_LIMITS, joinerFilters } from "../../components/joiners/bands.ts";
import { BANDS } from "../../components/offboarding/choose.ts";
import { GROUPINGS } from "../../components/offboarding/groups.ts";
import { stepFilters } from "../../components/offboarding/row-filters.ts";
import { step } from "../../components/offboarding/testing.ts";
import { rowsQuery } from "../../components/table/table-address.ts";
import { JOINER_BANDS, OFFBOARDING_BANDS } from "../../lib/reports/bands.ts";
import { codedRows } from "../../lib/reports/coded.ts";
import type { JoinerRow, OffboardingRow } from "../../lib/reports/contract.ts";
import { exampleReports } from "../../lib/reports/fixtures.ts";
import { arrange, parseTable } from "../../lib/reports/table.ts";

const get = (address: Record<string, string | null>) => (name: string) => address[name] ?? null;

async function steps(
  rows: readonly OffboardingRow[],
  address: Record<string, string | null>,
): Promise<OffboardingRow[]> {
  const query = new URLSearchParams(rowsQuery(new URLSearchParams(), stepFilters(get(address))));
  const order = await arrange(codedRows("offboarding", rows), parseTable("offboarding", query));
  return [...order].map((at) => rows[at] as OffboardingRow);
}

async function joiners(rows: readonly JoinerRow[], address: Record<string, string>): Promise<JoinerRow[]> {
  const query = new URLSearchParams(rowsQuery(new URLSearchParams(), joinerFilters(get(address))));
  const order = await arrange(codedRows("joiners", rows), parseTable("joiners", query));
  return [...order].map((at) => rows[at] as JoinerRow);
}

const DAY = 86_400;

describe("accounts of leavers", () => {
  const ended = step({ latency: 60 });
  const early = step({ latency: 0, status: "early" });
  const late = step({ latency: 3 * DAY, breached: true, leaverStatus: "late" });
  const failing = step({ openFor: 3 * DAY, status: "failing", breached: true, leaverStatus: "late" });
  const open = step({ openFor: 9, status: "open", accessAfterLeaving: true, leaverStatus: "pending" });
  const rows = [ended, early, late, failing, open];

  it("are those of the kind that is chosen", async () => {
    for (const [show, wanted] of [
      ["unfinished", [failing, open]],
      ["failing", [failing]],
      ["breached", [late, failing]],
      ["access", [open]],
      ["done", [ended, early]],
      ["inTime", [ended, early]],
      ["late", [late]],
      ["completed", [ended, late]],
      ["early", [early]],
      ["rehired", []],
      ["toString", rows],
      ["", rows],
    ] as const) {
      expect(await steps(rows, { show }), show).toEqual(wanted);
    }
    expect(await steps(rows, { show: "breached", took: "15m" })).toEqual([]);
    expect(await steps(rows, { took: "nonsense" })).toEqual(rows);
  });

  it("are those of the band that the figure counts", async () => {
    const latencies = fc.array(fc.option(fc.integer({ min: 0, max: 40 * DAY })), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(latencies, fc.constantFrom(...BANDS), async (list, band) => {
        const some = list.map((latency) => step({ latency, openFor: latency === null ? 5 : null }));
        expect(await steps(some, { took: band.key })).toEqual(some.filter(band.has));
      }),
    );
  });

  it("are those of the group whose figures led there", async () => {
    const sales = step({ department: "Sales", customer: ">=1" });
    const nobody = step({ subject: "bob" });
    const of = (address: Record<string, string | null>) => steps([sales, nobody], address);
    expect(await of(GROUPINGS.department.link("Sales"))).toEqual([sales]);
    expect(await of(GROUPINGS.department.link("not known"))).toEqual([nobody]);
    expect(await of(GROUPINGS.customer.link(">=1"))).toEqual([sales]);
    expect(await of(GROUPINGS.customer.link("no customer"))).toEqual([nobody]);
    expect(await of({})).toEqual([sales, nobody]);
  });
});

describe("bands", () => {
  it("have the limits by which the reports count", () => {
    const limits = (bands: readonly { upTo?: number | null }[]) =>
      bands.flatMap(({ upTo }) => (upTo === undefined ? [] : [upTo]));
    expect(limits(BANDS)).toEqual([...OFFBOARDING_BANDS, null]);
    expect(limits(JOINER_LIMITS)).toEqual([...JOINER_BANDS, null]);
  });
});

describe("accounts of joiners", () => {
  const [example] = exampleReports.joiners.rows;
  const row = (latency: number | null, status: JoinerRow["status"] = "completed"): JoinerRow => ({
    ...(example as JoinerRow),
    latency,
    status,
    openFor: status === "open" || status === "failing" ? 60 : null,
  });

  it("are those of the kind and the band", async () => {
    const rows = [row(5), row(5000), row(null, "open"), row(null, "failing"), row(null, "left")];
    expect(await joiners(rows, { show: "waiting" })).toEqual([rows[2], rows[3]]);
    expect(await joiners(rows, { show: "left" })).toEqual([rows[4]]);
    expect(await joiners(rows, { show: "completed", took: "8h" })).toEqual([rows[1]]);
    expect(await joiners(rows, { show: "nonsense", took: "nonsense" })).toEqual(rows);
    for (const { key, has } of JOINER_LIMITS)
      expect(await joiners(rows, { took: key }), key).toEqual(rows.filter(has));
  });
});
