"use client";
/** Makes a shared link: for whom, and until when; and shows it this once. */
import type { FormEvent } from "react";
import { sendJson } from "../data/api.ts";
import { errorsOf } from "../data/refusals.ts";
import { Choices, Refusal, SelectField, TextField } from "../ui/field.tsx";
import { SecretOnce } from "../ui/secret-once.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { Moment } from "../ui/when.tsx";
import { SHARES, useShareAct } from "./shares-query.ts";

export interface ShareDraft {
  kind: "customer" | "auditor";
  customer: string;
  label: string;
  /** A day; empty: 30 days from now. */
  until: string;
}

const KINDS = [
  {
    value: "customer",
    word: "One customer",
    means: "completeness, coverage, offboarding and reviews of that customer, and a pack of its records",
  },
  {
    value: "auditor",
    word: "An auditor",
    means: "the same of the whole workspace, all customers, and a pack of everything",
  },
];

interface Made {
  url: string;
  label: string;
  expiresAt: string;
}

function MadeOnce({ made, onClose }: { made: Made; onClose: () => void }) {
  return (
    <>
      <SecretOnce label="Link" secret={made.url} />
      <p className="text-sm text-soft [overflow-wrap:anywhere]">
        Copy it now: it is not shown again. Whoever has it sees what it shows, without signing in, until{" "}
        <Moment at={made.expiresAt} /> or until it is revoked. Each view is in the audit log, as {made.label}.
      </p>
      <button type="button" className="button mt-4" onClick={onClose}>
        I have it
      </button>
    </>
  );
}

interface Props {
  draft: ShareDraft;
  onDraft: (draft: ShareDraft) => void;
  customers: readonly string[];
  onMade: () => void;
  onClose: () => void;
}

export function SharePanel({ draft, onDraft, customers, onMade, onClose }: Props) {
  const make = useShareAct(async ({ kind, customer, label, until }: ShareDraft) => {
    const made = await sendJson<Made>(SHARES, "POST", {
      ...(kind === "auditor" ? { auditor: true } : { customer }),
      label,
      until,
    });
    onMade();
    return made;
  });
  const errorOf = errorsOf(make.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate(draft);
  };
  return (
    <SidePanel title="Share a view" onClose={onClose}>
      {make.data !== undefined ? (
        <MadeOnce made={make.data} onClose={onClose} />
      ) : (
        <form onSubmit={submit} noValidate className="space-y-4">
          <Choices
            kind="radio"
            label="For whom"
            choices={KINDS}
            chosen={[draft.kind]}
            error={null}
            onChange={([kind]) => onDraft({ ...draft, kind: kind === "auditor" ? "auditor" : "customer" })}
          />
          {draft.kind === "auditor" ? null : (
            <SelectField
              label="Customer"
              error={errorOf("customer")}
              help={
                customers.length === 0
                  ? "No source has a customer yet: name one when records come in, with --customer."
                  : undefined
              }
              value={draft.customer}
              options={[["", "Choose …"], ...customers.map((name) => [name, name] as const)]}
              onChange={(customer) => onDraft({ ...draft, customer })}
            />
          )}
          <TextField
            label="Label"
            value={draft.label}
            maxLength={200}
            autoComplete="off"
            error={errorOf("label")}
            help="Who gets the link: so the audit log names whoever opens it. The customer's name when empty."
            onChange={(label) => onDraft({ ...draft, label })}
          />
          <TextField
            label="Last day"
            type="date"
            className="field"
            value={draft.until}
            error={errorOf("until")}
            help="It works through that day (UTC), a year at most; 30 days when empty."
            onChange={(until) => onDraft({ ...draft, until })}
          />
          <Refusal>{errorOf("form")}</Refusal>
          <button type="submit" className="button button-main" disabled={make.isPending}>
            Make the link
          </button>
        </form>
      )}
    </SidePanel>
  );
}
