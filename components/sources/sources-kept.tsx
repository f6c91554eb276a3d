"use client";
/** The sources, and what sets how long their records are kept. */
import { useState } from "react";
import type { SourceRow } from "../../lib/reports/contract.ts";
import { useMay } from "../data/permissions.ts";
import { Toast } from "../ui/toast.tsx";
import { type KeepDraft, KeepPanel } from "./keep-panel.tsx";
import { keptWords } from "./kept-words.ts";
import { SourcesTable } from "./tables.tsx";
import { useKeep } from "./use-keep.ts";

const draftOf = ({ source, keptDays }: SourceRow): KeepDraft => ({
  source,
  kept: keptDays === null ? "for-good" : "days",
  days: String(keptDays ?? 400),
  was: keptDays,
});

export function SourcesKept({ sources }: { sources: readonly SourceRow[] }) {
  const mayKeep = useMay("operate");
  const [draft, setDraft] = useState<KeepDraft | null>(null);
  /** What was set before, of the source that was set last. */
  const [before, setBefore] = useState<{ source: string; days: number | null } | null>(null);
  const undo = useKeep(() => setBefore(null));
  const now = sources.find(({ source }) => source === before?.source);
  return (
    <>
      <SourcesTable sources={sources} onKeep={mayKeep ? (source) => setDraft(draftOf(source)) : null} />
      {draft === null ? null : (
        <KeepPanel
          draft={draft}
          onDraft={setDraft}
          onSet={() => {
            setBefore({ source: draft.source, days: draft.was });
            setDraft(null);
          }}
          onClose={() => setDraft(null)}
        />
      )}
      {before === null || now === undefined ? null : (
        <Toast
          act="Undo"
          busy={undo.isPending}
          onAct={() => undo.mutate(before)}
          onClose={() => setBefore(null)}
        >
          {undo.error?.message ??
            `Records of ${now.source} are kept ${now.keptDays === null ? "" : "for "}${keptWords({ ...now, removed: null })}.`}
        </Toast>
      )}
    </>
  );
}
