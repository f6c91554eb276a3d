"use client";
/** Who may come in, one row each; a name opens what can be done. */
import type { MemberRow } from "../../lib/auth/members/list-members.ts";
import { State } from "../ui/state-mark.tsx";
import { TableFrame } from "../ui/table-frame.tsx";
import { useListKeys } from "../ui/use-list-keys.ts";
import { Ago, Moment } from "../ui/when.tsx";
import { roleWord } from "./role-words.ts";
import { MEMBER_STATE_WORDS, memberState } from "./states.ts";

const NONE = <span className="text-soft">–</span>;

interface Props {
  members: readonly MemberRow[];
  /** Who looks at the page. */
  me: string | null;
  now: number;
  onOpen: (member: string) => void;
}

export function MembersTable({ members, me, now, onOpen }: Props) {
  const list = useListKeys<HTMLDivElement>();
  const asOf = new Date(now).toISOString();
  return (
    <TableFrame list={list} heads={["State", "Name", "E-mail", "Role", "Customer", "Ends", "Last seen"]}>
      {members.map((member) => (
        <tr key={member.member}>
          <td>
            <State {...MEMBER_STATE_WORDS[memberState(member, now)]} />
          </td>
          <th scope="row" className="min-w-40 [overflow-wrap:anywhere]">
            <button
              type="button"
              data-item=""
              className="link text-left"
              onClick={() => onOpen(member.member)}
            >
              {member.name}
            </button>
            {member.member === me ? <span className="text-soft"> (you)</span> : null}
          </th>
          <td className="min-w-48 [overflow-wrap:anywhere]">{member.email ?? NONE}</td>
          <td className="whitespace-nowrap">{roleWord(member.role)}</td>
          <td>{member.customer ?? NONE}</td>
          <td>
            <Moment at={member.endsAt === null ? null : new Date(member.endsAt).toISOString()} />
          </td>
          <td>
            <Ago at={member.lastSeenAt} asOf={asOf} />
          </td>
        </tr>
      ))}
    </TableFrame>
  );
}
