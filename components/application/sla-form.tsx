"use client";
/** How soon leavers' accounts end here: changed by those who set what holds. */
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import type { ApplicationReport } from "../../lib/reports/contract.ts";
import { sendJson } from "../data/api.ts";
import { Refusal } from "../ui/field.tsx";

const hoursWords = (hours: number): string => `${hours} ${hours === 1 ? "hour" : "hours"}`;

/** The form stands in the place of the button that opened it, and takes the focus from there. */
const focus = (input: HTMLInputElement | null) => input?.focus();

function useSetSla(application: string, onDone: () => void) {
  const router = useRouter();
  return useMutation({
    mutationFn: (hours: number | null) =>
      sendJson(`/api/v1/applications/${encodeURIComponent(application)}/sla`, "PUT", { hours }),
    onSuccess: () => {
      onDone();
      router.refresh();
    },
  });
}

export function Sla({ report, maySet }: { report: ApplicationReport; maySet: boolean }) {
  const { sla, application } = report;
  const [text, setText] = useState<string | null>(null);
  const mutation = useSetSla(application, () => setText(null));
  if (text === null) {
    return (
      <span className="flex flex-wrap items-baseline gap-x-2">
        {hoursWords(sla.hours)}
        <span className="text-soft">
          {sla.isDefault ? "by default" : `set by ${sla.setBy ?? "somebody"}`}
        </span>
        {maySet ? (
          <button type="button" className="link" onClick={() => setText(String(sla.hours))}>
            Change
          </button>
        ) : null}
      </span>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutation.mutate(Number(text));
  };
  return (
    <form onSubmit={submit}>
      <div className="flex flex-wrap items-center gap-2">
        <label className="flex items-center gap-2">
          Hours
          <input
            className="field w-24"
            type="number"
            required
            min="0.1"
            max="8760"
            step="any"
            ref={focus}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <button type="submit" className="button button-main" disabled={mutation.isPending}>
          Set
        </button>
        {sla.isDefault ? null : (
          <button
            type="button"
            className="button"
            disabled={mutation.isPending}
            onClick={() => mutation.mutate(null)}
          >
            Use the default
          </button>
        )}
        <button type="button" className="button" onClick={() => setText(null)}>
          Cancel
        </button>
      </div>
      <Refusal>{mutation.error?.message}</Refusal>
    </form>
  );
}
