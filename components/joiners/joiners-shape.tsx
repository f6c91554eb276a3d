/** The columns of the accounts that joiners were to get. */
import type { JoinerStatus } from "../../lib/reports/contract.ts";
import { duration } from "../format/time.ts";
import { JOINER_WORDS } from "../format/words.ts";
import type { TableShape } from "../table/columns.ts";
import { PersonLink } from "../ui/person-link.tsx";
import { State } from "../ui/state-mark.tsx";
import { Ago } from "../ui/when.tsx";
import { Took } from "./joiner-table.tsx";

const state = (value: string): string =>
  Object.hasOwn(JOINER_WORDS, value) ? JOINER_WORDS[value as JoinerStatus].word : value;

export const JOINERS: TableShape<"joiners"> = {
  report: "joiners",
  noun: ["account of joiners", "accounts of joiners"],
  key: ({ subject, joinedAt, application, account }) =>
    JSON.stringify([subject, joinedAt, application, account]),
  names: ({ identity, application, account, accountUserName }) => [
    identity.userName,
    application,
    accountUserName ?? account,
  ],
  columns: [
    {
      id: "identity.displayName",
      label: "Person",
      width: 190,
      fields: ["identity.displayName", "identity.userName"],
      cell: ({ subject, identity }) => (
        <PersonLink item subject={subject} name={identity.displayName ?? identity.userName} />
      ),
      title: ({ identity }) => identity.userName,
    },
    {
      id: "application",
      label: "Application",
      width: 130,
      filter: "values",
      cell: ({ application }) => application,
      title: ({ application }) => application,
    },
    {
      id: "accountUserName",
      label: "Account",
      width: 200,
      fields: ["accountUserName", "account"],
      cell: ({ account, accountUserName }) => accountUserName ?? account,
      title: ({ account }) => account,
    },
    {
      id: "joinedAt",
      label: "Joined",
      width: 110,
      filter: "time",
      cell: ({ joinedAt }, asOf) => <Ago at={joinedAt} asOf={asOf} />,
      title: ({ start }) => (start === "rehire" ? "came back" : undefined),
    },
    {
      id: "status",
      label: "State",
      width: 120,
      filter: "values",
      word: state,
      cell: ({ status }) => <State {...JOINER_WORDS[status]} />,
    },
    {
      id: "latency",
      label: "Took",
      width: 170,
      filter: "number",
      unit: { word: "hours", size: 3600 },
      word: (value) => duration(Number(value)),
      fields: ["latency", "openFor", "workingAt"],
      cell: (row) => <Took row={row} />,
    },
    {
      id: "lastError",
      label: "Last error",
      width: 220,
      filter: "values",
      cell: ({ lastError }) => <span className="text-soft">{lastError}</span>,
      title: ({ lastError }) => lastError ?? undefined,
    },
    {
      id: "openFor",
      label: "Waiting for",
      width: 120,
      filter: "number",
      shown: false,
      unit: { word: "hours", size: 3600 },
      word: (value) => duration(Number(value)),
      cell: ({ openFor }) => (openFor === null ? "–" : duration(openFor)),
    },
    {
      id: "workingAt",
      label: "Working since",
      width: 110,
      filter: "time",
      shown: false,
      cell: ({ workingAt }, asOf) => <Ago at={workingAt} asOf={asOf} />,
    },
  ],
};
