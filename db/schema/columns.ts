/** Columns that many tables have, and types that PostgreSQL and the program see differently. */
import { customType, date, text } from "drizzle-orm/pg-core";

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** timestamptz, in the program a number of milliseconds since 1970 (`Instant`). */
export const instant = customType<{ data: number; driverData: string }>({
  dataType: () => "timestamptz(3)",
  fromDriver: (value) => Date.parse(value),
  toDriver: (value) => new Date(value).toISOString(),
});

export const workspaceId = () => text("workspace_id").notNull();

/**
 * Of a record or a segment of records: the first day of the UTC month in which the first event lies. `-infinity` where it
 * stands in the one partition of all that has none of its own (db/log/month.ts).
 */
export const month = () => date("month").notNull().default("-infinity");
