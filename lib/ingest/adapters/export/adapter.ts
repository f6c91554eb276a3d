/** Rows of an application's own user export: its accounts, their state, and when each was last used. docs/formats/export.md. */
import type { AccountRef, EntitlementRef, Instant, NormalEvent } from "../../event.ts";
import { type Adapter, RecordError } from "../adapter.ts";
import { dateReader, endOf, isMeant, type ReadTime } from "../dates.ts";
import { eventOf } from "../normal.ts";
import { type JsonObject, member, objectOf, requiredObject, shown, textOf } from "../read.ts";
import { type ExportField, exportTable } from "./columns.ts";
import { saysNothing, stateOfWord } from "./event-types.ts";

const TIMES = {
  createdAt: "time of creation",
  lastActivityAt: "time of the last activity",
  exportedAt: "time of the export",
} as const;
type TimeField = keyof typeof TIMES;

const cellOf = (columns: JsonObject | null, field: ExportField): string | null =>
  textOf(member(columns, field))?.trim() ?? null;

/** A list's texts, or a cell's: divided by semicolons, or where it has none by commas. */
function listOf(columns: JsonObject | null, field: ExportField): string[] {
  const cell = member(columns, field);
  const parts = Array.isArray(cell)
    ? cell.filter((part) => typeof part === "string")
    : typeof cell === "string"
      ? cell.split(cell.includes(";") ? ";" : ",")
      : [];
  return [...new Set(parts.map((part) => part.trim()))].filter((part) => !saysNothing(part));
}

/**
 * The account, by the name under which directories most likely know its owner: what looks like an address, for those
 * are what provisioning and HR files name people by.
 */
function accountOf(columns: JsonObject | null): { account: AccountRef; otherName: string | null } {
  const id = cellOf(columns, "id");
  const [own, email] = [cellOf(columns, "userName"), cellOf(columns, "email")];
  const userName = own?.includes("@") ? own : (email ?? own);
  if (id === null && userName === null) {
    throw new RecordError("The row names no account: its id, user name and e-mail are empty.");
  }
  const other = [own, email].find((name) => name !== null && name !== userName) ?? null;
  return { account: { id, userName, displayName: cellOf(columns, "displayName") }, otherName: other };
}

/** Whether a column for accounts that can't be used says so, by a word or by the time since when. */
function isGone(columns: JsonObject | null): boolean {
  const cell = cellOf(columns, "inactive");
  return cell !== null && !saysNothing(cell) && !/^(?:false|no|n|0)$/iu.test(cell);
}

/**
 * The state that the row asserts; null where it leaves it open. In an export without a column for it each account is
 * active: who lists accounts that nobody can use says so, and one that is taken for gone would go unnoticed.
 */
function activeOf(columns: JsonObject | null): boolean | null {
  if (isGone(columns)) return false;
  if (member(columns, "status") === null) return true;
  const status = cellOf(columns, "status");
  if (status === null || saysNothing(status)) return null;
  const state = stateOfWord(status);
  if (state !== undefined) return state;
  throw new RecordError(
    `The status ${shown(status)} does not say whether the account is active. Known are, among others, Active, Invited, Suspended, Deactivated, true, false.`,
  );
}

/** A day's last moment: the account was there by then, and a provisioning attempt of that day came before. */
const byEndOf = (time: ReadTime): Instant => (time.wholeDay ? endOf(time) - 1 : time.at);

export const userExport: Adapter = {
  format: "export",
  label: "User export",
  tables: [exportTable],

  detect(value) {
    const record = objectOf(value);
    return member(record, "$export") === 1 && objectOf(member(record, "columns")) !== null;
  },

  parse(value) {
    const record = requiredObject(value);
    const columns = objectOf(member(record, "columns"));
    const name = textOf(member(record, "application"));
    if (name === null)
      throw new RecordError("The row does not tell which application it is of: name it with --application.");
    const { account, otherName } = accountOf(columns);
    const fields = Object.keys(TIMES) as TimeField[];
    const cells = new Map(fields.map((field) => [field, cellOf(columns, field)]));
    const read = dateReader([...cells.values()].filter((cell) => cell !== null));
    const timeOf = (field: TimeField): ReadTime | null => {
      const cell = cells.get(field) ?? null;
      if (cell === null || saysNothing(cell)) return null;
      const time = read(cell, TIMES[field]);
      return isMeant(time) ? time : null;
    };
    const given = textOf(member(record, "said"));
    const said = timeOf("exportedAt") ?? (given === null ? null : read(given, "time given for the export"));
    if (said === null) {
      throw new RecordError(
        "The row does not tell when the export was made: give the time with --at, or name its column with --map exportedAt=COLUMN.",
      );
    }

    const common = {
      nativeId: null,
      layer: "application",
      outcome: "success",
      object: "user",
      application: { id: null, name },
      account,
    } as const;
    const events: NormalEvent[] = [
      eventOf({
        ...common,
        nativeType: "export.account",
        at: said.at,
        operation: "update",
        active: activeOf(columns),
      }),
    ];
    const also = (differs: Pick<NormalEvent, "nativeType" | "at" | "operation"> & Partial<NormalEvent>) =>
      events.push(eventOf({ ...common, ...differs }));

    if (account.id !== null && otherName !== null) {
      const named = { ...account, userName: otherName };
      also({ nativeType: "export.name", at: said.at, operation: "read", account: named });
    }
    const created = timeOf("createdAt");
    if (created !== null) {
      also({ nativeType: "export.created", at: Math.min(byEndOf(created), said.at), operation: "create" });
    }
    const used = timeOf("lastActivityAt");
    if (used !== null) {
      // So that the last activity is not taken for the first, at which the account would have been made.
      if (created === null) also({ nativeType: "export.known", at: used.at, operation: "read" });
      also({ nativeType: "export.activity", at: used.at, operation: "sign-in", layer: "access" });
    }
    const held = (kind: EntitlementRef["kind"], entitlement: string) => ({
      kind,
      id: null,
      name: entitlement,
    });
    for (const role of listOf(columns, "roles")) {
      also({
        nativeType: "export.role",
        at: said.at,
        operation: "role-grant",
        entitlement: held("role", role),
      });
    }
    for (const group of listOf(columns, "groups")) {
      also({
        nativeType: "export.group",
        at: said.at,
        operation: "member-add",
        entitlement: held("group", group),
      });
    }
    return events;
  },
};
