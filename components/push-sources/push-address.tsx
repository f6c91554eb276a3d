"use client";
/** What is entered at the vendor: the address, the secret the one time that it is known; and the vendor's own, entered here. */
import { type FormEvent, useState } from "react";
import { sendJson } from "../data/api.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Refusal, TextField } from "../ui/field.tsx";
import { SecretOnce } from "../ui/secret-once.tsx";
import { type PushSourceTold, pushSourceAt, usePushAct } from "./push-query.ts";
import { pushWords } from "./push-words.ts";

function VendorSecret({ row: { source, kind, hasSecret } }: { row: PushSourceTold }) {
  const [secret, setSecret] = useState("");
  const set = usePushAct(
    () => sendJson(pushSourceAt(source), "PATCH", { secret }),
    () => setSecret(""),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate();
  };
  return (
    <form onSubmit={submit} className="mt-3 space-y-2">
      <TextField
        label={pushWords(kind).secret}
        type="password"
        help={
          hasSecret
            ? "One is set. A new one takes its place at once."
            : "Kept encrypted, and shown to nobody again."
        }
        autoComplete="off"
        maxLength={1_000}
        required
        value={secret}
        onChange={setSecret}
      />
      <Refusal>{set.error?.message}</Refusal>
      <p role="status" className="text-sm">
        {set.isSuccess ? "It is set." : null}
      </p>
      <button type="submit" className="button button-main" disabled={set.isPending}>
        Set it
      </button>
    </form>
  );
}

interface Props {
  row: PushSourceTold;
  base: string;
  /** Where Rollcall has just made it; null otherwise. */
  secret: string | null;
  onClose: () => void;
}

export function PushAddress({ row, base, secret, onClose }: Props) {
  const { steps, secret: called } = pushWords(row.kind);
  return (
    <Dialog title={row.source} onClose={onClose}>
      {(close) => (
        <>
          <SecretOnce label="Address" secret={new URL(row.path, base).href} />
          {secret === null ? null : (
            <>
              <SecretOnce label={called} secret={secret} />
              <p className="mb-2 text-sm">Copy it now: it is not shown again.</p>
            </>
          )}
          <p className="text-sm text-soft">{steps}</p>
          {row.secret === "given" ? <VendorSecret row={row} /> : null}
          <button type="button" className="button mt-4" onClick={close}>
            Done
          </button>
        </>
      )}
    </Dialog>
  );
}
