/** API tokens, one row each: never the token itself, which nobody keeps. */
import type { TokenRow } from "../../db/queries/api-tokens.ts";
import { RevokeButton } from "../ui/revoke-button.tsx";
import { State } from "../ui/state-mark.tsx";
import { TableFrame, unseen } from "../ui/table-frame.tsx";
import { Ago, Moment } from "../ui/when.tsx";
import { isUsable, TOKEN_STATE_WORDS, type TokenState } from "./states.ts";

export interface TokenWithState extends TokenRow {
  state: TokenState;
}

const mayDo = ({ scopes, source }: TokenRow): string =>
  source === null ? scopes.join(", ") : `ingest into ${source}`;

interface Props {
  tokens: readonly TokenWithState[];
  now: number;
  onRevoke: (token: TokenWithState) => void;
}

export function TokensTable({ tokens, now, onRevoke }: Props) {
  const asOf = new Date(now).toISOString();
  return (
    <TableFrame
      className="relative overflow-x-auto"
      heads={[
        "State",
        "What for",
        "Begins with",
        "May do",
        "Made by",
        "Expires",
        "Last used",
        unseen("Revoke it"),
      ]}
    >
      {tokens.map((token) => (
        <tr key={token.token}>
          <td>
            <State {...TOKEN_STATE_WORDS[token.state]} />
          </td>
          <th scope="row" className="min-w-40 [overflow-wrap:anywhere]">
            {token.name}
          </th>
          <td className="font-mono text-xs whitespace-nowrap">{token.prefix}…</td>
          <td className="min-w-32">{mayDo(token)}</td>
          <td className="min-w-32 [overflow-wrap:anywhere]">{token.memberName}</td>
          <td>
            <Moment at={token.expiresAt} />
          </td>
          <td>
            <Ago at={token.lastUsedAt} asOf={asOf} />
          </td>
          <td>
            {isUsable(token.state) || token.state === "member-out" ? (
              <RevokeButton name={token.name} onRevoke={() => onRevoke(token)} />
            ) : null}
          </td>
        </tr>
      ))}
    </TableFrame>
  );
}
