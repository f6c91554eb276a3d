/** Addresses as pages once wrote them: whoever follows one is sent to what it means now. */
import { redirect } from "next/navigation";
import type { Search } from "./initial-report.ts";
import { searchOf } from "./initial-rows.ts";

/** By the old parameter: its values, and what each means now; what is not named means nothing. */
type Rules = Record<string, Record<string, readonly (readonly [name: string, value: string])[]>>;

/** Leads on when the address has an old parameter. */
export async function followOld(path: string, given: Search, rules: Rules): Promise<void> {
  const search = await searchOf(given);
  const old = Object.keys(rules).filter((name) => search.has(name));
  if (old.length === 0) return;
  for (const name of old) {
    const meanings = rules[name] ?? {};
    const value = search.get(name) ?? "";
    search.delete(name);
    for (const [now, means] of (Object.hasOwn(meanings, value) ? meanings[value] : undefined) ?? [])
      search.append(now, means);
  }
  redirect(`${path}?${search}`);
}
