/** The columns of the groups and roles that moves left behind, or that provisioning never gave. */
import type { DriftKind, MoverRow, Provenance } from "../../lib/reports/contract.ts";
import { DRIFT_WORDS, PROVENANCE_WORDS } from "../format/words.ts";
import type { TableShape } from "../table/columns.ts";
import { EventLink } from "../ui/event-link.tsx";
import { PersonLink } from "../ui/person-link.tsx";
import { State } from "../ui/state-mark.tsx";
import { Ago } from "../ui/when.tsx";

const kind = (value: string): string =>
  Object.hasOwn(DRIFT_WORDS, value) ? DRIFT_WORDS[value as DriftKind].word : value;
const madeBy = (value: string): string =>
  Object.hasOwn(PROVENANCE_WORDS, value) ? PROVENANCE_WORDS[value as Provenance] : value;

/** Whether it is still held. */
export function Held({ row }: { row: MoverRow }) {
  if (row.status === "closed") return <State tone="good" word="Gone" />;
  return <State tone={row.kind === "outside" ? "risk" : "bad"} word="Held" />;
}

export const DRIFT: TableShape<"movers"> = {
  report: "movers",
  noun: ["group or role", "groups and roles"],
  key: ({ subject, kind: why, movedAt, eventId, account, entitlement }) =>
    JSON.stringify([subject, why, movedAt, eventId, account, entitlement]),
  names: ({ identity, application, entitlement }) => [identity.userName, application, entitlement],
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
      id: "entitlement",
      label: "Group or role",
      width: 180,
      filter: "values",
      cell: ({ entitlement }) => entitlement,
      title: ({ entitlement }) => entitlement,
    },
    {
      id: "status",
      label: "State",
      width: 90,
      filter: "values",
      word: (value) => (value === "closed" ? "Gone" : "Held"),
      cell: (row) => <Held row={row} />,
    },
    {
      id: "kind",
      label: "Why",
      width: 220,
      filter: "values",
      word: kind,
      fields: ["kind", "change"],
      cell: (row) => row.change ?? DRIFT_WORDS[row.kind].means,
      title: (row) => `${DRIFT_WORDS[row.kind].means}${row.change === null ? "" : `: ${row.change}`}`,
    },
    {
      id: "movedAt",
      label: "Moved",
      width: 110,
      filter: "time",
      cell: ({ movedAt }, asOf) => <Ago at={movedAt} asOf={asOf} />,
    },
    {
      id: "provenance",
      label: "Granted by",
      width: 120,
      filter: "values",
      word: madeBy,
      cell: ({ provenance, eventId }) => <EventLink id={eventId}>{madeBy(provenance)}</EventLink>,
    },
    {
      id: "grantedAt",
      label: "Granted",
      width: 110,
      filter: "time",
      cell: ({ grantedAt }, asOf) => <Ago at={grantedAt} asOf={asOf} />,
    },
    {
      id: "removedAt",
      label: "Gone",
      width: 110,
      filter: "time",
      cell: ({ removedAt }, asOf) => <Ago at={removedAt} asOf={asOf} />,
    },
    {
      id: "account",
      label: "Account",
      width: 180,
      filter: "values",
      shown: false,
      cell: ({ account }) => account,
      title: ({ account }) => account ?? undefined,
    },
  ],
};
