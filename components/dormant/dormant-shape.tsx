/** The columns of the accounts that should not be active. */
import type { DormantStatus } from "../../lib/reports/contract.ts";
import { plural } from "../format/number.ts";
import { DORMANT_WORDS } from "../format/words.ts";
import type { TableShape } from "../table/columns.ts";
import { PersonLink } from "../ui/person-link.tsx";
import { State } from "../ui/state-mark.tsx";
import { Ago } from "../ui/when.tsx";

const why = (value: string): string =>
  Object.hasOwn(DORMANT_WORDS, value) ? DORMANT_WORDS[value as DormantStatus].word : value;

export const DORMANT: TableShape<"dormant"> = {
  report: "dormant",
  noun: ["account", "accounts"],
  key: ({ application, account, subject }) => JSON.stringify([application, account, subject]),
  names: ({ application, userName, account }) => [application, userName ?? account],
  columns: [
    {
      id: "userName",
      label: "Account",
      width: 240,
      fields: ["userName", "account"],
      cell: ({ subject, userName, account }) => (
        <PersonLink item subject={subject} name={userName ?? account} />
      ),
      title: ({ account }) => account,
    },
    {
      id: "application",
      label: "Application",
      width: 150,
      filter: "values",
      cell: ({ application }) => application,
      title: ({ application }) => application,
    },
    {
      id: "status",
      label: "Why",
      width: 130,
      filter: "values",
      word: why,
      cell: ({ status }) => <State {...DORMANT_WORDS[status]} />,
      title: ({ status }) => DORMANT_WORDS[status].means,
    },
    {
      id: "lastActivityAt",
      label: "Last sign-in",
      width: 130,
      filter: "time",
      cell: ({ lastActivityAt }, asOf) => <Ago at={lastActivityAt} asOf={asOf} />,
    },
    {
      id: "idleDays",
      label: "Idle",
      width: 110,
      right: true,
      filter: "number",
      unit: { word: "days", size: 1 },
      word: (value) => plural(Number(value), "day"),
      cell: ({ idleDays }) =>
        idleDays === null ? <span className="text-soft">unknown</span> : plural(idleDays, "day"),
    },
  ],
};
