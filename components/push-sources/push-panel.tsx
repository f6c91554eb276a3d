"use client";
/** Makes an address for a vendor to push to. */
import type { FormEvent } from "react";
import { sendJson } from "../data/api.ts";
import { errorsOf } from "../data/refusals.ts";
import { Field, Refusal, TextField } from "../ui/field.tsx";
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
        <Field label="What it sends" error={null}>
          {(control) => (
            <select
              {...control}
              className="field w-full"
              value={draft.kind}
              onChange={(event) => onDraft({ ...draft, kind: event.target.value })}
            >
              {kinds.map(({ kind, label }) => (
                <option key={kind} value={kind}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
        <TextField
          label="Name of the source"
          help="Lower-case letters, digits, dots and dashes. The name of a live source of the same vendor, where there is one."
          error={errorOf("source")}
          autoComplete="off"
          maxLength={63}
          placeholder="okta"
          value={draft.source}
          onChange={(source) => onDraft({ ...draft, source })}
        />
        <TextField
          label="Customer"
          help="Left empty where the records are your own company's."
          error={errorOf("customer")}
          autoComplete="off"
          maxLength={100}
          value={draft.customer}
          onChange={(customer) => onDraft({ ...draft, customer })}
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
