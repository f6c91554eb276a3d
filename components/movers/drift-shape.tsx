/** The columns of the groups and roles that moves left behind, or that provisioning never gave. */
import type { MoverRow } from "../../lib/reports/contract.ts";
import { DRIFT_WORDS, PROVENANCE_WORDS, wordIn } from "../format/words.ts";
import type { TableShape } from "../table/columns.ts";
import { APPLICATION, PERSON, textColumn, timeColumn } from "../table/common-columns.tsx";
import { EventLink } from "../ui/event-link.tsx";
import { State } from "../ui/state-mark.tsx";

const kind = (value: string): string => wordIn(DRIFT_WORDS, value);
const madeBy = (value: string): string => wordIn(PROVENANCE_WORDS, value);

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
    PERSON,
    APPLICATION,
    textColumn("entitlement", "Group or role", 180),
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
    timeColumn("movedAt", "Moved"),
    {
      id: "provenance",
      label: "Granted by",
      width: 120,
      filter: "values",
      word: madeBy,
      cell: ({ provenance, eventId }) => <EventLink id={eventId}>{madeBy(provenance)}</EventLink>,
    },
    timeColumn("grantedAt", "Granted"),
    timeColumn("removedAt", "Gone"),
    textColumn("account", "Account", 180, { shown: false }),
  ],
};
