/** The columns of a review's items: the facts that decide. */
import { createContext, useContext } from "react";
import type { ReviewItemRow } from "../../lib/reviews/contract.ts";
import { PROVENANCE_WORDS } from "../format/words.ts";
import {
  DECISION_WORDS,
  FLAG_WORDS,
  ITEM_STATE_WORDS,
  itemName,
  KIND_WORDS,
  peerWords,
  personName,
  SINCE_WORDS,
  wordIn,
} from "../reviews/words.ts";
import type { RowShape } from "../table/columns.ts";
import { Ago } from "../ui/when.tsx";
import { fitsState } from "./acts.ts";
import { Before, Decided, Flags, Granted, ItemStateOf, LastUse, Since } from "./item-facts.tsx";

/** Opens the panel of an item. */
export const OpenItem = createContext<(row: ReviewItemRow) => void>(() => {});

function ItemButton({ row }: { row: ReviewItemRow }) {
  const open = useContext(OpenItem);
  return (
    <button
      type="button"
      data-item=""
      tabIndex={-1}
      className="link max-w-full truncate text-left"
      onClick={() => open(row)}
    >
      {itemName(row)}
    </button>
  );
}

const driftWords = ({ drift }: ReviewItemRow): string =>
  drift.map(({ entitlement }) => entitlement).join(", ");
const grantWords = ({ entitlements }: ReviewItemRow): string =>
  entitlements.map(({ name }) => name).join(", ");

export const ITEMS: RowShape<ReviewItemRow> = {
  report: "review",
  noun: ["item", "items"],
  key: ({ item }) => item,
  names: (row) => [row.application, itemName(row)],
  fits: fitsState,
  columns: [
    {
      id: "userName",
      label: "Account",
      width: 160,
      fields: ["userName", "account"],
      cell: (row) => <ItemButton row={row} />,
      title: ({ account }) => account,
    },
    {
      id: "decision",
      label: "Decision",
      width: 105,
      filter: "values",
      word: wordIn(DECISION_WORDS),
      cell: (row) => <Decided row={row} />,
      title: ({ reason }) => reason ?? undefined,
    },
    {
      id: "identity.displayName",
      label: "Person",
      width: 125,
      fields: ["identity.displayName", "identity.userName", "identity.department", "identity.title"],
      cell: (row) => personName(row),
      title: ({ identity }) =>
        [identity.displayName, identity.userName, identity.title, identity.department]
          .filter((part) => part !== null)
          .join(", ") || undefined,
    },
    {
      id: "application",
      label: "Application",
      width: 95,
      filter: "values",
      cell: ({ application }) => application,
      title: ({ application }) => application,
    },
    {
      id: "flags",
      label: "Flags",
      width: 130,
      filter: "values",
      word: wordIn(FLAG_WORDS),
      cell: (row) => <Flags row={row} />,
      title: ({ flags }) =>
        flags.map((flag) => `${FLAG_WORDS[flag].word}: ${FLAG_WORDS[flag].means}`).join("\n") || undefined,
    },
    {
      id: "lastActivityAt",
      label: "Last use",
      width: 110,
      filter: "time",
      cell: (row, asOf) => <LastUse row={row} asOf={asOf} />,
      title: ({ activityKnown }) => (activityKnown ? undefined : "The application tells of no sign-ins."),
    },
    {
      id: "provenance",
      label: "Granted",
      width: 165,
      filter: "values",
      word: wordIn(PROVENANCE_WORDS),
      fields: ["provenance", "createdAt"],
      cell: (row, asOf) => (
        <>
          <Granted row={row} />{" "}
          <span className="text-soft">
            <Ago at={row.createdAt} asOf={asOf} />
          </span>
        </>
      ),
    },
    {
      id: "drift",
      label: "Drift",
      width: 110,
      filter: "values",
      cell: (row) => driftWords(row) || <span className="text-soft">–</span>,
      title: ({ drift }) =>
        drift
          .map(({ entitlement, change }) => (change === null ? entitlement : `${entitlement}: ${change}`))
          .join("\n") || undefined,
    },
    {
      id: "peers.have",
      label: "Peers",
      width: 75,
      cell: ({ peers }) =>
        peers === null ? <span className="text-soft">–</span> : `${peers.have} of ${peers.people}`,
      title: (row) => peerWords(row) ?? "Nobody of the same department and title to compare with.",
    },
    {
      id: "previous.decision",
      label: "Last review",
      width: 125,
      filter: "values",
      word: wordIn(DECISION_WORDS),
      fields: ["previous.decision", "previous.at", "since"],
      cell: (row) => <Before row={row} />,
      title: ({ previous }) => previous?.reviewName,
    },
    {
      id: "since",
      label: "Against before",
      width: 105,
      filter: "values",
      word: wordIn(SINCE_WORDS),
      shown: false,
      cell: (row) => <Since row={row} />,
    },
    {
      id: "createdAt",
      label: "Since",
      width: 105,
      filter: "time",
      shown: false,
      cell: ({ createdAt }, asOf) => <Ago at={createdAt} asOf={asOf} />,
    },
    {
      id: "entitlements",
      label: "Groups and roles",
      width: 180,
      filter: "values",
      shown: false,
      cell: (row) => <span className="text-soft">{grantWords(row)}</span>,
      title: (row) => grantWords(row) || undefined,
    },
    {
      id: "reason",
      label: "Reason",
      width: 150,
      shown: false,
      cell: ({ reason }) => reason ?? <span className="text-soft">–</span>,
      title: ({ reason }) => reason ?? undefined,
    },
    {
      id: "state",
      label: "State",
      width: 100,
      filter: "values",
      word: wordIn(ITEM_STATE_WORDS),
      shown: false,
      cell: (row) => <ItemStateOf row={row} />,
    },
    {
      id: "reviewer.name",
      label: "Reviewer",
      width: 130,
      filter: "values",
      shown: false,
      cell: ({ reviewer }) => reviewer.name,
    },
    {
      id: "kind",
      label: "Kind",
      width: 95,
      filter: "values",
      word: wordIn(KIND_WORDS),
      shown: false,
      cell: ({ kind }) => KIND_WORDS[kind],
    },
    {
      id: "identity.department",
      label: "Department",
      width: 120,
      filter: "values",
      shown: false,
      cell: ({ identity }) => identity.department ?? <span className="text-soft">–</span>,
    },
    {
      id: "identity.title",
      label: "Title",
      width: 120,
      filter: "values",
      shown: false,
      cell: ({ identity }) => identity.title ?? <span className="text-soft">–</span>,
    },
  ],
};
