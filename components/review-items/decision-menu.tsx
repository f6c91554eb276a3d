"use client";
/** Asks for what a decision needs: why, and of a change what is to go. What was typed stays until it is sent. */
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import type { Decision, ReviewItemRow } from "../../lib/reviews/contract.ts";
import { count } from "../format/number.ts";
import { DECISION_WORDS, FLAG_WORDS, itemName, items } from "../reviews/words.ts";
import { Dialog } from "../ui/dialog.tsx";
import { FormButtons } from "../ui/dialog-form.tsx";
import { Refusal } from "../ui/field.tsx";
import { MenuChoice, MenuChoices } from "../ui/menu-choices.tsx";
import { type ItemDecision, needsReason, removable } from "./acts.ts";
import { draftKey, keepDraft, lastReasons, readDraft } from "./reasons.ts";

interface Props {
  review: string;
  decision: Decision;
  rows: readonly ReviewItemRow[];
  onDecide: (decision: ItemDecision) => void;
  onClose: () => void;
}

const QUESTIONS: Record<Decision, string> = {
  keep: "Why it is kept all the same",
  revoke: "Why it is to go",
  change: "Why it is to change",
  "cant-say": "What would have to be known",
};

/** The flags of the items, with how many have each. */
function Flags({ rows }: { rows: readonly ReviewItemRow[] }) {
  const flags = [...new Set(rows.flatMap((row) => row.flags))];
  if (flags.length === 0) return null;
  return (
    <ul className="mb-3 text-sm">
      {flags.map((flag) => (
        <li key={flag}>
          {FLAG_WORDS[flag].word}: {FLAG_WORDS[flag].means}
          {rows.length === 1
            ? ""
            : ` (${count(rows.filter((row) => row.flags.includes(flag)).length)} of ${count(rows.length)})`}
        </li>
      ))}
    </ul>
  );
}

function ToGo({
  names,
  chosen,
  onChoose,
}: {
  names: readonly string[];
  chosen: readonly string[];
  onChoose: (names: readonly string[]) => void;
}) {
  return (
    <fieldset className="mb-3 max-h-60 overflow-y-auto">
      <legend className="mb-1 text-sm font-medium">Groups and roles that are to go</legend>
      {names.map((name) => (
        <label key={name} className="flex items-center gap-2 rounded px-1 py-1 text-sm hover:bg-sunken">
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={() =>
              onChoose(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name])
            }
          />
          <span className="min-w-0 [overflow-wrap:anywhere]">{name}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Form({ review, decision, rows, onDecide, close }: Props & { close: () => void }) {
  const key = draftKey(
    review,
    decision,
    rows.map(({ item }) => item),
  );
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [reason, setReason] = useState(() => readDraft(key));
  // What a move should have taken away is what most often goes.
  const [remove, setRemove] = useState<readonly string[]>(() =>
    decision === "change"
      ? [...new Set(rows.flatMap(({ drift }) => drift.map((one) => one.entitlement)))]
      : [],
  );
  const [missing, setMissing] = useState<string | null>(null);
  const [offered] = useState(() => lastReasons(decision));
  const names = removable(rows);
  const decide = (text: string) => {
    if (decision === "change" && !names.some((name) => remove.includes(name)))
      return setMissing("Choose at least one group or role that is to go.");
    if (text.trim() === "" && needsReason(decision, rows)) {
      field.current?.focus();
      return setMissing("Say why: a reason is needed here.");
    }
    onDecide({
      decision,
      reason: text.trim() === "" ? null : text.trim(),
      remove: names.filter((name) => remove.includes(name)),
    });
    close();
  };
  const type = (text: string) => {
    keepDraft(key, text);
    setReason(text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = reason === "" && /^[1-9]$/u.test(event.key) ? offered[Number(event.key) - 1] : undefined;
    if (chosen === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    decide(chosen);
  };
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        decide(reason);
      }}
    >
      {decision === "keep" ? <Flags rows={rows} /> : null}
      {decision === "change" ? <ToGo names={names} chosen={remove} onChoose={setRemove} /> : null}
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {QUESTIONS[decision]}
      </label>
      <input
        id={id}
        ref={field}
        className="field w-full"
        maxLength={2000}
        autoComplete="off"
        value={reason}
        aria-describedby={missing === null ? undefined : `${id}e`}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Refusal id={`${id}e`}>{missing}</Refusal>
      {offered.length === 0 ? null : (
        <div className="mt-3">
          <p className="mb-1 text-sm text-soft">Given before; a number takes one while the field is empty.</p>
          <MenuChoices label="Reasons given before">
            {offered.map((one, i) => (
              <MenuChoice key={one} at={i} label={one} onChoose={() => decide(one)} />
            ))}
          </MenuChoices>
        </div>
      )}
      <div className="mt-4">
        <FormButtons
          act={
            <>
              {DECISION_WORDS[decision].word} <kbd className="key">Enter</kbd>
            </>
          }
          onCancel={close}
        />
      </div>
      {rows.length > 1 ? (
        <p className="mt-3 text-sm text-soft">That {items(rows.length)} were decided at once is recorded.</p>
      ) : null}
    </form>
  );
}

export function DecisionMenu(props: Props) {
  const { decision, rows, onClose } = props;
  const [only] = rows;
  const what = rows.length === 1 && only !== undefined ? itemName(only) : items(rows.length);
  return (
    <Dialog title={`${DECISION_WORDS[decision].word} ${what}`} onClose={onClose}>
      {(close) => <Form {...props} close={close} />}
    </Dialog>
  );
}
