/** The columns of the accounts of leavers. */
import type { LeaverStatus } from "../../lib/reports/contract.ts";
import { STEP_WORDS, TRIGGER_WORDS, wordIn } from "../format/words.ts";
import type { TableShape } from "../table/columns.ts";
import {
  ACCOUNT,
  APPLICATION,
  IN_HOURS,
  LAST_ERROR,
  openForColumn,
  PERSON,
  textColumn,
  timeColumn,
} from "../table/common-columns.tsx";
import { State } from "../ui/state-mark.tsx";
import { Access, Took } from "./steps-table.tsx";

const state = (value: string): string => wordIn(STEP_WORDS, value);
const trigger = (value: string): string => wordIn(TRIGGER_WORDS, value);
const yes = (value: string): string => (value === "true" ? "yes" : "no");

const LEAVER_WORDS: Record<LeaverStatus, string> = {
  late: "late",
  pending: "not done yet",
  "in-time": "done in time",
};
const leaver = (value: string): string => wordIn(LEAVER_WORDS, value);

export const STEPS: TableShape<"offboarding"> = {
  report: "offboarding",
  noun: ["account of leavers", "accounts of leavers"],
  key: ({ subject, leftAt, application, account }) => JSON.stringify([subject, leftAt, application, account]),
  names: ({ identity, application, account, accountUserName }) => [
    identity.userName,
    application,
    accountUserName ?? account,
  ],
  columns: [
    PERSON,
    APPLICATION,
    ACCOUNT,
    timeColumn("leftAt", "Left", { title: (row) => trigger(row.trigger) }),
    {
      id: "status",
      label: "State",
      width: 130,
      filter: "values",
      word: state,
      cell: ({ status }) => <State {...STEP_WORDS[status]} />,
    },
    {
      id: "latency",
      label: "Took",
      width: 160,
      ...IN_HOURS,
      fields: ["latency", "openFor", "endedAt", "breached"],
      cell: (row) => <Took row={row} />,
    },
    {
      id: "lastAccessAfterLeavingAt",
      label: "Access after leaving",
      width: 160,
      filter: "time",
      fields: ["accessAfterLeaving", "lastAccessAfterLeavingAt"],
      cell: (row, asOf) => <Access row={row} asOf={asOf} />,
    },
    LAST_ERROR,
    openForColumn("Open for"),
    {
      id: "breached",
      label: "Past the SLA",
      width: 110,
      filter: "values",
      shown: false,
      word: yes,
      cell: ({ breached }) => yes(String(breached)),
    },
    {
      id: "leaverStatus",
      label: "Leaver",
      width: 120,
      filter: "values",
      shown: false,
      word: leaver,
      cell: ({ leaverStatus }) => LEAVER_WORDS[leaverStatus],
    },
    {
      id: "trigger",
      label: "Left by",
      width: 190,
      filter: "values",
      shown: false,
      word: trigger,
      cell: (row) => trigger(row.trigger),
    },
    textColumn("department", "Department", 150, { shown: false }),
    textColumn("customer", "Customer", 130, { shown: false }),
    textColumn("source", "Source", 130, { shown: false }),
  ],
};
