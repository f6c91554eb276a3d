import { PROVENANCE_WORDS, plain, wordIn } from "../format/words.ts";
import type { TableShape } from "../table/columns.ts";
import { APPLICATION, timeColumn } from "../table/common-columns.tsx";
import { EventLink } from "../ui/event-link.tsx";
import { PersonLink } from "../ui/person-link.tsx";
import { State } from "../ui/state-mark.tsx";

const madeBy = (value: string): string => wordIn(PROVENANCE_WORDS, value, plain(value));

export const ACCOUNTS: TableShape<"accounts"> = {
  report: "accounts",
  noun: ["account", "accounts"],
  key: ({ application, account, subject }) => JSON.stringify([application, account, subject]),
  names: ({ application, userName, account }) => [application, userName ?? account],
  columns: [
    APPLICATION,
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
    timeColumn("createdAt", "Made"),
    timeColumn("lastActivityAt", "Last sign-in"),
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
    timeColumn("lastEventAt", "Last event", { shown: false }),
  ],
};
