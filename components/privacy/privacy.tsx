"use client";
/** Whether a person's data is withheld; and, for admins, the ways to withhold it, show it again or erase it. */
import { useState } from "react";
import type { IdentityReport } from "../../lib/reports/contract.ts";
import { useMay } from "../data/permissions.ts";
import { Dialog } from "../ui/dialog.tsx";
import { DialogForm } from "../ui/dialog-form.tsx";
import { Refusal, TextField } from "../ui/field.tsx";
import { Moment } from "../ui/when.tsx";
import { actsIn, PRIVACY_WORDS, type PrivacyVerb } from "./privacy-words.ts";
import { useAsk } from "./use-ask.ts";

function Question({
  verb,
  busy,
  error,
  onSend,
  onClose,
}: {
  verb: PrivacyVerb;
  busy: boolean;
  error: Error | null;
  onSend: (reason: string) => void;
  onClose: () => void;
}) {
  const [reason, setReason] = useState("");
  const words = PRIVACY_WORDS[verb];
  return (
    <Dialog title={words.title} onClose={onClose}>
      {(close) => (
        <DialogForm act={words.act} busy={busy} onSend={() => onSend(reason)} onCancel={close}>
          {words.means.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {words.reason ? (
            <TextField
              label="Reason"
              help="Kept in the audit log; without the person's name."
              required
              maxLength={2000}
              value={reason}
              onChange={setReason}
            />
          ) : null}
          <Refusal>{error?.message}</Refusal>
        </DialogForm>
      )}
    </Dialog>
  );
}

export function Privacy({ report }: { report: IdentityReport }) {
  const { withheld, subject } = report;
  const mayAsk = useMay("operate");
  const [asking, setAsking] = useState<PrivacyVerb | null>(null);
  const { send, waiting, problem } = useAsk(subject);
  const acts = mayAsk ? actsIn(withheld) : [];
  if (withheld === null && acts.length === 0) return null;
  return (
    <section>
      <h2 className="mb-2">Personal data</h2>
      {withheld === null ? null : (
        <p className="mb-2 max-w-[80ch]">
          {withheld.state === "sealed"
            ? "Withheld: their records are encrypted, and a pseudonym stands for each name. Since "
            : "Erased: nobody can read their records again, and a pseudonym stands for each name. Since "}
          <Moment at={withheld.at} />.
        </p>
      )}
      <div aria-live="polite">
        {waiting ? (
          <p className="mb-2 text-soft">It is being done; with a large log that takes some minutes.</p>
        ) : null}
        <Refusal>{problem}</Refusal>
      </div>
      <div className="flex flex-wrap gap-2">
        {acts.map((verb) => (
          <button
            key={verb}
            type="button"
            className="button"
            disabled={waiting}
            onClick={() => setAsking(verb)}
          >
            {PRIVACY_WORDS[verb].act}
          </button>
        ))}
      </div>
      {asking === null ? null : (
        <Question
          verb={asking}
          busy={send.isPending}
          error={send.error}
          onSend={(reason) => send.mutate({ verb: asking, reason }, { onSuccess: () => setAsking(null) })}
          onClose={() => setAsking(null)}
        />
      )}
    </section>
  );
}
