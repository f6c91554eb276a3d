"use client";
/** Members: the list, the panels that invite and change, and the way back from a deactivation. */
import { useState } from "react";
import type { TokenRow } from "../../db/queries/api-tokens.ts";
import type { MemberRow, MembersList } from "../../lib/auth/members/list-members.ts";
import { sendJson } from "../data/api.ts";
import { usePanel } from "../data/use-address.ts";
import { plural } from "../format/number.ts";
import { Refusal } from "../ui/field.tsx";
import { useAct } from "./access-query.ts";
import { InvitePanel } from "./invite-panel.tsx";
import { EMPTY_MEMBER } from "./member-draft.ts";
import { MemberPanel } from "./member-panel.tsx";
import { MembersTable } from "./members-table.tsx";

const INVITE = "new";

interface Done {
  member: MemberRow;
  what: "changed" | "deactivated" | "reactivated";
}

const SAID: Record<Done["what"], string> = {
  changed: "is changed.",
  deactivated: "can't come in any more.",
  reactivated: "may come in again.",
};

function Said({ done, onUndone }: { done: Done; onUndone: () => void }) {
  const undo = useAct(async () => {
    await sendJson(`/api/v1/members/${done.member.member}`, "PATCH", { active: true });
    onUndone();
  });
  return (
    <div className="mb-2 flex flex-wrap items-center gap-3">
      <p role="status" className="[overflow-wrap:anywhere]">
        {done.member.name} {SAID[done.what]}
      </p>
      {done.what === "deactivated" ? (
        <button type="button" className="button" disabled={undo.isPending} onClick={() => undo.mutate()}>
          Undo
        </button>
      ) : null}
      <Refusal>{undo.error?.message}</Refusal>
    </div>
  );
}

interface Props {
  list: MembersList;
  /** Those that could be used. */
  tokens: readonly TokenRow[];
  me: string | null;
  customers: readonly string[];
  now: number;
}

export function MembersSection({ list, tokens, me, customers, now }: Props) {
  const panel = usePanel("member");
  const [draft, setDraft] = useState(EMPTY_MEMBER);
  const [done, setDone] = useState<Done | null>(null);
  const { members, sessions } = list;
  const opened = members.find(({ member }) => member === panel.open);
  const finish = (member: MemberRow, what: Done["what"]) => {
    setDone({ member, what });
    panel.close();
  };
  return (
    <section aria-labelledby="members">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2 id="members">{plural(members.length, "member")}</h2>
        <button type="button" className="button button-main" onClick={() => panel.show(INVITE)}>
          Invite somebody
        </button>
      </div>
      {done === null ? null : (
        <Said
          key={`${done.member.member} ${done.what}`}
          done={done}
          onUndone={() => setDone({ ...done, what: "reactivated" })}
        />
      )}
      <MembersTable members={members} me={me} now={now} onOpen={panel.show} />
      {panel.open === INVITE ? (
        <InvitePanel draft={draft} onDraft={setDraft} customers={customers} onClose={panel.close} />
      ) : null}
      {opened === undefined ? null : (
        <MemberPanel
          key={opened.member}
          member={opened}
          self={opened.member === me}
          sessions={sessions.filter(({ member }) => member === opened.member).length}
          tokens={tokens.filter(({ member }) => member === opened.member).length}
          customers={customers}
          onDone={(what) => finish(opened, what)}
          onClose={panel.close}
        />
      )}
    </section>
  );
}
