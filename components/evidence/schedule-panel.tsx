"use client";
/** Sets how often a pack is made, and of what. */
import type { FormEvent } from "react";
import { ApiProblem, sendJson } from "../data/api.ts";
import { errorsOf } from "../data/refusals.ts";
import { Choices, Refusal, SelectField, TextField } from "../ui/field.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { PACKS, usePackAct } from "./packs-query.ts";

export interface ScheduleDraft {
  every: string;
  of: "everything" | "customer" | "application";
  customer: string;
  application: string;
  keep: string;
}

export const EMPTY_SCHEDULE: ScheduleDraft = {
  every: "month",
  of: "everything",
  customer: "",
  application: "",
  keep: "12",
};

const EVERY = [
  { value: "week", word: "Every week", means: "on Monday" },
  { value: "month", word: "Every month", means: "on its first day" },
  { value: "quarter", word: "Every quarter", means: "on the first day of January, April, July and October" },
];
const OF = [
  { value: "everything", word: "Everything", means: "the whole workspace, with reviews and the audit log" },
  { value: "customer", word: "One customer", means: "the records of that customer's sources" },
  {
    value: "application",
    word: "One application",
    means: "the records that name it, and those of its people",
  },
];

const named = (names: readonly string[]) =>
  [["", "Choose …"], ...names.map((name) => [name, name] as const)] as const;

interface Props {
  draft: ScheduleDraft;
  onDraft: (draft: ScheduleDraft) => void;
  customers: readonly string[];
  applications: readonly string[];
  onSet: () => void;
  onClose: () => void;
}

export function SchedulePanel({ draft, onDraft, customers, applications, onSet, onClose }: Props) {
  const set = usePackAct(async ({ every, of, customer, application, keep }: ScheduleDraft) => {
    // An empty name would mean everything: whoever chose one of many has yet to say which.
    if (of !== "everything" && (of === "customer" ? customer : application) === "")
      throw new ApiProblem(422, `Choose the ${of}.`, { code: `bad-${of}` });
    await sendJson(`${PACKS}/schedules`, "PUT", {
      every,
      ...(of === "customer" ? { customer } : {}),
      ...(of === "application" ? { application } : {}),
      keep: Number(keep),
    });
    onSet();
  });
  const errorOf = errorsOf(set.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate(draft);
  };
  return (
    <SidePanel title="Schedule packs" onClose={onClose}>
      <form onSubmit={submit} noValidate className="space-y-4">
        <Choices
          kind="radio"
          label="How often, in UTC"
          choices={EVERY}
          chosen={[draft.every]}
          error={null}
          onChange={([every = ""]) => onDraft({ ...draft, every })}
        />
        <Choices
          kind="radio"
          label="Of what"
          choices={OF}
          chosen={[draft.of]}
          error={null}
          onChange={([of]) => onDraft({ ...draft, of: of as ScheduleDraft["of"] })}
        />
        {draft.of === "customer" ? (
          <SelectField
            label="Customer"
            options={named(customers)}
            value={draft.customer}
            error={errorOf("customer")}
            onChange={(customer) => onDraft({ ...draft, customer })}
          />
        ) : null}
        {draft.of === "application" ? (
          <SelectField
            label="Application"
            options={named(applications)}
            value={draft.application}
            error={errorOf("application")}
            onChange={(application) => onDraft({ ...draft, application })}
          />
        ) : null}
        <TextField
          label="Packs kept"
          type="number"
          min={1}
          max={104}
          className="field w-24"
          value={draft.keep}
          error={errorOf("keep")}
          help="Older ones are deleted when a newer one is made."
          onChange={(keep) => onDraft({ ...draft, keep })}
        />
        <p className="text-sm text-soft">
          Each pack is of the period that just ended, as of its end. A schedule for the same is replaced.
        </p>
        <Refusal>{errorOf("form")}</Refusal>
        <button type="submit" className="button button-main" disabled={set.isPending}>
          Set the schedule
        </button>
      </form>
    </SidePanel>
  );
}
