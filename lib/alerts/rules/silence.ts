/** Sources from which nothing has come for longer than is usual for them. Pure. */
import type { Gap } from "../../lifecycle/completeness.ts";
import type { HourCount } from "../../lifecycle/completeness-rhythm.ts";
import type { Condition } from "../condition.ts";
import type { RuleSetting } from "../contract.ts";
import { hoursInWords, moment } from "../words.ts";

const HOUR = 3_600_000;
/** A source's ways of this quarter, not of years ago. */
const LEARNT_HOURS = 90 * 24;
/** From fewer gaps nothing is learnt. */
const GAPS_NEEDED = 20;
const SHARE = 0.99;
/** So much longer than usual: a weekend and the holiday after it are no silence. */
const LONGER = 1.5;
/** Who has sent nothing for longer was given up: no news. */
const GIVEN_UP_HOURS = 30 * 24;

/** What the rule asks of a source. */
export interface SilentSource {
  source: string;
  /** Hours with events, in order of time. */
  hours: readonly HourCount[];
  gaps: readonly Gap[];
}

/**
 * Hours from one with events to the next, as 99 of 100 times in the last 90 days no more go by.
 * @param hours numbers of hours since 1970, in order. @returns null where too few are known.
 */
export function usualGap(hours: readonly number[]): number | null {
  const last = hours.at(-1) ?? 0;
  const known = hours.filter((hour) => hour >= last - LEARNT_HOURS);
  const gaps = known.slice(1).map((hour, i) => hour - (known[i] as number));
  if (gaps.length < GAPS_NEEDED) return null;
  return gaps.sort((a, b) => a - b)[Math.ceil(SHARE * gaps.length) - 1] ?? null;
}

/** Why the silence of a source is one; null where it is none. @param now hour since 1970. */
function whyOf(hours: readonly number[], now: number, threshold: number): string | null {
  const silent = now - (hours.at(-1) ?? now);
  const usual = usualGap(hours);
  if (usual === null || silent <= Math.max(LONGER * usual, threshold)) return null;
  return `within the last 90 days no more than ${hoursInWords(usual)} went by between events, 99 of 100 times`;
}

/**
 * Silent is a source for longer than half as long again as its usual gap and than `threshold` hours; and where the completeness
 * report tells of a silence up to now, which knows nights and weekends (docs/semantics.md, "Completeness").
 */
export function silentSources(
  sources: readonly SilentSource[],
  asOf: number,
  { threshold }: RuleSetting,
): Condition[] {
  const now = Math.floor(asOf / HOUR);
  return sources.flatMap(({ source, hours: counted, gaps }) => {
    const hours = counted.map(({ hour }) => hour / HOUR).filter((hour) => hour <= now);
    const last = hours.at(-1);
    if (last === undefined) return [];
    const told = gaps.find(({ kind, to }) => kind === "silence" && to === asOf);
    const unusual = told?.expected ? `about ${told.expected} were to be expected since` : null;
    const why = whyOf(hours, now, threshold) ?? unusual;
    if (why === null || now - last <= threshold) return [];
    const condition: Condition = {
      rule: "source-silent",
      subject: source,
      what: `${source}: no events for ${hoursInWords(now - last)}, since the hour of ${moment(last * HOUR)}; ${why}`,
      link: "/sources#gaps",
      since: last * HOUR,
      quiet: now - last > GIVEN_UP_HOURS,
    };
    return [condition];
  });
}
