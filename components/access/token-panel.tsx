"use client";
/** Makes a token: what for, what it may do, for how long. */
import type { FormEvent } from "react";
import type { Scope } from "../../lib/auth/permissions.ts";
import { sendJson } from "../data/api.ts";
import { errorsOf } from "../data/refusals.ts";
import { Choices, Field, Refusal, TextField } from "../ui/field.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { useAct } from "./access-query.ts";
import { scopeChoices } from "./role-words.ts";

export interface TokenDraft {
  name: string;
  scopes: string[];
  days: string;
  /** Into which alone it may ingest; empty: any. */
  source: string;
}

/** A quarter: renewed as often as access is reviewed. */
export const EMPTY_TOKEN: TokenDraft = { name: "", scopes: [], days: "90", source: "" };

export interface MadeToken {
  name: string;
  secret: string;
  expiresAt: string;
}

/** Whether it may ingest and do nothing else: such a token can be for one source. */
const isForIngest = (scopes: readonly string[]): boolean => scopes.join() === "ingest";

interface Props {
  draft: TokenDraft;
  onDraft: (draft: TokenDraft) => void;
  /** What they can give. */
  scopes: readonly Scope[];
  onMade: (token: MadeToken) => void;
  onClose: () => void;
}

export function TokenPanel({ draft, onDraft, scopes, onMade, onClose }: Props) {
  const make = useAct(async ({ name, scopes, days, source }: TokenDraft) => {
    const one = isForIngest(scopes) ? source.trim() : "";
    const body = { name, scopes, days: Number(days), source: one || null };
    const made = await sendJson<{ secret: string; expiresAt: string }>("/api/v1/tokens", "POST", body);
    onMade({ ...made, name });
  });
  const errorOf = errorsOf(make.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate(draft);
  };
  return (
    <SidePanel title="Make a token" onClose={onClose}>
      <form onSubmit={submit} noValidate className="space-y-4">
        <Field label="What it is for" error={errorOf("name")}>
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              className="field w-full"
              maxLength={200}
              value={draft.name}
              onChange={(event) => onDraft({ ...draft, name: event.target.value })}
            />
          )}
        </Field>
        <Choices
          kind="checkbox"
          label="What it may do"
          choices={scopeChoices(scopes)}
          chosen={draft.scopes}
          error={errorOf("scopes")}
          onChange={(chosen) => onDraft({ ...draft, scopes: chosen })}
        />
        {isForIngest(draft.scopes) ? (
          <TextField
            label="Source"
            help="The one into which it may ingest. Left empty: any."
            error={errorOf("source")}
            autoComplete="off"
            maxLength={63}
            value={draft.source}
            onChange={(source) => onDraft({ ...draft, source })}
          />
        ) : null}
        <Field
          label="Days"
          error={errorOf("days")}
          help="So long it works, a year at most. It never does more than you may yourself, and nothing when you are shut out."
        >
          {(control) => (
            <input
              {...control}
              type="number"
              min={1}
              max={366}
              className="field w-24"
              value={draft.days}
              onChange={(event) => onDraft({ ...draft, days: event.target.value })}
            />
          )}
        </Field>
        <Refusal>{errorOf("form")}</Refusal>
        <button type="submit" className="button button-main" disabled={make.isPending}>
          Make it
        </button>
      </form>
    </SidePanel>
  );
}
