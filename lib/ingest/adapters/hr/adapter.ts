/** Rows of an HR file: who is employed, since when, and until when. docs/formats/hr.md. */
import type { Instant, NormalEvent, PersonRef } from "../../event.ts";
import { type Adapter, RecordError } from "../adapter.ts";
import { dateReader, endOf, isMeant, type ReadTime } from "../dates.ts";
import { attributesOf, eventOf } from "../normal.ts";
import { type JsonObject, member, objectOf, requiredObject, shown, textOf } from "../read.ts";
import { type HrField, hrTable } from "./columns.ts";

const EMPLOYED = new Set(
  "active employed current enabled working leave onleave leaveofabsence loa parentalleave maternityleave sabbatical suspended probation notice onnotice noticeperiod gardenleave gardeningleave".split(
    " ",
  ),
);
const GONE = new Set(
  "inactive terminated termed left leaver gone former ex exemployee resigned retired dismissed deceased separated exited departed notemployed unemployed ended disabled".split(
    " ",
  ),
);

const NAMES = { startDate: "start date", endDate: "end date", updatedAt: "time of the last change" } as const;
type DateField = keyof typeof NAMES;

const cellOf = (columns: JsonObject | null, field: HrField): string | null =>
  textOf(member(columns, field))?.trim() ?? null;

function personOf(columns: JsonObject | null): PersonRef {
  const [userName, email] = [cellOf(columns, "userName"), cellOf(columns, "email")];
  // A file without employee ids still has one line a person: its name is then its id.
  const id = cellOf(columns, "employeeId") ?? (userName ?? email)?.toLowerCase() ?? null;
  if (id === null) {
    throw new RecordError("The row names nobody: its employee id, user name and e-mail are empty.");
  }
  return {
    id,
    externalId: null,
    userName: userName ?? email,
    email,
    displayName: cellOf(columns, "displayName"),
  };
}

/** Whether the status says that the person is gone; false where it says employed, or leaves it to the end date. */
function isGone(columns: JsonObject | null): boolean {
  const status = cellOf(columns, "status");
  if (status === null) return false;
  const word = status.toLowerCase().replace(/[^a-z]/gu, "");
  if (GONE.has(word)) return true;
  if (EMPLOYED.has(word) || member(columns, "endDate") !== null) return false;
  throw new RecordError(
    `The status ${shown(status)} does not say whether the person is employed, and the file has no end dates. Known are, among others, Active, On leave, Terminated, Inactive.`,
  );
}

/** The moment at which a row was said. */
function saidOf(
  own: ReadTime | null,
  given: unknown,
  read: (cell: string, field: string) => ReadTime,
): Instant {
  if (own !== null) return own.at;
  const text = textOf(given);
  if (text !== null) return read(text, "time given for the file").at;
  throw new RecordError(
    "The row does not tell when it was said: name the column of its last change with --map updatedAt=COLUMN, or the file's time with --at.",
  );
}

export const hr: Adapter = {
  format: "hr",
  label: "HR file",
  tables: [hrTable],

  detect(value) {
    const record = objectOf(value);
    return member(record, "$hr") === 1 && objectOf(member(record, "columns")) !== null;
  },

  parse(value) {
    const record = requiredObject(value);
    const columns = objectOf(member(record, "columns"));
    const person = personOf(columns);
    const fields = Object.keys(NAMES) as DateField[];
    const cells = fields.map((field) => cellOf(columns, field));
    const read = dateReader(cells.filter((cell) => cell !== null));
    const dateOf = (field: DateField): ReadTime | null => {
      const cell = cellOf(columns, field);
      return cell === null ? null : read(cell, NAMES[field]);
    };
    const at = saidOf(dateOf("updatedAt"), member(record, "said"), read);
    const [startDate, endDate] = [dateOf("startDate"), dateOf("endDate")];
    const start = startDate !== null && isMeant(startDate) ? startDate.at : null;
    const gone = isGone(columns);
    const end = endDate !== null && isMeant(endDate) ? endOf(endDate) : gone ? at : null;

    const common = {
      nativeId: null,
      nativeType: "employee",
      at,
      layer: "directory",
      object: "user",
      person,
    } as const;
    const events: NormalEvent[] = [
      eventOf({
        ...common,
        operation: "update",
        outcome: "success",
        active: end === null || end > at ? true : null,
        attributes: attributesOf((name) => cellOf(columns, name)),
      }),
    ];
    if (start !== null) {
      const begun = start <= at;
      events.push(
        eventOf({
          ...common,
          at: begun ? start : at,
          operation: "create",
          outcome: begun ? "success" : "pending",
          detail: begun ? null : "schedule",
          effectiveAt: start,
        }),
      );
    }
    if (end !== null) {
      const over = end <= at;
      events.push(
        eventOf({
          ...common,
          operation: "deactivate",
          outcome: over ? "success" : "pending",
          detail: over ? "termination" : "schedule",
          active: over ? false : null,
          effectiveAt: end,
        }),
      );
    }
    return events;
  },
};
