"use client";
/** What a check does: only asks, or also changes, where the connection allows it. */
import type { Level } from "../../lib/conformance/finding.ts";
import { Choices } from "../ui/field.tsx";
import { levelChoices, NO_WRITING } from "./conformance-words.ts";

export function LevelChoice({
  level,
  writes,
  onChange,
}: {
  level: Level;
  /** Whether the connection allows writing. */
  writes: boolean;
  onChange: (level: Level) => void;
}) {
  return (
    <>
      <Choices
        kind="radio"
        label="What it does"
        choices={levelChoices(writes)}
        chosen={[level]}
        error={null}
        onChange={([chosen]) => onChange(chosen as Level)}
      />
      {writes ? null : <p className="text-sm text-soft">{NO_WRITING}</p>}
    </>
  );
}
