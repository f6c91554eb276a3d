import { JOINER_WORDS, wordIn } from "../format/words.ts";
import type { TableShape } from "../table/columns.ts";
import {
  ACCOUNT,
  APPLICATION,
  IN_HOURS,
  LAST_ERROR,
  openForColumn,
  PERSON,
  timeColumn,
} from "../table/common-columns.tsx";
import { State } from "../ui/state-mark.tsx";
import { Took } from "./joiner-table.tsx";

const state = (value: string): string => wordIn(JOINER_WORDS, value);

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
    PERSON,
    APPLICATION,
    ACCOUNT,
    timeColumn("joinedAt", "Joined", {
      title: ({ start }) => (start === "rehire" ? "came back" : undefined),
    }),
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
      ...IN_HOURS,
      fields: ["latency", "openFor", "workingAt"],
      cell: (row) => <Took row={row} />,
    },
    LAST_ERROR,
    openForColumn("Waiting for"),
    timeColumn("workingAt", "Working since", { shown: false }),
  ],
};
