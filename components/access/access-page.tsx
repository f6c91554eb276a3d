"use client";
/** Who may come in here? */
import { useQuery } from "@tanstack/react-query";
import type { MembersList } from "../../lib/auth/members/list-members.ts";
import type { Scope } from "../../lib/auth/permissions.ts";
import type { TokensList } from "../../lib/auth/tokens/list-tokens.ts";
import { Answer } from "../ui/answer.tsx";
import { Problem } from "../ui/problem.tsx";
import { membersQuery, tokensQuery } from "./access-query.ts";
import { MembersSection } from "./members-section.tsx";
import { remarks } from "./remarks.ts";
import { Sentence } from "./sentence.tsx";
import { SessionsSection } from "./sessions-section.tsx";
import { canEnter, isUsable, memberState, tokenState } from "./states.ts";
import { TokensSection } from "./tokens-section.tsx";

interface AccessInitial {
  /** When it was read, milliseconds since 1970. */
  now: number;
  /** Null for whoever may not see members. */
  members: MembersList | null;
  tokens: TokensList;
}

interface Props {
  /** Whether they may see and change members and sessions. */
  manages: boolean;
  /** The member and the session that look at the page. */
  me: string | null;
  session: string | null;
  /** What they can give to a token. */
  scopes: readonly Scope[];
  /** Whose records the sources hold. */
  customers: readonly string[];
  initial: AccessInitial;
}

export function AccessPage({ manages, me, session, scopes, customers, initial }: Props) {
  const members = useQuery({
    ...membersQuery,
    enabled: manages,
    ...(initial.members === null ? {} : { initialData: initial.members, initialDataUpdatedAt: initial.now }),
  });
  const tokens = useQuery({
    ...tokensQuery,
    initialData: initial.tokens,
    initialDataUpdatedAt: initial.now,
  });
  const now = Math.max(members.dataUpdatedAt, tokens.dataUpdatedAt);
  const list = manages ? members.data : undefined;
  const out = new Set(list?.members.filter((one) => !canEnter(one, now)).map(({ member }) => member));
  const withStates = tokens.data.tokens.map((token) => ({
    ...token,
    state: tokenState(token, !out.has(token.member), now),
  }));
  const memberStates = list?.members.map((member) => memberState(member, now)) ?? [];
  const error = members.error ?? tokens.error;
  const again = () => void Promise.all([manages ? members.refetch() : null, tokens.refetch()]);
  return (
    <div className="space-y-8">
      <div>
        <Answer title="Access">
          <Sentence
            people={list === undefined ? null : list.members.length - out.size}
            tokens={withStates.filter(({ state }) => isUsable(state)).length}
            remarks={remarks(
              memberStates,
              withStates.map(({ state }) => state),
            )}
          />
        </Answer>
        {error === null ? null : <Problem error={error} retry={again} since={now} />}
      </div>
      {list === undefined ? null : (
        <>
          <MembersSection
            list={list}
            tokens={withStates.filter(({ state }) => isUsable(state))}
            me={me}
            customers={customers}
            now={now}
          />
          <SessionsSection sessions={list.sessions} own={session} now={now} />
        </>
      )}
      <TokensSection tokens={withStates} scopes={scopes} all={manages} now={now} />
    </div>
  );
}
