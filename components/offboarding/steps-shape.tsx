/** The columns of the accounts of leavers. */
import type { LeaverStatus, LeaverTrigger, StepStatus } from "../../lib/reports/contract.ts";
import { duration } from "../format/time.ts";
import { STEP_WORDS, TRIGGER_WORDS } from "../format/words.ts";
import type { TableShape } from "../table/columns.ts";
import { PersonLink } from "../ui/person-link.tsx";
import { State } from "../ui/state-mark.tsx";
import { Ago } from "../ui/when.tsx";
import { Access, Took } from "./steps-table.tsx";

const state = (value: string): string =>
  Object.hasOwn(STEP_WORDS, value) ? STEP_WORDS[value as StepStatus].word : value;
const trigger = (value: string): string =>
  Object.hasOwn(TRIGGER_WORDS, value) ? TRIGGER_WORDS[value as LeaverTrigger] : value;
const yes = (value: string): string => (value === "true" ? "yes" : "no");

const LEAVER_WORDS: Record<LeaverStatus, string> = {
  late: "late",
  pending: "not done yet",
  "in-time": "done in time",
};
const leaver = (value: string): string =>
  Object.hasOwn(LEAVER_WORDS, value) ? LEAVER_WORDS[value as LeaverStatus] : value;

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
      id: "leftAt",
      label: "Left",
      width: 110,
      filter: "time",
      cell: ({ leftAt }, asOf) => <Ago at={leftAt} asOf={asOf} />,
      title: (row) => trigger(row.trigger),
    },
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
      filter: "number",
      unit: { word: "hours", size: 3600 },
      word: (value) => duration(Number(value)),
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
      label: "Open for",
      width: 120,
      filter: "number",
      shown: false,
      unit: { word: "hours", size: 3600 },
      word: (value) => duration(Number(value)),
      cell: ({ openFor }) => (openFor === null ? "–" : duration(openFor)),
    },
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
    {
      id: "department",
      label: "Department",
      width: 150,
      filter: "values",
      shown: false,
      cell: ({ department }) => department,
      title: ({ department }) => department ?? undefined,
    },
    {
      id: "customer",
      label: "Customer",
      width: 130,
      filter: "values",
      shown: false,
      cell: ({ customer }) => customer,
      title: ({ customer }) => customer ?? undefined,
    },
    {
      id: "source",
      label: "Source",
      width: 130,
      filter: "values",
      shown: false,
      cell: ({ source }) => source,
      title: ({ source }) => source ?? undefined,
    },
  ],
};
