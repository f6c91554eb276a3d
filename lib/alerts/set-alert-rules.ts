/** Says which rules raise alerts, from which number on, and in which time zone the digest is due. */
import type { Db } from "../../db/client.ts";
import { askForRound, readAlertSettings, storeAlertSettings } from "../../db/queries/alert-settings.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import type { AlertRule, RuleSetting } from "./contract.ts";
import { isZone } from "./digest-due.ts";
import { AlertProblem } from "./problem.ts";
import { isAlertRule, RULE_NAMES, RULES, settingsOf } from "./rules.ts";

/** What changes; what is absent stays as it is. */
export interface AlertRulesChange {
  rules?: Partial<Record<string, { on?: boolean | undefined; threshold?: number | undefined }>> | undefined;
  zone?: string | undefined;
}

/** @throws {AlertProblem} */
function checked(rule: string, setting: RuleSetting): [AlertRule, RuleSetting] {
  if (!isAlertRule(rule))
    throw new AlertProblem(
      "bad-rule",
      `There is no rule "${rule}". There are ${RULE_NAMES.slice(0, -1).join(", ")} and ${RULE_NAMES.at(-1)}.`,
    );
  const { counts, threshold, title } = RULES[rule];
  const given = setting.threshold;
  if (Number.isInteger(given) && given >= threshold.least && given <= threshold.most) return [rule, setting];
  throw new AlertProblem(
    "bad-rule",
    counts === null
      ? `The rule "${title}" has no threshold.`
      : `The threshold of "${title}" is a whole number from ${threshold.least} to ${threshold.most}: ${counts.many}.`,
  );
}

/**
 * It holds from the next look on, which comes at once. Alerts of a rule that is put off are forgotten, and raised anew when it is
 * put on again.
 * @throws {AccessProblem} {@link AlertProblem}
 */
export async function setAlertRules(
  db: Db,
  workspace: string,
  by: Caller,
  change: AlertRulesChange,
): Promise<void> {
  await act({ db, workspace, by }, "operate", "set-alert-rules", async (sql) => {
    const before = await readAlertSettings(sql, workspace);
    const now = settingsOf(before.rules);
    const changed = Object.entries(change.rules ?? {}).map(([rule, setting]) => {
      const former = isAlertRule(rule) ? now[rule] : { on: true, threshold: 0 };
      const { on = former.on, threshold = former.threshold } = setting ?? {};
      return checked(rule, { on, threshold });
    });
    const zone = change.zone ?? before.zone;
    if (!isZone(zone))
      throw new AlertProblem(
        "bad-zone",
        `"${zone}" is no time zone: give one by its name, like Europe/Berlin or UTC.`,
      );
    const after = { rules: { ...before.rules, ...Object.fromEntries(changed) }, zone };
    const done = { result: undefined, object: "alerts", before, after };
    if (JSON.stringify([now, before.zone]) === JSON.stringify([settingsOf(after.rules), zone]))
      return { ...done, nothing: true };
    await storeAlertSettings(sql, workspace, after, by.actor.name);
    await askForRound(sql, workspace);
    return done;
  });
}
