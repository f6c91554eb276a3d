"use client";
/** What a member is: the same fields to invite somebody and to change them. */
import { type FormEvent, type ReactNode, useId, useState } from "react";
import type { Role } from "../../lib/auth/permissions.ts";
import { Choices, type ControlProps, Field, Refusal } from "../ui/field.tsx";
import type { MemberDraft } from "./member-draft.ts";
import { ROLE_CHOICES } from "./role-words.ts";

export interface Refused {
  field: string;
  message: string;
}

/** What can't be told from the draft that is sent: no role at all, and a date of which half was typed. */
function unfinished(draft: MemberDraft, form: HTMLFormElement): Refused | null {
  const day = form.elements.namedItem("lastDay");
  if (draft.role === "") return { field: "role", message: "Choose what they may do here." };
  if (day instanceof HTMLInputElement && !day.validity.valid)
    return { field: "lastDay", message: "This is no whole date: finish it, or empty it." };
  return null;
}

interface Props {
  draft: MemberDraft;
  onDraft: (draft: MemberDraft) => void;
  /** The operator has no e-mail. */
  withEmail: boolean;
  customers: readonly string[];
  refused: Refused | null;
  onSubmit: () => void;
  /** The buttons. */
  children: ReactNode;
}

export function MemberForm(props: Props) {
  const { draft, onDraft, withEmail, customers, onSubmit, children } = props;
  const [missing, setMissing] = useState<Refused | null>(null);
  const list = useId();
  const refused = missing ?? props.refused;
  const errorOf = (field: string) => (refused?.field === field ? refused.message : null);
  const set = (part: Partial<MemberDraft>) => onDraft({ ...draft, ...part });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = unfinished(draft, event.currentTarget);
    setMissing(found);
    if (found === null) onSubmit();
  };
  const text = (part: "name" | "email" | "customer") => (control: ControlProps) => (
    <input
      {...control}
      type={part === "email" ? "email" : "text"}
      autoComplete="off"
      className="field w-full"
      maxLength={part === "email" ? 320 : 200}
      list={part === "customer" ? list : undefined}
      value={draft[part]}
      onChange={(event) => set({ [part]: event.target.value })}
    />
  );
  return (
    <form onSubmit={submit} noValidate className="space-y-4">
      {withEmail ? (
        <Field
          label="E-mail"
          error={errorOf("email")}
          help="The identity provider knows them by it; a sign-in link works without a provider."
        >
          {text("email")}
        </Field>
      ) : null}
      <Field
        label="Name"
        error={errorOf("name")}
        help={withEmail ? "The e-mail, when left empty." : undefined}
      >
        {text("name")}
      </Field>
      <Choices
        kind="radio"
        label="Role"
        choices={ROLE_CHOICES}
        chosen={[draft.role]}
        error={errorOf("role")}
        onChange={([role]) => set({ role: role as Role })}
      />
      {draft.role === "customer-viewer" ? (
        <Field label="Customer" error={errorOf("customer")} help="As the sources name the customer.">
          {text("customer")}
        </Field>
      ) : null}
      <datalist id={list}>
        {customers.map((customer) => (
          <option key={customer} value={customer} />
        ))}
      </datalist>
      <Field
        label="Last day"
        error={errorOf("lastDay")}
        help={
          draft.role === "auditor"
            ? "An auditor must have one. They are shut out when it is over, in UTC."
            : "They are shut out when it is over, in UTC; empty: no end."
        }
      >
        {(control) => (
          <input
            {...control}
            type="date"
            name="lastDay"
            max="2999-12-31"
            className="field"
            value={draft.lastDay}
            onChange={(event) => set({ lastDay: event.target.value })}
          />
        )}
      </Field>
      <Refusal>{errorOf("form")}</Refusal>
      <div className="flex flex-wrap gap-2">{children}</div>
    </form>
  );
}
