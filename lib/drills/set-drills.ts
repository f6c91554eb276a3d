/** Says whether drills are run at an application, how often, and who is followed. */
import type { Db } from "../../db/client.ts";
import {
  type DrillSettingsRow,
  readDrillSettings,
  readDrillTurns,
  storeDrillSettings,
  storeDrillTurn,
} from "../../db/queries/drills.ts";
import { readScimConnections } from "../../db/queries/scim-connections.ts";
import { act } from "../auth/act.ts";
import type { Caller } from "../auth/caller.ts";
import { applicationNamed } from "./named.ts";
import { DrillProblem } from "./problem.ts";
import type { GroupWish } from "./state.ts";

/** What changes; what is absent stays as it is. */
export interface DrillsChange {
  active?: boolean | undefined;
  /** 1 to 8,760; null: by hand alone. */
  everyHours?: number | null | undefined;
  domain?: string | undefined;
  group?: GroupWish | undefined;
  /** User name or e-mail of a test person; null: nobody. */
  follow?: string | null | undefined;
  /** 1 to 720. */
  followHours?: number | undefined;
}

const HOUR = 3_600_000;
const YEAR_HOURS = 8_760;
const MONTH_HOURS = 720;
/** Nobody has mail there (RFC 2606 §2). */
const DOMAIN = "example.invalid";
/** Within which a joiner is to have access, and a leaver none. */
const FOLLOW_HOURS = 4;

export const UNSET: Omit<DrillSettingsRow, "application" | "label" | "setAt" | "setBy"> = {
  active: false,
  everyHours: null,
  domain: DOMAIN,
  groupWish: { kind: "none" },
  follow: null,
  followHours: FOLLOW_HOURS,
};

const isWhole = (value: number, most: number): boolean =>
  Number.isInteger(value) && value >= 1 && value <= most;

/** RFC 1035 §2.3.1, labels that may begin with a digit (RFC 1123 §2.1). */
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/u;
const isDomain = (text: string): boolean =>
  text.length <= 200 && text.includes(".") && text.split(".").every((label) => LABEL.test(label));

const isName = (text: string): boolean => text.trim() !== "" && text.length <= 300 && !text.includes("\0");

function checked(row: Omit<DrillSettingsRow, "setAt" | "setBy">) {
  const refuse = (message: string): never => {
    throw new DrillProblem("bad-setting", message);
  };
  if (row.everyHours !== null && !isWhole(row.everyHours, YEAR_HOURS))
    refuse(`Drills are run every 1 to ${YEAR_HOURS} hours, or by hand.`);
  if (!isDomain(row.domain)) refuse(`"${row.domain}" is no domain, like example.invalid.`);
  if (row.groupWish.kind === "named" && !isName(row.groupWish.name))
    refuse("A group's name has 1 to 300 characters.");
  if (row.follow !== null && !isName(row.follow)) refuse("A user name has 1 to 300 characters.");
  if (!isWhole(row.followHours, MONTH_HOURS))
    refuse(`Overdue is what takes more than 1 to ${MONTH_HOURS} hours.`);
  return row;
}

/** When the schedule has its next drill: a whole interval after it was set. */
function nextRun(
  was: typeof UNSET,
  { active, everyHours }: typeof UNSET,
  known: number | null,
): number | null {
  if (!active || everyHours === null) return null;
  if (known !== null && was.active && everyHours === was.everyHours) return known;
  return Date.now() + everyHours * HOUR;
}

const kept = ({ active, everyHours, domain, groupWish, follow, followHours }: typeof UNSET) => ({
  active,
  everyHours,
  domain,
  group: groupWish,
  follow,
  followHours,
});

/**
 * Where drills are switched on, a test account is made at the application at each of them, and taken away again.
 * @param label of the application, in any spelling.
 * @throws {DrillProblem} for what can't be set, and where there is no connection that may write; {@link AccessProblem}
 */
export async function setDrills(
  db: Db,
  workspace: string,
  by: Caller,
  label: string,
  change: DrillsChange,
): Promise<void> {
  const application = applicationNamed(label);
  await act({ db, workspace, by }, "operate", "set-drills", async (sql) => {
    const [before] = await readDrillSettings(sql, workspace, application);
    const [turn] = await readDrillTurns(sql, workspace, application);
    const was = before ?? { ...UNSET, application, label };
    const { group: groupWish = was.groupWish, ...rest } = change;
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const row = checked({
      ...was,
      ...given,
      groupWish,
      domain: (change.domain ?? was.domain).trim().toLowerCase(),
      follow: change.follow === undefined ? was.follow : (change.follow?.trim() ?? null),
      application,
      label: before?.label ?? label.trim(),
    });
    if (row.active) {
      const [connection] = await readScimConnections(sql, workspace, [application]);
      if (connection?.writes !== true)
        throw new DrillProblem(
          "no-connection",
          `Drills make a test account at ${label} by SCIM: an admin first sets a SCIM connection that allows writing, on the application's page.`,
        );
    }
    const nothing = before !== undefined && JSON.stringify(kept(was)) === JSON.stringify(kept(row));
    const done = { result: undefined, object: label, before: kept(was), after: kept(row), nothing };
    if (nothing) return done;
    const now = Date.now();
    await storeDrillSettings(sql, workspace, { ...row, setBy: by.actor.name });
    const isOther = row.follow !== was.follow;
    await storeDrillTurn(sql, workspace, application, {
      nextRunAt: nextRun(was, row, turn?.nextRunAt ?? null),
      askedBy: null,
      ...(isOther ? { lookAt: row.follow === null ? null : now, followed: { since: now, kept: [] } } : {}),
    });
    return done;
  });
}
