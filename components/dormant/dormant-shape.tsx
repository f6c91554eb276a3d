import { plural } from "../format/number.ts";
import { DORMANT_WORDS, wordIn } from "../format/words.ts";
import type { TableShape } from "../table/columns.ts";
import { APPLICATION, timeColumn } from "../table/common-columns.tsx";
import { PersonLink } from "../ui/person-link.tsx";
import { State } from "../ui/state-mark.tsx";

const why = (value: string): string => wordIn(DORMANT_WORDS, value);

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
    { ...APPLICATION, width: 150 },
    {
      id: "status",
      label: "Why",
      width: 130,
      filter: "values",
      word: why,
      cell: ({ status }) => <State {...DORMANT_WORDS[status]} />,
      title: ({ status }) => DORMANT_WORDS[status].means,
    },
    timeColumn("lastActivityAt", "Last sign-in", { width: 130 }),
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
