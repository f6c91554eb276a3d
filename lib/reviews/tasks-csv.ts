/** Tasks as a file for whoever does them. */
import { stringify } from "csv-stringify/sync";
import { neutralised } from "../reports/csv-text.ts";
import type { ReviewTask } from "./contract.ts";

const COLUMNS: readonly (keyof ReviewTask)[] = [
  "item",
  "todo",
  "application",
  "account",
  "userName",
  "person",
  "entitlements",
  "reason",
  "decidedBy",
  "decidedAt",
  "state",
  "age",
];

/** A header line, then a line a task. A text that a spreadsheet would run as a formula gets a leading apostrophe. */
export function tasksCsv(tasks: readonly ReviewTask[]): string {
  return stringify([...tasks], {
    header: true,
    columns: [...COLUMNS],
    cast: {
      string: neutralised,
      object: (value: object) => neutralised(Array.isArray(value) ? value.join("; ") : JSON.stringify(value)),
    },
  });
}
