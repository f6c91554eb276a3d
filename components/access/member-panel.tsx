"use client";
/** One member: what they are, a link that signs them in, and the way out. */
import { useState } from "react";
import type { MemberRow } from "../../lib/auth/members/list-members.ts";
import { sendJson } from "../data/api.ts";
import { refusalOf } from "../data/refusals.ts";
import { Confirm } from "../ui/confirm.tsx";
import { Refusal } from "../ui/field.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { leave, useAct } from "./access-query.ts";
import { change, draftOf } from "./member-draft.ts";
import { MemberForm } from "./member-form.tsx";
import { SignInLink } from "./sign-in-link.tsx";
import { whatEnds } from "./what-ends.ts";

interface Props {
  member: MemberRow;
  /** Whether this is who looks at the page. */
  self: boolean;
  /** Their open sessions, and their tokens that could be used. */
  sessions: number;
  tokens: number;
  customers: readonly string[];
  /** What was done, once it was. */
  onDone: (done: "changed" | "deactivated" | "reactivated") => void;
  onClose: () => void;
}

export function MemberPanel({ member, self, sessions, tokens, customers, onDone, onClose }: Props) {
  const [draft, setDraft] = useState(() => draftOf(member));
  const [asking, setAsking] = useState(false);
  const path = `/api/v1/members/${member.member}`;
  const save = useAct(() => sendJson(path, "PATCH", change(member, draft)).then(() => onDone("changed")));
  const setActive = useAct(async (active: boolean) => {
    await sendJson(path, "PATCH", { active });
    if (self) return leave();
    onDone(active ? "reactivated" : "deactivated");
  });
  return (
    <>
      <SidePanel title={member.name} onClose={onClose}>
        <div className="space-y-6">
          {member.byProvider ? (
            <p className="text-sm text-soft">
              A group of the identity provider let them in. Once you change the role here, or shut them out,
              the provider's groups no longer decide it.
            </p>
          ) : null}
          <MemberForm
            draft={draft}
            onDraft={setDraft}
            withEmail={member.email !== null}
            customers={customers}
            refused={refusalOf(save.error)}
            onSubmit={() => save.mutate()}
          >
            <button type="submit" className="button button-main" disabled={save.isPending}>
              Save
            </button>
          </MemberForm>
          {member.active ? (
            <>
              <SignInLink member={member.member} who={member.name} />
              <button type="button" className="button" onClick={() => setAsking(true)}>
                Deactivate …
              </button>
            </>
          ) : (
            <section>
              <button
                type="button"
                className="button"
                disabled={setActive.isPending}
                onClick={() => setActive.mutate(true)}
              >
                Reactivate
              </button>
              <Refusal>{setActive.error?.message}</Refusal>
            </section>
          )}
        </div>
      </SidePanel>
      {asking ? (
        <Confirm
          title={`Deactivate ${member.name}?`}
          act="Deactivate"
          doing={setActive}
          how={false}
          onClose={() => setAsking(false)}
        >
          {self ? <p className="font-medium">This is you: you are signed out at once.</p> : null}
          <p>{whatEnds(sessions, tokens)}</p>
          <p className="text-soft">You can take it back at any time.</p>
        </Confirm>
      ) : null}
    </>
  );
}
