"use client";
/** Sets how long the records of one source are kept. */
import type { FormEvent } from "react";
import { errorsOf } from "../data/refusals.ts";
import { FormButtons } from "../ui/dialog-form.tsx";
import { Choices, Refusal, TextField } from "../ui/field.tsx";
import { SidePanel } from "../ui/side-panel.tsx";
import { useKeep } from "./use-keep.ts";

/** What is entered; the days stay while the other choice is looked at. */
export interface KeepDraft {
  source: string;
  kept: "for-good" | "days";
  days: string;
  /** How many days it was before; null: for good. */
  was: number | null;
}

const KEPT = [
  { value: "for-good", word: "For good", means: "the whole past can be asked about and proven" },
  { value: "days", word: "For some days", means: "counted from the last event of each record" },
];

interface Props {
  draft: KeepDraft;
  onDraft: (draft: KeepDraft) => void;
  /** After it was set. */
  onSet: () => void;
  onClose: () => void;
}

export function KeepPanel({ draft, onDraft, onSet, onClose }: Props) {
  const keep = useKeep(onSet);
  const errorOf = errorsOf(keep.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keep.mutate({ source: draft.source, days: draft.kept === "for-good" ? null : Number(draft.days) });
  };
  return (
    <SidePanel title={`Records of ${draft.source}`} onClose={onClose}>
      <form onSubmit={submit} noValidate className="space-y-4">
        <Choices
          kind="radio"
          label="How long they are kept"
          choices={KEPT}
          chosen={[draft.kept]}
          error={null}
          onChange={([kept]) => onDraft({ ...draft, kept: kept as KeepDraft["kept"] })}
        />
        {draft.kept === "for-good" ? null : (
          <TextField
            label="Days"
            type="number"
            min={1}
            max={36500}
            className="field w-28"
            value={draft.days}
            error={errorOf("days")}
            onChange={(days) => onDraft({ ...draft, days })}
          />
        )}
        <p className="text-sm text-soft">
          Once a day, what is older goes: its bytes and what was read from them. Its hashes stay, so every
          proof still holds. What an account, a link or an open case rests on to this day is kept whatever its
          age. What has gone can&rsquo;t be brought back.
        </p>
        <Refusal>{errorOf("form")}</Refusal>
        <FormButtons act="Keep so" busy={keep.isPending} onCancel={onClose} />
      </form>
    </SidePanel>
  );
}
