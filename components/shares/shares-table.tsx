/** Shared links, one row each: never the link itself, which nobody keeps. */
import type { SharesList } from "../../lib/shares/list-shares.ts";
import { count } from "../format/number.ts";
import { RevokeButton } from "../ui/revoke-button.tsx";
import { State } from "../ui/state-mark.tsx";
import { TableFrame, unseen } from "../ui/table-frame.tsx";
import { Ago, Moment } from "../ui/when.tsx";
import { SHARE_STATE_WORDS, shareState, works } from "./states.ts";

export type Share = SharesList["shares"][number];

export function SharesTable({ list, onRevoke }: { list: SharesList; onRevoke: (share: Share) => void }) {
  const { asOf, shares } = list;
  return (
    <TableFrame
      className="relative overflow-x-auto"
      heads={[
        "State",
        "Label",
        "Shows",
        "Made by",
        "Made",
        "Works until",
        { head: "Views", number: true },
        { head: "Packs", number: true },
        "Last opened",
        unseen("Revoke it"),
      ]}
    >
      {shares.map((share) => {
        const state = shareState(share, asOf);
        return (
          <tr key={share.share}>
            <td>
              <State {...SHARE_STATE_WORDS[state]} />
            </td>
            <th scope="row" className="min-w-32 [overflow-wrap:anywhere]">
              {share.label}
            </th>
            <td className="min-w-32 [overflow-wrap:anywhere]">{share.customer ?? "the whole workspace"}</td>
            <td className="min-w-32 [overflow-wrap:anywhere]">{share.createdBy}</td>
            <td>
              <Moment at={share.createdAt} />
            </td>
            <td>
              <Moment at={share.expiresAt} />
            </td>
            <td className="number">{count(share.views)}</td>
            <td className="number">{count(share.downloads)}</td>
            <td>
              <Ago at={share.lastUsedAt} asOf={asOf} />
            </td>
            <td>
              {works(state) ? <RevokeButton name={share.label} onRevoke={() => onRevoke(share)} /> : null}
            </td>
          </tr>
        );
      })}
    </TableFrame>
  );
}
