"use client";
/** Makes a source that an identity provider provisions into. */
import type { FormEvent } from "react";
import { sendJson } from "../data/api.ts";
import { errorsOf } from "../data/refusals.ts";
import { SourceFields } from "../sources/source-fields.tsx";
import { type Choice, Choices, Refusal } from "../ui/field.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { type MadeSource, SCIM_SOURCES, useScimSourceAct } from "./scim-sources-query.ts";

export interface SourceDraft {
  source: string;
  customer: string;
  governsMembers: boolean;
}

export const EMPTY_SOURCE: SourceDraft = { source: "", customer: "", governsMembers: false };

const GOVERNS: readonly Choice[] = [
  {
    value: "governs",
    word: "It governs members of Rollcall",
    means: "Whoever it deactivates loses access here at once; only an admin brings them back.",
  },
];

interface Props {
  draft: SourceDraft;
  onDraft: (draft: SourceDraft) => void;
  onMade: (made: MadeSource) => void;
  onClose: () => void;
}

export function ScimSourcePanel({ draft, onDraft, onMade, onClose }: Props) {
  const make = useScimSourceAct(async ({ source, customer, governsMembers }: SourceDraft) => {
    const body = { source, customer: customer.trim() || null, governsMembers };
    onMade(await sendJson<MadeSource>(SCIM_SOURCES, "POST", body));
  });
  const errorOf = errorsOf(make.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate(draft);
  };
  return (
    <SidePanel title="Let an identity provider provision" onClose={onClose}>
      <form onSubmit={submit} noValidate className="space-y-4">
        <SourceFields
          help="One for each provider, or tenant of one."
          placeholder="okta-main"
          draft={draft}
          errorOf={errorOf}
          onChange={(changed) => onDraft({ ...draft, ...changed })}
        />
        <Choices
          kind="checkbox"
          label="Members"
          choices={GOVERNS}
          chosen={draft.governsMembers ? ["governs"] : []}
          error={null}
          onChange={(chosen) => onDraft({ ...draft, governsMembers: chosen.length > 0 })}
        />
        <Refusal>{errorOf("form")}</Refusal>
        <button type="submit" className="button button-main" disabled={make.isPending}>
          Make it
        </button>
      </form>
    </SidePanel>
  );
}
