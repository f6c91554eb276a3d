"use client";
/** One question of who is who, with the two answers; each asks for the reason that is kept with it. */
import { type FormEvent, useState } from "react";
import type { LinkConflict } from "../../lib/reports/contract.ts";
import { PartyView } from "./party.tsx";
import type { DecisionInput } from "./use-decide.ts";

export function ConflictRow({
  conflict,
  busy,
  onDecide,
}: {
  conflict: LinkConflict;
  busy: boolean;
  onDecide: (decision: DecisionInput) => void;
}) {
  const { a, b, why } = conflict;
  const [reason, setReason] = useState("");
  const decide = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const verdict = submitter?.getAttribute("value") === "same" ? "same" : "different";
    onDecide({ a: a.ref, b: b.ref, verdict, reason });
  };
  return (
    <li className="border-b border-line py-4">
      <p className="mb-2 max-w-[80ch]">{why}</p>
      <div className="mb-3 grid gap-4 sm:grid-cols-2">
        <PartyView party={a} />
        <PartyView party={b} />
      </div>
      <form onSubmit={decide} className="flex flex-wrap items-center gap-2">
        <label className="flex min-w-0 grow items-center gap-2 sm:max-w-[480px]">
          Reason
          <input
            className="field min-w-0 grow"
            required
            maxLength={2000}
            placeholder="kept with the decision"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <button type="submit" value="same" className="button" disabled={busy}>
          One person
        </button>
        <button type="submit" value="different" className="button" disabled={busy}>
          Two people
        </button>
      </form>
    </li>
  );
}
