/** What the controls and figures of the page choose, as filters of the API (docs/reports.md). Pure. */
import type { Fixed } from "../table/table-address.ts";
import { BANDS, KINDS, kindOf } from "./choose.ts";

/** A name that a group goes by where nothing is known means an empty value. */
const named = (value: string | null, nobody: string): string => (value === nobody ? "" : `=${value}`);

/** The filters that the address sets beside those of the table itself; an unknown name filters nothing. */
export function stepFilters(get: (name: string) => string | null): Fixed {
  const kind = kindOf(get("show"));
  const band = BANDS.find(({ key }) => key === get("took"));
  const department = get("department");
  const customer = get("of");
  return [
    ...(kind === null ? [] : KINDS[kind].filters),
    ...(band?.filters ?? []),
    ...(department ? [["department", named(department, "not known")] as const] : []),
    ...(customer ? [["customer", named(customer, "no customer")] as const] : []),
  ];
}
