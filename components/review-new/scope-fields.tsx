"use client";
/** What is reviewed. */
import type { ReviewKind } from "../../lib/reviews/contract.ts";
import { items } from "../reviews/words.ts";
import { Choices } from "../ui/field.tsx";
import { type Option, PickMany } from "../ui/pick-many.tsx";
import type { FieldsProps } from "./fields.ts";

/** What can be chosen from, as the records have it. */
export interface ScopeChoices {
  applications: readonly string[];
  customers: readonly string[];
  departments: readonly string[];
}

const KINDS = [
  { value: "account", word: "Accounts", means: "who may sign in where, with which groups and roles" },
  { value: "credential", word: "Credentials", means: "tokens and secrets, which no person signs in with" },
];

const ONLY = [
  {
    value: "flaggedOnly",
    word: "Only what has a flag",
    means: "its person has left, nobody owns it, it is not used, or a move should have taken it away",
  },
  {
    value: "nonHumanOnly",
    word: "Only what is no person's",
    means: "accounts and credentials of services and machines",
  },
] as const;

const optionsOf = (names: readonly string[]): Option[] => names.map((name) => ({ value: name, word: name }));

export function ScopeFields({ draft, set, errorOf, choices }: FieldsProps & { choices: ScopeChoices }) {
  const only = ONLY.filter(({ value }) => draft[value]).map(({ value }) => value as string);
  return (
    <>
      {draft.items.length === 0 ? null : (
        <p className="flex flex-wrap items-center gap-3 border-l-2 border-accent bg-sunken px-3 py-2 text-sm">
          <span className="min-w-0 flex-1">
            {items(draft.items.length)} that {draft.items.length === 1 ? "was" : "were"} selected on another
            page; what is chosen below leaves some of these out.
          </span>
          <button type="button" className="button" onClick={() => set({ items: [] })}>
            Review all instead
          </button>
        </p>
      )}
      <Choices
        kind="checkbox"
        label="What"
        choices={KINDS}
        chosen={draft.kinds}
        error={errorOf("kinds")}
        onChange={(kinds) => set({ kinds: kinds as ReviewKind[] })}
      />
      <PickMany
        label="Applications"
        none="All applications"
        options={optionsOf(choices.applications)}
        chosen={draft.applications}
        onChoose={(applications) => set({ applications })}
      />
      {choices.customers.length === 0 ? null : (
        <PickMany
          label="Customers"
          none="All customers"
          options={optionsOf(choices.customers)}
          chosen={draft.customers}
          onChoose={(customers) => set({ customers })}
        />
      )}
      {choices.departments.length === 0 ? null : (
        <PickMany
          label="Departments"
          none="All departments"
          options={optionsOf(choices.departments)}
          chosen={draft.departments}
          onChoose={(departments) => set({ departments })}
        />
      )}
      <Choices
        kind="checkbox"
        label="Less"
        choices={ONLY}
        chosen={only}
        error={null}
        onChange={(chosen) =>
          set({
            flaggedOnly: chosen.includes("flaggedOnly"),
            nonHumanOnly: chosen.includes("nonHumanOnly"),
          })
        }
      />
    </>
  );
}
