/** The table of findings. */
import { DIFFERENCE_WORDS, FAILURE_STATE_WORDS, wordIn } from "../format/words.ts";
import type { TableShape } from "../table/columns.ts";
import { APPLICATION, timeColumn } from "../table/common-columns.tsx";
import { EventLink } from "../ui/event-link.tsx";
import { PersonLink } from "../ui/person-link.tsx";
import { State } from "../ui/state-mark.tsx";

export const RECONCILIATION: TableShape<"reconciliation"> = {
  report: "reconciliation",
  noun: ["finding", "findings"],
  key: ({ id, openedAt }) => `${id} ${openedAt}`,
  names: ({ application, userName, account, kind }) => [application, userName ?? account, kind],
  columns: [
    {
      id: "userName",
      label: "Account",
      width: 220,
      fields: ["userName", "account"],
      cell: ({ subject, userName, account }) => (
        <PersonLink item subject={subject} name={userName ?? account} />
      ),
      title: ({ account }) => account,
    },
    { ...APPLICATION, width: 130 },
    {
      id: "kind",
      label: "Finding",
      width: 190,
      filter: "values",
      word: (value) => wordIn(DIFFERENCE_WORDS, value),
      cell: ({ kind }) => <State {...DIFFERENCE_WORDS[kind]} />,
      title: ({ kind }) => DIFFERENCE_WORDS[kind].means,
    },
    {
      id: "what",
      label: "What",
      width: 120,
      filter: "values",
      cell: ({ what }) => what ?? <span className="text-soft">the account</span>,
      title: ({ what }) => what ?? undefined,
    },
    {
      id: "expected",
      label: "Should be",
      width: 120,
      fields: ["expected", "expectedEventId"],
      cell: ({ expected, expectedEventId }) => <EventLink id={expectedEventId}>{expected}</EventLink>,
      title: ({ expected }) => expected,
    },
    {
      id: "found",
      label: "Is",
      width: 120,
      fields: ["found", "foundEventId"],
      cell: ({ found, foundEventId }) => <EventLink id={foundEventId}>{found}</EventLink>,
      title: ({ found }) => found,
    },
    timeColumn("openedAt", "Since", { width: 110 }),
    timeColumn("closedAt", "Closed", { width: 110, shown: false }),
    {
      id: "state",
      label: "State",
      width: 130,
      filter: "values",
      word: (value) => wordIn(FAILURE_STATE_WORDS, value),
      cell: ({ state }) => <State {...FAILURE_STATE_WORDS[state]} />,
      title: ({ notes }) => notes.at(-1)?.text,
    },
    {
      id: "owner",
      label: "Owner",
      width: 120,
      filter: "values",
      cell: ({ owner }) => owner ?? <span className="text-soft">–</span>,
    },
  ],
};
