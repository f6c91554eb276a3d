"use client";
/** Who reviews: the rules in their order, who is asked by name, who decides the rest, and who looks again. */
import type { MemberName, ReviewerRule } from "../../lib/reviews/contract.ts";
import { RULE_WORDS } from "../reviews/words.ts";
import { Field, Refusal, SelectField } from "../ui/field.tsx";
import { PickMany } from "../ui/pick-many.tsx";
import { moved, type ReviewDraft, toggled } from "./draft.ts";
import type { FieldsProps } from "./fields.ts";

/** The rules: those taken in their order, then the others. */
function Rules({ draft, set, errorOf }: FieldsProps) {
  const others = (Object.keys(RULE_WORDS) as ReviewerRule[]).filter((rule) => !draft.rules.includes(rule));
  const move = (rule: ReviewerRule, by: 1 | -1) => set({ rules: moved(draft.rules, rule, by) });
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">Who reviews</legend>
      <p className="mb-1 text-sm text-soft">
        Asked in this order; the first that names somebody who may review decides.
      </p>
      <ol>
        {[...draft.rules, ...others].map((rule) => {
          const at = draft.rules.indexOf(rule);
          const { word, means } = RULE_WORDS[rule];
          return (
            <li key={rule} className="flex items-start gap-2 rounded px-1 py-1 text-sm hover:bg-sunken">
              <label className="flex min-w-0 flex-1 gap-2">
                <input
                  type="checkbox"
                  className="mt-1 shrink-0 self-start"
                  checked={at >= 0}
                  onChange={() => set({ rules: toggled(draft.rules, rule) })}
                />
                <span>
                  {at >= 0 ? `${at + 1}. ` : ""}
                  {word} <span className="block text-soft">{means}</span>
                </span>
              </label>
              {at > 0 ? (
                <button type="button" className="button" onClick={() => move(rule, -1)}>
                  Earlier<span className="sr-only">: {word}</span>
                </button>
              ) : null}
            </li>
          );
        })}
      </ol>
      <Refusal>{errorOf("rules")}</Refusal>
    </fieldset>
  );
}

function Member({
  field,
  label,
  help,
  members,
  draft,
  set,
  errorOf,
}: FieldsProps & {
  field: "fallback" | "second";
  label: string;
  help: string;
  members: readonly MemberName[];
}) {
  return (
    <SelectField
      label={label}
      help={help}
      error={errorOf(field)}
      value={draft[field]}
      options={[["", "Choose a member"], ...members.map(({ member, name }) => [member, name] as const)]}
      onChange={(value) => set({ [field]: value } satisfies Partial<ReviewDraft>)}
    />
  );
}

export function ReviewersFields(props: FieldsProps & { members: readonly MemberName[] }) {
  const { draft, set, errorOf, members } = props;
  const { members: _, ...fields } = props;
  return (
    <>
      <Rules {...fields} />
      {draft.rules.includes("named") ? (
        <PickMany
          label="Members by name"
          none="Nobody yet"
          options={members.map(({ member, name }) => ({ value: member, word: name }))}
          chosen={draft.named}
          error={errorOf("named")}
          onChoose={(named) => set({ named })}
        />
      ) : null}
      <Member
        {...fields}
        field="fallback"
        label="Fallback"
        help="Gets what no rule gives to anybody, and what would be somebody's own access."
        members={members}
      />
      <Field
        label="Second reviewer's share, percent"
        help="So many of the items are decided by a second reviewer too, who does not see what the first has said."
        error={errorOf("secondShare")}
      >
        {(control) => (
          <input
            {...control}
            inputMode="numeric"
            className="field w-24"
            maxLength={4}
            value={draft.secondShare}
            onChange={(event) => set({ secondShare: event.target.value })}
          />
        )}
      </Field>
      {draft.secondShare.trim() === "" || draft.secondShare.trim() === "0" ? null : (
        <Member
          {...fields}
          field="second"
          label="Second reviewer"
          help="Somebody other than the first reviewers."
          members={members}
        />
      )}
    </>
  );
}
