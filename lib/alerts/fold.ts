/** What becomes of alerts when the rules are looked at. Pure. */
import { byText } from "../reports/base.ts";
import type { Condition } from "./condition.ts";
import type { AlertRule } from "./contract.ts";

/** An alert that was not resolved. */
export interface OpenAlert {
  alert: number;
  rule: AlertRule;
  subject: string;
}

export interface Folded {
  /** New ones, the oldest first. */
  raise: Condition[];
  /** Those that are so still, with their words of now. */
  again: { alert: number; what: string }[];
  resolve: number[];
}

const keyOf = ({ rule, subject }: { rule: AlertRule; subject: string }): string => `${rule} ${subject}`;

/**
 * One alert for each condition from when it is first found until it is found no longer: looking again changes nothing, in
 * whatever order conditions come.
 */
export function fold(open: readonly OpenAlert[], conditions: readonly Condition[]): Folded {
  const found = new Map<string, Condition>();
  for (const condition of conditions) {
    const before = found.get(keyOf(condition));
    if (before === undefined || (before.quiet && !condition.quiet)) found.set(keyOf(condition), condition);
  }
  const known = new Set(open.map(keyOf));
  return {
    raise: [...found.values()]
      .filter((condition) => !condition.quiet && !known.has(keyOf(condition)))
      .sort((a, b) => a.since - b.since || byText(keyOf(a), keyOf(b))),
    again: open.flatMap((alert) => {
      const condition = found.get(keyOf(alert));
      return condition === undefined ? [] : [{ alert: alert.alert, what: condition.what }];
    }),
    resolve: open.filter((alert) => !found.has(keyOf(alert))).map(({ alert }) => alert),
  };
}
