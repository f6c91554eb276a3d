"use client";
/** Makes an address for a vendor to push to. */
import type { FormEvent } from "react";
import { sendJson } from "../data/api.ts";
import { errorsOf } from "../data/refusals.ts";
import { SourceFields } from "../sources/source-fields.tsx";
import { Refusal, SelectField, TextField } from "../ui/field.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { PUSH_SOURCES, type PushSecret, type PushSourcesTold, usePushAct } from "./push-query.ts";
import { pushSettings, pushWords } from "./push-words.ts";

export interface PushDraft {
  source: string;
  kind: string;
  customer: string;
  settings: Record<string, string>;
}

export const EMPTY_PUSH: PushDraft = { source: "", kind: "okta-hook", customer: "", settings: {} };

interface Props {
  kinds: PushSourcesTold["kinds"];
  draft: PushDraft;
  onDraft: (draft: PushDraft) => void;
  onMade: (made: PushSecret) => void;
  onClose: () => void;
}

export function PushPanel({ kinds, draft, onDraft, onMade, onClose }: Props) {
  const make = usePushAct(async ({ source, kind, customer, settings }: PushDraft) => {
    const body = { source, kind, customer: customer.trim() || null, settings: pushSettings(kind, settings) };
    onMade(await sendJson<PushSecret>(PUSH_SOURCES, "POST", body));
  });
  const errorOf = errorsOf(make.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate(draft);
  };
  return (
    <SidePanel title="Let a vendor push" onClose={onClose}>
      <form onSubmit={submit} noValidate className="space-y-4">
        <SelectField
          label="What it sends"
          options={kinds.map((one) => [one.kind, one.label])}
          value={draft.kind}
          onChange={(kind) => onDraft({ ...draft, kind })}
        />
        <SourceFields
          help="The name of a live source of the same vendor, where there is one."
          placeholder="okta"
          draft={draft}
          errorOf={errorOf}
          onChange={(changed) => onDraft({ ...draft, ...changed })}
        />
        {pushWords(draft.kind).fields.map(({ key, required = false, ...field }) => (
          <TextField
            key={key}
            {...field}
            required={required}
            autoComplete="off"
            maxLength={500}
            value={draft.settings[key] ?? ""}
            onChange={(value) => onDraft({ ...draft, settings: { ...draft.settings, [key]: value } })}
          />
        ))}
        <Refusal>{errorOf("form")}</Refusal>
        <button type="submit" className="button button-main" disabled={make.isPending}>
          Make it
        </button>
      </form>
    </SidePanel>
  );
}
