/** The columns of the accounts. */
import type { Provenance } from "../../lib/reports/contract.ts";
import { PROVENANCE_WORDS, plain } from "../format/words.ts";
import type { TableShape } from "../table/columns.ts";
import { EventLink } from "../ui/event-link.tsx";
import { PersonLink } from "../ui/person-link.tsx";
import { State } from "../ui/state-mark.tsx";
import { Ago } from "../ui/when.tsx";

const madeBy = (value: string): string =>
  Object.hasOwn(PROVENANCE_WORDS, value) ? PROVENANCE_WORDS[value as Provenance] : plain(value);

export const ACCOUNTS: TableShape<"accounts"> = {
  report: "accounts",
  noun: ["account", "accounts"],
  key: ({ application, account, subject }) => JSON.stringify([application, account, subject]),
  names: ({ application, userName, account }) => [application, userName ?? account],
  columns: [
    {
      id: "application",
      label: "Application",
      width: 130,
      filter: "values",
      cell: ({ application }) => application,
      title: ({ application }) => application,
    },
    {
      id: "userName",
      label: "Account",
      width: 220,
      fields: ["userName", "account"],
      cell: ({ userName, account }) => userName ?? account,
      title: ({ account }) => account,
    },
    {
      id: "identity",
      label: "Person",
      width: 220,
      filter: "values",
      cell: ({ subject, identity }) => (
        <PersonLink item subject={subject} name={identity ?? "nobody known"} />
      ),
      title: ({ identity }) => identity ?? undefined,
    },
    {
      id: "active",
      label: "State",
      width: 100,
      filter: "values",
      word: (value) => (value === "true" ? "Active" : "Inactive"),
      cell: ({ active }) => <State tone={active ? "good" : "none"} word={active ? "Active" : "Inactive"} />,
    },
    {
      id: "provenance",
      label: "Made by",
      width: 120,
      filter: "values",
      word: madeBy,
      cell: ({ provenance, provenanceEventId }) => (
        <EventLink id={provenanceEventId}>{madeBy(provenance)}</EventLink>
      ),
    },
    {
      id: "createdAt",
      label: "Made",
      width: 110,
      filter: "time",
      cell: ({ createdAt }, asOf) => <Ago at={createdAt} asOf={asOf} />,
    },
    {
      id: "lastActivityAt",
      label: "Last sign-in",
      width: 110,
      filter: "time",
      cell: ({ lastActivityAt }, asOf) => <Ago at={lastActivityAt} asOf={asOf} />,
    },
    {
      id: "entitlements",
      label: "Groups and roles",
      width: 220,
      filter: "values",
      cell: ({ entitlements }) => <span className="text-soft">{entitlements.join(", ")}</span>,
      title: ({ entitlements }) => entitlements.join(", "),
    },
    {
      id: "account",
      label: "Id",
      width: 160,
      shown: false,
      cell: ({ account }) => account,
      title: ({ account }) => account,
    },
    {
      id: "lastEventAt",
      label: "Last event",
      width: 110,
      shown: false,
      filter: "time",
      cell: ({ lastEventAt }, asOf) => <Ago at={lastEventAt} asOf={asOf} />,
    },
  ],
};
