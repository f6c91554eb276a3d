/** Columns that the tables of several reports have. */
import { duration } from "../format/time.ts";
import { ApplicationLink } from "../ui/application-link.tsx";
import { PersonLink } from "../ui/person-link.tsx";
import { Ago } from "../ui/when.tsx";
import type { TableColumn } from "./columns.ts";

/** What a table may say otherwise of a column. */
type Own<Row> = Partial<TableColumn<Row>>;

/** Somebody whom a source of truth knows, leading to everything known of them. */
export const PERSON: TableColumn<{
  subject: string | null;
  identity: { displayName: string | null; userName: string };
}> = {
  id: "identity.displayName",
  label: "Person",
  width: 190,
  fields: ["identity.displayName", "identity.userName"],
  cell: ({ subject, identity }) => (
    <PersonLink item subject={subject} name={identity.displayName ?? identity.userName} />
  ),
  title: ({ identity }) => identity.userName,
};

export const APPLICATION: TableColumn<{ application: string | null }> = {
  id: "application",
  label: "Application",
  width: 130,
  filter: "values",
  cell: ({ application }) => <ApplicationLink name={application} />,
  title: ({ application }) => application ?? undefined,
};

/** The person's account at an application: its name there, the id on hover. */
export const ACCOUNT: TableColumn<{ account: string; accountUserName: string | null }> = {
  id: "accountUserName",
  label: "Account",
  width: 200,
  fields: ["accountUserName", "account"],
  cell: ({ account, accountUserName }) => accountUserName ?? account,
  title: ({ account }) => account,
};

export const LAST_ERROR: TableColumn<{ lastError: string | null }> = {
  id: "lastError",
  label: "Last error",
  width: 220,
  filter: "values",
  cell: ({ lastError }) => <span className="text-soft">{lastError}</span>,
  title: ({ lastError }) => lastError ?? undefined,
};

/** How a column of seconds is filtered: people ask in hours, and read a duration. */
export const IN_HOURS = {
  filter: "number",
  unit: { word: "hours", size: 3600 },
  word: (value: string) => duration(Number(value)),
} as const;

/** How long it has gone on; shown when somebody asks for it. */
export const openForColumn = (label: string): TableColumn<{ openFor: number | null }> => ({
  id: "openFor",
  label,
  width: 120,
  ...IN_HOURS,
  shown: false,
  cell: ({ openFor }) => (openFor === null ? "–" : duration(openFor)),
});

/** A moment, told from the report's own. */
export const timeColumn = <K extends string, Row extends Record<K, string | null>>(
  id: K,
  label: string,
  own: Own<Row> = {},
): TableColumn<Row> => ({
  id,
  label,
  width: 110,
  filter: "time",
  cell: (row, asOf) => <Ago at={row[id]} asOf={asOf} />,
  ...own,
});

/** A text as it is, whole on hover. */
export const textColumn = <K extends string, Row extends Record<K, string | null>>(
  id: K,
  label: string,
  width: number,
  own: Own<Row> = {},
): TableColumn<Row> => ({
  id,
  label,
  width,
  filter: "values",
  cell: (row) => row[id],
  title: (row) => row[id] ?? undefined,
  ...own,
});
