"use client";
/** Lets somebody in, and gives the link that signs them in. */
import { sendJson } from "../data/api.ts";
import { refusalOf } from "../data/refusals.ts";
import { SidePanel } from "../ui/side-panel.tsx";
import { useAct } from "./access-query.ts";
import { EMPTY_MEMBER, invitation, type MemberDraft } from "./member-draft.ts";
import { MemberForm } from "./member-form.tsx";
import { SignInLink } from "./sign-in-link.tsx";

interface Props {
  /** Kept by the page, so that a panel closed by mistake loses nothing. */
  draft: MemberDraft;
  onDraft: (draft: MemberDraft) => void;
  customers: readonly string[];
  onClose: () => void;
}

export function InvitePanel({ draft, onDraft, customers, onClose }: Props) {
  const invite = useAct(async (sent: MemberDraft) => {
    const { member } = await sendJson<{ member: string }>("/api/v1/members", "POST", invitation(sent));
    onDraft(EMPTY_MEMBER);
    return { member, who: sent.name.trim() || sent.email.trim() };
  });
  const invited = invite.data;
  return (
    <SidePanel title="Invite somebody" onClose={onClose}>
      {invited === undefined ? (
        <MemberForm
          draft={draft}
          onDraft={onDraft}
          withEmail
          customers={customers}
          refused={refusalOf(invite.error)}
          onSubmit={() => invite.mutate(draft)}
        >
          <button type="submit" className="button button-main" disabled={invite.isPending}>
            Invite
          </button>
        </MemberForm>
      ) : (
        <div className="space-y-4">
          <p role="status" className="[overflow-wrap:anywhere]">
            {invited.who} may come in.
          </p>
          <SignInLink member={invited.member} who={invited.who} />
          <button type="button" className="button" onClick={() => invite.reset()}>
            Invite somebody else
          </button>
        </div>
      )}
    </SidePanel>
  );
}
