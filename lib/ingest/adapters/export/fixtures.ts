/** Rows of a user export as the framing of tables hands them over, for tests. */
import type { Cell } from "../table.ts";
import type { ExportField, ExportRow } from "./columns.ts";

export const ROW: ExportRow = {
  $export: 1,
  application: "Team Chat",
  said: "2026-04-01T06:00:00Z",
  columns: {
    id: "U-17",
    userName: "alice",
    email: "alice@larkspur.example",
    displayName: "Alice Example",
    status: "Active",
    roles: "Admin; Billing",
    groups: "Chemists, Research",
    createdAt: "2026-01-05T09:05:02Z",
    lastActivityAt: "2026-03-30T16:20:00Z",
  },
};

/** @param differs replaces cells; a cell that is undefined is one that the export has no column for. */
export function row(
  differs: { [field in ExportField]?: Cell | undefined } = {},
  said: string | null = ROW.said,
): ExportRow {
  const cells = Object.entries({ ...ROW.columns, ...differs });
  const columns = Object.fromEntries(
    cells.filter((entry): entry is [string, Cell] => entry[1] !== undefined),
  );
  return { ...ROW, said, columns };
}
